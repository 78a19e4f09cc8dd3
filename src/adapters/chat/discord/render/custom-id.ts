// What a button carries: its number in the message, whether it turns a page, the mark of the delivery, and its command, or a key where that is too long.
import { createHash } from 'node:crypto'
import { LIMITS } from './limits.ts'

const FORM = /^(\d+)(>?)(?:#([\w-]{16}))?([|~])([\s\S]+)$/

const MENU = 'menu'

/** Commands that are too long for a button, by the key that it carries instead. */
export type Phrases = Map<string, string>

export interface Carried {
  readonly mark?: string
  readonly command: string
  /** What comes takes the place of the message. */
  readonly turns?: boolean
}

/** Unique within a message by `number`; a command that is too long goes into `phrases`, which have to be kept. */
export function customId(number: number, { mark, command, turns = false }: Carried, phrases: Phrases): string {
  const head = headOf(`${number}${turns ? '>' : ''}`, mark)
  const line = command.toWellFormed().trimEnd()
  const whole = `${head}|${line}`
  if (whole.length <= LIMITS.customId) return whole
  const key = hashOf(line, 24)
  phrases.set(key, line)
  return `${head}~${key}`
}

/** A menu's: what is chosen in it are options, each with an id of its own, which says the command. */
export function menuId(number: number, { mark }: Pick<Carried, 'mark'>): string {
  return `${headOf(number, mark)}|${MENU}`
}

/** Undefined where the id is none of ours. */
export function carriedBy(id: string): (Carried | { readonly key: string; readonly turns: boolean }) | undefined {
  const [, , turn, mark, kind, text] = FORM.exec(id) ?? []
  if (text === undefined) return undefined
  const turns = turn === '>'
  return kind === '~' ? { key: text, turns } : { command: text, turns, ...(mark !== undefined && { mark }) }
}

/** The mark in a button's id, whatever else it carries. */
export function markOf(id: string): string | undefined {
  return FORM.exec(id)?.[3]
}

function headOf(number: number | string, mark: string | undefined): string {
  return `${number}${mark === undefined ? '' : `#${mark}`}`
}

/** What tells a delivery's message apart from any other in its channel. */
export function markOfDelivery(dedupeKey: string): string {
  return hashOf(dedupeKey, 16)
}

/** Of so many characters that may stand in an id. */
export function hashOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length)
}
