// A log that loads its writer with the first line, so that a command that logs nothing does not wait for it.
import { createRequire } from 'node:module'
import type { Log } from '#core/ports/log.ts'

const require = createRequire(import.meta.url)

/** The same as createLog(level, hide) of the log adapter. */
export function lazyLog(level: string, hide: (line: string) => string): Log {
  let log: Log | undefined
  const open = () => {
    log ??= (require('#adapters/log.ts') as typeof import('#adapters/log.ts')).createLog(level, hide)
    return log
  }
  return {
    debug: (message, fields) => (level === 'debug' ? open().debug(message, fields) : undefined),
    info: (message, fields) => open().info(message, fields),
    warn: (message, fields) => open().warn(message, fields),
    error: (message, fields) => open().error(message, fields),
  }
}
