// A log that remembers what it was told.
import type { Log } from '#core/ports/log.ts'

export function aLog() {
  const logged: { readonly level: keyof Log; readonly message: string; readonly fields: unknown }[] = []
  const at = (level: keyof Log) => (message: string, fields?: unknown) => void logged.push({ level, message, fields })
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  return { log, logged }
}
