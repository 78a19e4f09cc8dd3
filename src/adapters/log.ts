// The log: JSON lines on standard error, by pino, with what looks like a secret taken out.
import { pino } from 'pino'
import type { Log } from '#core/ports/log.ts'

const SECRET_FIELDS = ['token', 'secret', 'password', 'authorization', 'apiKey', 'signingSecret', 'databaseUrl']

/**
 * Logs at `level` and above; each line goes through `hide`. Errors among the fields keep their causes and stacks.
 * @public loaded by cli/lazy-log.ts once there is something to say
 */
export function createLog(level: string, hide: (line: string) => string): Log {
  const redact = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`])
  const logger = pino(
    { level, redact, base: null, errorKey: 'error', hooks: { streamWrite: hide } },
    pino.destination({ dest: 2, sync: true }),
  )
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  }
}
