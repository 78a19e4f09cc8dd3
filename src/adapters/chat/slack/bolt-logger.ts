// Bolt's log lines in our log: its own go to standard output, where answers go.
import { type Logger, LogLevel } from '@slack/bolt'
import type { Log } from '#core/ports/log.ts'

/** Warnings and errors pass; what Bolt says of its everyday work does not. */
export function boltLogger(log: Log): Logger {
  const said = (parts: readonly unknown[]) => ({ said: parts.map(String).join(' ') })
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn('slack client warns', said(parts)),
    error: (...parts) => log.error('slack client failed', said(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  }
}

/** For what Bolt says of failures that we are told of anyway, and log ourselves. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}
