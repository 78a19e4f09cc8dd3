// One SQLite connection as a Database: statements prepared once, transactions one after another, patience with other processes.
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { empty } from 'sql-template-tag'
import type { Database, Query } from '#adapters/stores/sql/database.ts'
import { CLOSED, createInside, ITS_OWN_WAIT, OVER } from '#adapters/stores/sql/inside.ts'
import { StoreError } from '#core/errors.ts'
import { type Ballast, noBallast } from './ballast.ts'
import { asStoreError, isBusy, isFull } from './errors.ts'

const MOST_STATEMENTS = 1000
const PATIENCE = 10_000
const BETWEEN_TRIES = 20

export interface SqliteDatabase extends Database {
  /** Waits for what was asked before; everything asked afterwards is rejected. */
  close(): Promise<void>
}

/** Takes the connection over. Calls run in the order they are made. Once the disk is full, the ballast goes. */
export function createSqliteDatabase(connection: SQLite.Database, path: string, ballast: Ballast = noBallast): SqliteDatabase {
  const prepare = statementCache(connection)
  const inside = createInside()

  function createLevel(depth: number): SqliteDatabase {
    const level = {}
    const [begin, commit, rollback] = transactionWords(depth)
    let last: Promise<unknown> = Promise.resolve()
    let ended: string | undefined

    function inTurn<T>(work: () => Promise<T> | T): Promise<T> {
      if (ended !== undefined) return Promise.reject(new StoreError(ended))
      if (inside.has(level)) return Promise.reject(new StoreError(ITS_OWN_WAIT))
      const done = last.then(work).catch((error) => {
        if (depth === 0 && isFull(error)) makeRoom()
        throw error
      })
      last = done.catch(() => undefined)
      return done
    }

    // Only outside of a transaction can another process be in the way: within, the lock is ours.
    async function attempt<T>(work: () => T): Promise<T> {
      for (let waited = 0; ; waited += BETWEEN_TRIES) {
        try {
          return work()
        } catch (error) {
          if (depth > 0 || !isBusy(error) || waited >= PATIENCE) throw asStoreError(error, path)
        }
        await sleep(BETWEEN_TRIES)
      }
    }

    async function transact<T>(work: (database: Database) => Promise<T>): Promise<T> {
      await attempt(() => connection.exec(begin))
      const inner = createLevel(depth + 1)
      try {
        const result = await inside.run(level, () => work(inner))
        await inner.close()
        await attempt(() => connection.exec(commit))
        return result
      } catch (error) {
        await inner.close()
        // Some errors, a full disk among them, have rolled it back already.
        if (connection.inTransaction) connection.exec(rollback)
        throw error
      }
    }

    return {
      rows: <Row>(query: Query) => inTurn(() => attempt(() => prepare(query.sql).all(...query.values) as Row[])),
      run: (query) => inTurn(() => attempt(() => prepare(query.sql).run(...query.values).changes)),
      atomically: (work) => inTurn(() => transact(work)),
      beside: (work) => inTurn(() => transact(work)),
      freeRows: empty,
      close: async () => {
        if (ended !== undefined) return
        const done = inTurn(() => depth === 0 && connection.close())
        ended = depth === 0 ? CLOSED : OVER
        await done
      },
    }
  }
  function makeRoom(): void {
    ballast.drop()
    try {
      // The log may hold several times the ballast.
      connection.pragma('wal_checkpoint(TRUNCATE)')
    } catch (error) {
      if (!(error instanceof SQLite.SqliteError)) throw error
    }
  }
  return createLevel(0)
}

function transactionWords(depth: number): readonly [begin: string, commit: string, rollback: string] {
  if (depth === 0) return ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
  const name = `level_${depth}`
  return [`SAVEPOINT ${name}`, `RELEASE ${name}`, `ROLLBACK TO ${name}; RELEASE ${name}`]
}

function statementCache(connection: SQLite.Database): (text: string) => SQLite.Statement {
  const prepared = new Map<string, SQLite.Statement>()
  return (text) => {
    const known = prepared.get(text)
    if (known !== undefined) return known
    if (prepared.size >= MOST_STATEMENTS) prepared.clear()
    const statement = connection.prepare(text)
    prepared.set(text, statement)
    return statement
  }
}
