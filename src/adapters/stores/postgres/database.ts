// A bounded pool of connections to PostgreSQL as a Database: what writes runs in the order in which it was asked, what reads
// beside it. A connection that is lost fails the calls that use it; the next call opens another.
import type { Pool, PoolClient } from 'pg'
import type { Database, Query } from '#adapters/stores/sql/database.ts'
import { CLOSED, createInside, ITS_OWN_WAIT } from '#adapters/stores/sql/inside.ts'
import { StoreError } from '#core/errors.ts'
import { asStoreError, isPassing } from './errors.ts'
import { createOrder } from './order.ts'
import { answered, SKIP_LOCKED } from './query.ts'
import { transact } from './transaction.ts'

const MOST_TRIES = 5

export interface PostgresDatabase extends Database {
  /** Waits for what was asked before; everything asked afterwards is rejected. */
  close(): Promise<void>
}

/** Takes the pool over; `name` says in errors which database it is. */
export function createPostgresDatabase(pool: Pool, name: string): PostgresDatabase {
  const inside = createInside()
  const level = {}
  const order = createOrder()
  let isClosed = false

  function allowed<T>(work: () => Promise<T>): Promise<T> {
    if (isClosed) return Promise.reject(new StoreError(CLOSED))
    if (inside.has(level)) return Promise.reject(new StoreError(ITS_OWN_WAIT))
    return work()
  }

  async function ask(query: Query) {
    for (let tried = 1; ; tried++) {
      try {
        return await answered(pool, query)
      } catch (error) {
        if (!isPassing(error) || tried === MOST_TRIES) throw asStoreError(error, name)
      }
    }
  }

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw asStoreError(error, name)
    }
  }

  function transaction<T>(work: (database: Database) => Promise<T>, alone: boolean): Promise<T> {
    return allowed(() => order.write(() => transact({ connect, name, inside, level, alone }, work)))
  }

  return {
    rows: (query) => allowed(() => order.read(async () => (await ask(query)).rows)),
    run: (query) => allowed(() => order.write(async () => (await ask(query)).rowCount ?? 0)),
    atomically: (work) => transaction(work, true),
    beside: (work) => transaction(work, false),
    freeRows: SKIP_LOCKED,
    async close() {
      if (isClosed) return
      isClosed = true
      await order.idle()
      await pool.end()
    },
  }
}
