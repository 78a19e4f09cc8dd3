// What is measured as it happens: passes over what is due, and commands from the question to the answer.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import { commandName } from '#core/commands/command.ts'
import { readLine } from '#core/commands/command-line.ts'
import type { Request } from '#core/commands/dispatch.ts'
import { commands } from '#core/commands/registry.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'

/** In seconds: people wait for an answer, nobody for a pass. */
const COMMAND_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const TICK_SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600]
/** For what was typed and is no command. */
const NO_COMMAND = 'none'

export interface Work {
  /** Measures a pass, with a look at the feeds or without; answers and rejects as it does. */
  tick<T>(pass: { readonly watch: boolean }, run: () => Promise<T>): Promise<T>
  /** The same handlers, whose answers are measured. */
  answering(handlers: ChatHandlers): ChatHandlers
}

export function createWork(registry: Registry, clock: Clock): Work {
  const registers = [registry]
  const duration = new Histogram({
    name: 'paperboy_tick_duration_seconds',
    help: 'How long a pass takes: watch="yes" with a look at the feeds, watch="no" without',
    labelNames: ['watch'],
    buckets: TICK_SECONDS,
    registers,
  })
  const failures = new Counter({ name: 'paperboy_tick_failures_total', help: 'Passes that ended with an error', registers })
  const last = new Gauge({
    name: 'paperboy_tick_last_success_timestamp_seconds',
    help: 'When a pass last came to its end, as a Unix time; 0 before the first',
    labelNames: ['watch'],
    registers,
  })
  const latency = new Histogram({
    name: 'paperboy_command_duration_seconds',
    help: 'From a question to its answer, by command, platform and outcome: ok, or the code of the error',
    labelNames: ['command', 'platform', 'outcome'],
    buckets: COMMAND_SECONDS,
    registers,
  })
  for (const watch of ['yes', 'no']) last.set({ watch }, 0)

  return {
    async tick({ watch }, run) {
      const labels = { watch: watch ? 'yes' : 'no' }
      const ended = duration.startTimer(labels)
      try {
        const result = await run()
        last.set(labels, clock.now().epochMilliseconds / 1000)
        return result
      } catch (error) {
        failures.inc()
        throw error
      } finally {
        ended()
      }
    },
    answering: (handlers) => ({
      ...handlers,
      async answer(request, asker) {
        const ended = latency.startTimer({ platform: asker.destination.platform })
        const answer = await handlers.answer(request, asker)
        const [command, outcome] = answer.ok ? [answer.command, 'ok'] : [nameOf(request), answer.error.code]
        ended({ command, outcome })
        return answer
      },
    }),
  }
}

/** The command that was asked for, in the registry's words. */
function nameOf(request: Request): string {
  if ('path' in request) {
    const name = request.path.join(' ')
    return commands.some((command) => commandName(command) === name) ? name : NO_COMMAND
  }
  try {
    return commandName(readLine(request.line, commands).command)
  } catch {
    return NO_COMMAND
  }
}
