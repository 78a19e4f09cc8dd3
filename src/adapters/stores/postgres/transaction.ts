// One transaction on one connection, and the savepoints within it. Transactions read what is committed when each of their
// statements begins (READ COMMITTED). Those that are to be alone hold one row of the database until they end, and nobody else
// comes between what they read and what they write; docs/adr/0005-postgresql.md says why.
import type { PoolClient } from 'pg'
import sql from 'sql-template-tag'
import type { Database, Query } from '#adapters/stores/sql/database.ts'
import { type Inside, ITS_OWN_WAIT, OVER } from '#adapters/stores/sql/inside.ts'
import { StoreError } from '#core/errors.ts'
import { asStoreError, isPassing } from './errors.ts'
import { answered, SKIP_LOCKED } from './query.ts'

/** How often a transaction is tried that the server undoes for another's sake. */
const MOST_TRIES = 5
/** Whatever the server has for others. */
const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED'
const ALONE = "SELECT value FROM counters WHERE name = 'paper' FOR UPDATE"
const COMMIT = sql`COMMIT`

interface Transaction {
  readonly client: PoolClient
  readonly name: string
  readonly inside: Inside
  alone: boolean
  /** The server undid it, and it may succeed another time. */
  passing: boolean
}

export interface TransactionOptions {
  readonly connect: () => Promise<PoolClient>
  readonly name: string
  readonly inside: Inside
  /** The level of the database that the transaction is begun at. */
  readonly level: object
  readonly alone: boolean
}

/** As Database.atomically says. Rejects with StoreError, or with what `work` rejects with. */
export async function transact<T>(options: TransactionOptions, work: (database: Database) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    const { inside, name, level, alone } = options
    const transaction = { client: await options.connect(), name, inside, alone, passing: false }
    let isLost = false
    try {
      return await once(transaction, level, work)
    } catch (error) {
      isLost = !(await isUndone(transaction.client))
      if (!transaction.passing || tried === MOST_TRIES) throw error
    } finally {
      transaction.client.release(isLost)
    }
  }
}

async function once<T>(transaction: Transaction, level: object, work: (database: Database) => Promise<T>): Promise<T> {
  await order(transaction, transaction.alone ? `${BEGIN}; ${ALONE}` : BEGIN)
  const inner = createLevel(transaction, 1)
  let result: T
  try {
    result = await transaction.inside.run(level, () => work(inner))
  } finally {
    await inner.end()
  }
  // Where a statement failed, however quietly, PostgreSQL answers that it has rolled back.
  const { command } = await ask(transaction, COMMIT)
  if (command === 'COMMIT') return result
  throw new StoreError('A part of a transaction failed, so that all of it is undone.')
}

interface Level extends Database {
  /** Waits for what was asked before; everything asked afterwards is rejected. */
  end(): Promise<void>
}

function createLevel(transaction: Transaction, depth: number): Level {
  const level = {}
  const name = `level_${depth}`
  let last: Promise<unknown> = Promise.resolve()
  let isOver = false

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (isOver) return Promise.reject(new StoreError(OVER))
    if (transaction.inside.has(level)) return Promise.reject(new StoreError(ITS_OWN_WAIT))
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  async function nest<T>(work: (database: Database) => Promise<T>, alone: boolean): Promise<T> {
    await order(transaction, `SAVEPOINT ${name}`)
    const wasAlone = transaction.alone
    const inner = createLevel(transaction, depth + 1)
    try {
      if (alone && !wasAlone) await order(transaction, ALONE)
      transaction.alone ||= alone
      const result = await transaction.inside.run(level, () => work(inner))
      await inner.end()
      await order(transaction, `RELEASE ${name}`)
      return result
    } catch (error) {
      await inner.end()
      transaction.alone = wasAlone
      // What cannot go back to here fails as a whole.
      await order(transaction, `ROLLBACK TO ${name}; RELEASE ${name}`).catch(() => undefined)
      throw error
    }
  }

  return {
    rows: (query) => inTurn(async () => (await ask(transaction, query)).rows),
    run: (query) => inTurn(async () => (await ask(transaction, query)).rowCount ?? 0),
    atomically: (work) => inTurn(() => nest(work, true)),
    beside: (work) => inTurn(() => nest(work, false)),
    freeRows: SKIP_LOCKED,
    async end() {
      isOver = true
      await last
    },
  }
}

async function ask(transaction: Transaction, query: Query) {
  try {
    return await answered(transaction.client, query)
  } catch (error) {
    transaction.passing ||= isPassing(error)
    throw asStoreError(error, transaction.name)
  }
}

/** Statements without values, several of which go together. */
async function order(transaction: Transaction, text: string): Promise<void> {
  try {
    await transaction.client.query(text)
  } catch (error) {
    transaction.passing ||= isPassing(error)
    throw asStoreError(error, transaction.name)
  }
}

/** Whether the connection is good for another transaction. */
async function isUndone(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
