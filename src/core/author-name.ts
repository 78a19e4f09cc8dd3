// Authors' names: their parts, the key by which a person is found, and whether two names may be one person's.
import { fold } from '#core/text/fold.ts'
import { foldWhiteSpace } from '#core/text/white-space.ts'

declare const brand: unique symbol

/** A folded full name, given name first: `eric j michaud`. Equal keys are one author for following. */
export type AuthorKey = string & { readonly [brand]: true }

export interface NameParts {
  /** As printed: `['Eric', 'J.']`. */
  readonly given: readonly string[]
  /** With its particles: `van der Berg`; a collaboration's whole name. */
  readonly family: string
  readonly suffix?: string
  readonly collaboration: boolean
}

const COLLABORATION =
  /(?:^|[\s-])(?:collaborations?|consortium|consortia|committee|network|alliance|initiative|organi[sz]ation|task ?force|working group|study group)(?:$|[\s,:(-])|[\s-](?:team|group)$/i
const LEADING_THE = /^(?:(?:for|on behalf of) )?(?:the )?/i
const HOMONYM_NUMBER = /\s+\d{4}$/
const DOT_IN_WORD = /\.(?=[\p{L}])/gu
const NOT_WORD = /[^\p{L}\p{M}\p{N}]+/gu
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i

/** Lower-case words that open a family name; those of ALWAYS do so in capitals too ("Luc Van Gool"). */
const PARTICLES = new Set(
  (
    'af al am auf aus av ben bin d da das de degli dei del della den der des di do dos du e el ibn la las le lo los ' +
    "na of 's 't st te ten ter tot und van vom von y zu zum zur"
  ).split(' '),
)
const ALWAYS = new Set(['van', 'von', 'de', 'del', 'della', 'dos', 'der', 'den', 'vanden', 'vander'])

/**
 * Parts a name, "Given Family" or "Family, Given" or "Family, Jr., Given". A name that does not part, a single word or
 * one without spaces as in Chinese, is all family name.
 */
export function parseName(text: string): NameParts {
  const name = foldWhiteSpace(text).replace(HOMONYM_NUMBER, '')
  if (COLLABORATION.test(name)) return { given: [], family: name.replace(LEADING_THE, ''), collaboration: true }
  const [first = '', ...rest] = name
    .replace(DOT_IN_WORD, '. ')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const afterComma = rest.filter((part) => !SUFFIX.test(part))
  const words = first.split(' ')
  let suffix = rest.find((part) => SUFFIX.test(part))
  if (words.length > 1 && SUFFIX.test(words.at(-1) ?? '')) suffix = words.pop()
  const given = afterComma.length > 0 ? afterComma.join(' ').split(' ') : words.splice(0, familyStart(words))
  const parts = { given, family: words.join(' '), collaboration: false }
  return suffix === undefined ? parts : { ...parts, suffix }
}

/** `Hoel, Erik` → `Erik Hoel`, `Davis, Jr., Sammy` → `Sammy Davis Jr.`: a name as papers print it. */
export function givenFirst(name: string): string {
  if (!name.includes(',')) return name
  const { given, family, suffix } = parseName(name)
  return [...given, family, ...(suffix === undefined ? [] : [suffix])].join(' ')
}

/**
 * The key of a name in either order: accents, letter case, punctuation, suffix (Jr.) and DBLP's homonym numbers do not
 * count, initials stay letters, other scripts stay as they are. Empty only where the name has no letter or digit.
 */
export function authorKey(name: string): AuthorKey {
  const { given, family } = parseName(name)
  return foldWords([...given, family].join(' ')) as AuthorKey
}

/** The folded family name with its particles: `van der berg`; of a collaboration the whole key. */
export function familyKey(name: string): string {
  return foldWords(parseName(name).family)
}

/** Whether the name says more than a family's. */
export function isFullName(name: string): boolean {
  return authorKey(name) !== familyKey(name)
}

/**
 * Whether two names may be one person's. `same`: equal keys. `compatible`: nothing contradicts, initials standing for
 * names and middle names left out ("E. Michaud", "Eric J. Michaud"). A lone family name is compatible with all its bearers.
 */
export function compatibleNames(a: string, b: string): 'same' | 'compatible' | 'different' {
  const [nameA, nameB] = [parseName(a), parseName(b)]
  if (suffixesDiffer(nameA, nameB)) return 'different'
  if (authorKey(a) === authorKey(b)) return 'same'
  if (nameA.collaboration || nameB.collaboration) return 'different'
  if (foldWords(nameA.family) !== foldWords(nameB.family)) return 'different'
  const [givenA, givenB] = [givenWords(nameA), givenWords(nameB)]
  if (givenA.join('') === givenB.join('')) return 'compatible'
  const agree = givenA.slice(0, givenB.length).every((word, at) => wordsAgree(word, givenB[at] ?? ''))
  return agree ? 'compatible' : 'different'
}

/** Folded words, one space between them. */
function foldWords(text: string): string {
  return fold(text).replace(NOT_WORD, ' ').trim()
}

function givenWords(name: NameParts): readonly string[] {
  const words = foldWords(name.given.join(' '))
  return words === '' ? [] : words.split(' ')
}

function wordsAgree(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short === long || ([...short].length === 1 && long.startsWith(short))
}

function suffixesDiffer(a: NameParts, b: NameParts): boolean {
  return a.suffix !== undefined && b.suffix !== undefined && foldWords(a.suffix) !== foldWords(b.suffix)
}

/** Where the family name begins: its last word, or the first of the particles that lead up to it. Never the first word of several. */
function familyStart(words: readonly string[]): number {
  let start = words.length - 1
  while (start > 1 && isParticle(words[start - 1] ?? '')) start--
  const middle = words.findIndex((word, at) => at > 0 && at < start && isParticle(word))
  return Math.max(0, middle === -1 ? start : middle)
}

function isParticle(word: string): boolean {
  const lower = word.toLowerCase()
  return lower === word ? PARTICLES.has(word) || word.startsWith("d'") : ALWAYS.has(lower)
}
