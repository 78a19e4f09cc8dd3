// Small builders of reply blocks, so that a command reads as what it says.
import type { Paper } from '#core/paper.ts'
import type { Action, Block, Span } from '#core/reply.ts'
import type { Person } from '#core/subscription.ts'
import { grouped } from '#core/text/grouped.ts'

export type Words = string | Span

/** Runs of text; plain strings are plain spans, and empty ones are left out. */
export function spans(...words: readonly Words[]): Span[] {
  return words.map((word) => (typeof word === 'string' ? { text: word } : word)).filter(({ text }) => text !== '')
}

export function bold(text: string): Span {
  return { text, bold: true }
}

/** Who did something, as the first word of a sentence; in the terminal that is you. */
export function subject({ name }: Person): Span {
  return bold(name === 'you' ? 'You' : name)
}

/** A whole command that a person may type next. */
export function toType(command: string): Span {
  return { text: command, code: true, command: true }
}

/** A name or a word as it is written. */
export function code(text: string): Span {
  return { text, code: true }
}

export function heading(...words: readonly Words[]): Block {
  return { kind: 'heading', spans: spans(...words) }
}

export function prose(...words: readonly Words[]): Block {
  return { kind: 'prose', spans: spans(...words) }
}

/** Small print. */
export function note(...words: readonly Words[]): Block {
  return { kind: 'note', spans: spans(...words) }
}

export function list(rows: readonly (readonly Words[])[], ordered = false): Block {
  return { kind: 'list', ordered, rows: rows.map((row) => spans(...row)) }
}

/** A row of buttons; none at all where there is nothing to press. */
export function actions(...of: readonly (Action | undefined)[]): Block[] {
  const present = of.filter((action) => action !== undefined)
  return present.length === 0 ? [] : [{ kind: 'actions', actions: present }]
}

export function listing(paper: Paper, extra: { why?: readonly Span[]; actions?: readonly Action[] } = {}): Block {
  return { kind: 'card', paper, form: 'listing', ...extra }
}

/** `1 paper`, `15 papers`, `1,204 papers`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerate(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`
}

/** A part of a sentence, to stand at its beginning. */
export function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** Spans that stand at the beginning of a sentence. */
export function sentence([first, ...rest]: readonly Span[]): Span[] {
  return first ? [{ ...first, text: first.bold ? first.text : upperFirst(first.text) }, ...rest] : []
}

/** A sentence's beginning, to stand within another sentence. */
export function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
