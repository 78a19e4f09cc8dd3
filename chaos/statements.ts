// Every moment at which a process that works with SQLite may die: before and after each statement and each commit.
import SQLite from 'better-sqlite3'

export type Moment = 'statement' | 'commit'

type Call = (this: unknown, ...args: unknown[]) => unknown

/** Tells of each statement that runs in this thread, before and after it, from now on; undefined stops that. */
export function onStatements(hook: ((moment: Moment) => void) | undefined): void {
  told = hook
  if (isWrapped) return
  isWrapped = true
  const connection = new SQLite(':memory:')
  const statement = Object.getPrototypeOf(connection.prepare('SELECT 1'))
  for (const name of ['run', 'all', 'get']) wrap(statement, name, () => 'statement')
  wrap(Object.getPrototypeOf(connection), 'exec', (text) => (text === 'COMMIT' ? 'commit' : 'statement'))
  connection.close()
}

let told: ((moment: Moment) => void) | undefined
let isWrapped = false

function wrap(target: Record<string, Call>, name: string, momentOf: (text: unknown) => Moment): void {
  const call = target[name]
  if (!call) throw new Error(`SQLite has no ${name}`)
  target[name] = function (this: unknown, ...args: unknown[]) {
    const moment = momentOf(args[0])
    told?.(moment)
    const result = call.apply(this, args)
    told?.(moment)
    return result
  }
}
