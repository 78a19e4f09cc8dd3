// What became of asking sources, under an answer from what is known here.
import { alsoAsked, silences, type Told } from '#core/finder/told.ts'
import type { Block } from '#core/reply.ts'
import { note } from './blocks.ts'

/** Says which sources could not be asked; nothing where all answered. */
export function silenceNote(told: readonly Told[]): Block[] {
  const silent = silences(told)
  return silent === undefined ? [] : [note(`${silent}, so this is what is known here.`)]
}

/** Under what matches only since sources were asked: how much that is. */
export function foundNote(told: readonly Told[]): Block[] {
  const asked = alsoAsked(told)
  return asked === undefined ? [] : [note(`Nothing here matched. ${asked}: these are the most fitting.`)]
}

/** Under an answer that nothing was found: says of each source that it was asked, or could not be. */
export function askedNote(told: readonly Told[]): Block[] {
  const parts = askedInWords(told)
  return parts.length === 0 ? [] : [note(parts.join(' '))]
}

/** The same as sentences. */
export function askedInWords(told: readonly Told[]): string[] {
  return [silences(told), alsoAsked(told)].flatMap((part) => (part === undefined ? [] : [`${part}.`]))
}
