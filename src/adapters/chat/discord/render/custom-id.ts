// What a button carries: its number in the message, the mark of the delivery, and its command, or a key where that is too long.
import { createHash } from 'node:crypto'
import { LIMITS } from './limits.ts'

const FORM = /^(\d+)(?:#([\w-]{16}))?([|~])([\s\S]+)$/

const MENU = 'menu'

/** Commands that are too long for a button, by the key that it carries instead. */
export type Phrases = Map<string, string>

export interface Carried {
  readonly mark?: string
  readonly command: string
}

/** Unique within a message by `number`; a command that is too long goes into `phrases`, which have to be kept. */
export function customId(number: number, { mark, command }: Carried, phrases: Phrases): string {
  const head = headOf(number, mark)
  const line = command.toWellFormed().trimEnd()
  const whole = `${head}|${line}`
  if (whole.length <= LIMITS.customId) return whole
  const key = createHash('sha256').update(line).digest('base64url').slice(0, 24)
  phrases.set(key, line)
  return `${head}~${key}`
}

/** A menu's: what is chosen in it are options, each with an id of its own, which says the command. */
export function menuId(number: number, { mark }: Pick<Carried, 'mark'>): string {
  return `${headOf(number, mark)}|${MENU}`
}

/** Undefined where the id is none of ours. */
export function carriedBy(
  id: string,
): { readonly mark?: string; readonly command: string } | { readonly key: string } | undefined {
  const [, , mark, kind, text] = FORM.exec(id) ?? []
  if (text === undefined) return undefined
  return kind === '~' ? { key: text } : { command: text, ...(mark !== undefined && { mark }) }
}

/** The mark in a button's id, whatever else it carries. */
export function markOf(id: string): string | undefined {
  return FORM.exec(id)?.[2]
}

function headOf(number: number, mark: string | undefined): string {
  return `${number}${mark === undefined ? '' : `#${mark}`}`
}

/** What tells a delivery's message apart from any other in its channel. */
export function markOfDelivery(dedupeKey: string): string {
  return createHash('sha256').update(dedupeKey).digest('base64url').slice(0, 16)
}
