// The one analyser: text → terms. What the index stores, what a query asks for and what the matcher compares all come from here.
import stem from 'wink-porter2-stemmer'
import { fold } from './fold.ts'

/** `Gauss's` is `Gauss`. */
const POSSESSIVE = /['’]s(?![\p{L}\p{N}])/gu
const ASCII_WORD = /[a-z0-9]{1,64}/g
/** Scripts written without spaces give one term a character; other words are cut at 64 characters, so that no index cuts them elsewhere. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]]{1,64}/gv
const NOT_ASCII = /[^\0-\x7f]/
/** The stemmer's expressions are not linear, so long runs of letters, which no language has, are left alone. */
const STEMMABLE = /^[a-z]{3,30}$/
const SHORTEST_STEMMED = 3

const KNOWN_STEMS = 100_000
const stems = new Map<string, string>()

/**
 * The terms of a text in their order: folded (text/fold.ts), cut into runs of letters and digits, English words stemmed
 * (Porter 2). A term consists of lower-case letters and digits alone, so a tokenizer that keeps non-ASCII characters
 * together and separates at ASCII punctuation finds in `analyse(text).join(' ')` exactly these terms. `wordsOf` of that
 * joined text gives the same terms again; `analyse` of it may not, since a stem may itself have a stem.
 */
export function analyse(text: string): string[] {
  return wordsOf(text).map(stemOf)
}

/** The words of a text before stemming. */
export function wordsOf(text: string): string[] {
  const folded = fold(text).replace(POSSESSIVE, ' ')
  if (!NOT_ASCII.test(folded)) return folded.match(ASCII_WORD) ?? []
  return folded.match(WORD) ?? []
}

function stemOf(word: string): string {
  if (word.length < SHORTEST_STEMMED) return word
  const known = stems.get(word)
  if (known !== undefined) return known
  const own = copied(word)
  const stemmed = STEMMABLE.test(word) ? stem(own) || own : own
  if (stems.size >= KNOWN_STEMS) stems.clear()
  stems.set(own, stemmed)
  return stemmed
}

/** A word cut out of a text is a window on it, and to remember it would keep the whole text in memory. */
function copied(word: string): string {
  return Array.from(word).join('')
}
