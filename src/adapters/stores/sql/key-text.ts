// Texts of any kind as keys: an index of PostgreSQL takes some 2,700 bytes, and what is asked has to come back as it was asked.
import { sha256 } from './sha256.ts'

const NUL = /\0/g
const LONGEST = 800
const KEPT = 700

/** The text itself; where it is longer than any that is well meant, its beginning and its hash. */
export function keyText(text: string): string {
  const kept = text.length <= LONGEST ? text : `${text.slice(0, KEPT)} ${sha256(text)}`
  return kept.toWellFormed().replace(NUL, '\uFFFD')
}
