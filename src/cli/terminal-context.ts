// Who asks in the terminal: the person at it, in the terminal's own channel.
import { terminalDestination } from '#adapters/chat/terminal/platform.ts'
import type { Context } from '#core/commands/command.ts'
import type { App } from './app.ts'

/** `confirm`: `ask` where a person can answer, `save` in pipes and scripts. */
export function terminalContext(app: App, confirm: Context['confirm']): Context {
  return {
    ...app,
    confirm,
    // What is typed here is answered here.
    posting: { test: async () => ({ ok: true }) },
    destination: terminalDestination,
    direct: async () => terminalDestination,
    person: { id: 'local', name: 'you' },
    zone: Temporal.Now.timeZoneId(),
  }
}
