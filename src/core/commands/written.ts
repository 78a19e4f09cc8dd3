// How commands are written where they are read: as a line, or on Discord with a field for each option.
import type { Block, Reply, Span } from '#core/reply.ts'
import type { PlatformName } from '#core/subscription.ts'
import { type Command, commandName } from './command.ts'
import { readLine } from './command-line.ts'
import { FILLED_BY_BUTTONS, type Option, optionsOf } from './options.ts'

const COMMAND = '/papers'
/** What stands behind the last colon of a sentence, without its full stop. */
const BEHIND_COLON = /^(.*: )([^:]+|\S.*:\S.*?)(\.?)$/s

/** Between two sentences, not within a name. */
const BETWEEN_SENTENCES = /(?<=\.) (?=[A-Z][a-z]+ [a-z])/
const OPTION = /--([a-z]+) ([a-z]+)/g
/** In fields already. */
const IN_FIELDS = /^\/papers .*\b[a-z]+:/
const AS_A_LINE = /^\/papers /

export function hasFields(platform: PlatformName): boolean {
  return platform === 'discord'
}

/** Those that stand in the menu of a message instead. */
const IN_A_MENU: ReadonlySet<string> = new Set(['lookup'])

/** The commands that people type. */
export function typedOf(commands: readonly Command[]): readonly Command[] {
  return commands.filter((command) => !IN_A_MENU.has(commandName(command)))
}

/** The options that people fill in themselves. */
export function fieldsOf(command: Command): readonly Option[] {
  return optionsOf(command).filter(({ name }) => !FILLED_BY_BUTTONS.has(name))
}

/** `/papers follow topic query:… [cadence:…]`. */
export function usageInFields(command: Command): string {
  const fields = fieldsOf(command).map(({ name, required }) => (required ? `${name}:…` : `[${name}:…]`))
  return [COMMAND, commandName(command), ...fields].join(' ')
}

/** `follow topic moths --for me` → `/papers follow topic query:moths for:me`; undefined where the line is no command. */
export function lineInFields(line: string, commands: readonly Command[]): string | undefined {
  try {
    const { command, options } = readLine(line, commands)
    const fields = fieldsOf(command).flatMap(({ name }) => (options[name] === undefined ? [] : [`${name}:${options[name]}`]))
    return [COMMAND, commandName(command), ...fields].join(' ')
  } catch {
    return undefined
  }
}

/** The reply with each command that is to be typed, marked so or at the end of a note that is plain, written in fields. */
export function replyInFields(reply: Reply, commands: readonly Command[]): Reply {
  const span = (one: Span): Span => {
    if (!one.command && !(one.code && AS_A_LINE.test(one.text) && !IN_FIELDS.test(one.text))) return one
    const line = one.text.replace(AS_A_LINE, '')
    return { text: lineInFields(line, commands) ?? `${COMMAND} ${line}`, code: true }
  }
  const note = ({ text }: Span): Span => ({ text: sentencesInFields(text, commands, (other) => other) })
  return { ...reply, blocks: reply.blocks.map((block) => withSpans(block, isPlainNote(block) ? note : span)) }
}

/** The same for a hint, whose sentences may each name one at their end: `For example: search moths`. */
export function hintInFields(hint: string, commands: readonly Command[]): string {
  return sentencesInFields(hint, commands, (other) => other.replace(OPTION, '$1:$2'))
}

function sentencesInFields(text: string, commands: readonly Command[], otherwise: (sentence: string) => string): string {
  return text
    .split(BETWEEN_SENTENCES)
    .map((sentence) => {
      const [, before, line = '', stop] = BEHIND_COLON.exec(sentence) ?? []
      const written = lineInFields(line, commands)
      return written === undefined ? otherwise(sentence) : `${before}${written}${stop}`
    })
    .join(' ')
}

function isPlainNote(block: Block): boolean {
  return block.kind === 'note' && block.spans.every(({ text, ...style }) => Object.keys(style).length === 0)
}

function withSpans(block: Block, change: (span: Span) => Span): Block {
  switch (block.kind) {
    case 'heading':
    case 'prose':
    case 'note':
      return { ...block, spans: block.spans.map(change) }
    case 'list':
      return { ...block, rows: block.rows.map((row) => row.map(change)) }
    default:
      return block
  }
}
