// Authors out of one text: `A. Baldi (1), W. Forman (1) and A. Simionescu (2) ((1) Harvard, (2) MPE)`, as arXiv writes them.
import type { Author } from '#core/paper.ts'
import { folded } from './record.ts'
import { texLetters } from './tex-letters.ts'

const SEPARATOR = /[,;] ?(?:and|&) | (?:and|&) |[,;:] ?/gi
const COMMA = / ?, ?/
/** Anything by which a text is more than names with commas between them. */
const MORE_THAN_NAMES = /[();:\\{}~&]|\b(?:and|et|others|for|on|jr|sr|ii|iii|iv)\b/i
const INITIALS = /^(?:\p{Lu}\.?[ -]?){1,4}$/u
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i
const ET_AL = /^et\.? al\.?$|^others$/i
const ET_AL_END = /\s+et\.? al\.?$/i
const LEFT_OUT = /(\d{1,6}) (?:additional )?authors/
const FOR_THE = /^(?:for|on behalf of)\s+(?:the\s+)?/i
const NUMBERS = /\d{1,3}/g
const ONLY_NUMBERS = /^[\d\s,&]*(?:and[\d\s,&]*)*$/
const KEY_AND_PLACE = /\(\s*(\d{1,3})\s*\)\s*([^()]*)/g
const ENDS = /^[,; ]+|(?<![,; ])[,; ]+$/g
const COLLABORATION = /collaboration|consortium|team/i

export interface Authors {
  readonly authors: readonly Author[]
  readonly authorsOmitted?: number
}

/**
 * Given names first, TeX accents as letters; what stands in parentheses is an affiliation, by number or by name.
 * "et al." leaves out as many as it says, at least one.
 */
export function parseAuthors(text: string): Authors {
  const whole = folded(text) ?? ''
  if (!MORE_THAN_NAMES.test(whole)) {
    const names: Author[] = []
    for (const name of whole.split(COMMA)) if (name !== '') names.push({ name })
    return { authors: givenFirst(names) }
  }
  const names: { name: string; notes: string[] }[] = []
  const groups: string[] = []
  let omitted = 0
  for (const { name: raw, notes } of pieces(whole)) {
    const name = folded(texLetters(raw).replace(FOR_THE, ''))?.replace(ET_AL_END, '')
    const last = names.at(-1)
    for (const note of notes) if (note.includes('(')) groups.push(note)
    const plain = notes.filter((note) => !note.includes('('))
    const count = plain.map((note) => LEFT_OUT.exec(note)?.[1]).find((found) => found !== undefined)
    if (count !== undefined) omitted = Number(count)
    const places = plain.filter((note) => !LEFT_OUT.test(note))
    if (name === undefined) last?.notes.push(...places)
    else if (ET_AL.test(name)) omitted ||= 1
    else if (SUFFIX.test(name) && last !== undefined) Object.assign(last, { name: `${last.name} ${name}` })
    else names.push({ name, notes: places })
    if (ET_AL_END.test(raw)) omitted ||= 1
  }
  const places = new Map(
    groups.flatMap((group) => [...group.matchAll(KEY_AND_PLACE)].map(([, key, place]) => [key, tidy(place ?? '')])),
  )
  const authors = givenFirst(names).map(({ name, notes }) => withAffiliations(name, notes, places))
  return omitted > 0 ? { authors, authorsOmitted: omitted } : { authors }
}

/** `Kukla, D., Crampton, A.` came apart at every comma: two pieces are one name there. */
function givenFirst<T extends { readonly name: string }>(names: readonly T[]): readonly T[] {
  const inPairs =
    names.length > 1 && names.length % 2 === 0 && names.every(({ name }, at) => INITIALS.test(name) === (at % 2 === 1))
  if (!inPairs) return names
  return names.flatMap((family, at) => (at % 2 === 0 ? { ...family, name: `${names[at + 1]?.name} ${family.name}` } : []))
}

/** Parts at commas, semicolons, colons and "and" outside of parentheses. */
function pieces(text: string): { name: string; notes: string[] }[] {
  if (!text.includes('(')) return text.split(SEPARATOR).map((name) => ({ name, notes: [] }))
  const found: { name: string; notes: string[] }[] = []
  let outside = ''
  let notes: string[] = []
  let depth = 0
  let from = 0
  const flush = () => {
    const parts = outside.split(SEPARATOR)
    for (const [at, name] of parts.entries()) found.push({ name, notes: at === parts.length - 1 ? notes : [] })
    outside = ''
    notes = []
  }
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '(' && depth++ === 0) {
      outside += text.slice(from, at)
      from = at + 1
    } else if (sign === ')' && depth > 0 && --depth === 0) {
      notes.push(text.slice(from, at))
      from = at + 1
      flush()
    }
  }
  if (depth > 0) notes.push(text.slice(from))
  else outside += text.slice(from)
  flush()
  return found
}

function withAffiliations(name: string, notes: readonly string[], places: ReadonlyMap<string | undefined, string>): Author {
  if (notes.length === 0) return { name }
  const affiliations = notes.flatMap((note) => {
    if (!ONLY_NUMBERS.test(note)) return tidy(texLetters(note))
    return [...note.matchAll(NUMBERS)].map(([key]) => places.get(key) ?? '')
  })
  const known = affiliations.filter((place) => place !== '' && !COLLABORATION.test(place))
  return known.length > 0 ? { name, affiliations: known } : { name }
}

function tidy(place: string): string {
  return place.trim().replace(ENDS, '')
}
