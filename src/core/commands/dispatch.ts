// One request → one answer: the only place that turns errors into words.
import { NotAllowedError, NotFoundError, PaperboyError, UserInputError } from '#core/errors.ts'
import type { Reply } from '#core/reply.ts'
import { requireMayChange } from '#core/rights.ts'
import { broughtAlong } from './brought-along.ts'
import { type Command, type Context, commandName } from './command.ts'
import { readLine } from './command-line.ts'
import { parseInput } from './input.ts'
import { courtesy } from './no-command.ts'
import { commands } from './registry.ts'
import { hasFields, hintInFields, replyInFields } from './written.ts'

/** A line as typed, or a command with the options a platform has parsed. */
export type Request =
  | { readonly line: string }
  | { readonly path: readonly string[]; readonly options: Readonly<Record<string, unknown>> }

/** The errors' codes, `too-fast` for whoever has to wait, and `unexpected` for what nobody foresaw. */
export interface AnswerError {
  readonly code: string
  readonly message: string
  readonly hint: string | null
}

export type Answer =
  | { readonly ok: true; readonly command: string; readonly reply: Reply }
  | { readonly ok: false; readonly error: AnswerError }

/** Runs what was asked; never rejects. */
export async function dispatch(request: Request, context: Context): Promise<Answer> {
  try {
    const polite = 'line' in request ? courtesy(request.line) : undefined
    if (polite) return { ok: true, command: 'help', reply: polite }
    const { command, options } = 'line' in request ? readLine(request.line, commands) : typed(request)
    const input = parseInput(command, options)
    if (context.cannotPost && changes(command, input))
      return { ok: true, command: commandName(command), reply: broughtAlong(command, options) }
    if (changes(command, input)) await requireMayChange(context.destination, context.rights, context.store)
    return { ok: true, command: commandName(command), reply: written(await command.run(input, context), context) }
  } catch (error) {
    return { ok: false, error: hinted(inWords(error, context), context) }
  }
}

/** Commands are named as they are written there. */
function written(reply: Reply, { destination }: Context): Reply {
  return hasFields(destination.platform) ? replyInFields(reply, commands) : reply
}

function hinted({ hint, ...said }: AnswerError, { destination }: Context): AnswerError {
  return { ...said, hint: hint !== null && hasFields(destination.platform) ? hintInFields(hint, commands) : hint }
}

function changes({ changesChannel }: Command, input: Readonly<Record<string, unknown>>): boolean {
  if (input.for === 'me') return false
  return typeof changesChannel === 'function' ? changesChannel(input) : changesChannel === true
}

function typed({ path, options }: Exclude<Request, { readonly line: string }>) {
  const command = commands.find((candidate: Command) => commandName(candidate) === path.join(' '))
  if (!command) throw new UserInputError(`“${path.join(' ')}” is not a command.`, { hint: 'To see all commands, type: help' })
  return { command, options }
}

function inWords(error: unknown, context: Context): AnswerError {
  if (error instanceof UserInputError || error instanceof NotFoundError || error instanceof NotAllowedError) {
    return { code: error.code, message: error.message, hint: error.hint ?? null }
  }
  const reference = context.clock.now().epochMilliseconds.toString(36).slice(-6)
  if (error instanceof PaperboyError) {
    context.log.warn('command failed', { reference, code: error.code, error })
    return { code: error.code, message: error.message, hint: error.hint ?? `The log says more under ${reference}.` }
  }
  context.log.error('command failed unexpectedly', { reference, error })
  return {
    code: 'unexpected',
    message: 'Something went wrong here that is not your mistake.',
    hint: `Try again; if it stays, tell whoever runs Paperboy the reference ${reference}, which the log carries too.`,
  }
}
