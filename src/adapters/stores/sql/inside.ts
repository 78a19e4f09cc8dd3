// Which transactions the running code is inside of: asking anew for what such a one holds up would wait for itself.
import { AsyncLocalStorage } from 'node:async_hooks'

/** A transaction that the running code is inside of; `outer` is the one around it. */
interface Hold {
  readonly level: object
  readonly outer: Hold | undefined
  over: boolean
}

export interface Inside {
  /** Whether the running code is part of a transaction that this level of the database began. */
  has(level: object): boolean
  /** Runs the work of a transaction that the level began. */
  run<T>(level: object, work: () => Promise<T>): Promise<T>
}

export const ITS_OWN_WAIT =
  'Inside a transaction the store was asked directly, which would wait for the transaction to end: use the parts it gives.'
export const CLOSED = 'The store is closed.'
export const OVER = 'This transaction is over.'

export function createInside(): Inside {
  const holds = new AsyncLocalStorage<Hold>()
  return {
    has(level) {
      for (let at = holds.getStore(); at !== undefined; at = at.outer) if (at.level === level && !at.over) return true
      return false
    },
    async run(level, work) {
      const hold: Hold = { level, outer: holds.getStore(), over: false }
      try {
        return await holds.run(hold, work)
      } finally {
        hold.over = true
      }
    },
  }
}
