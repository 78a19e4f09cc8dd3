// TeX accents turned into letters and protective braces taken off; mathematics and other commands stay as they are.
import { texToText } from '#core/text/tex.ts'

const MATH = /\\[\\$]|\$\$?[^$]*\$\$?/g
const LETTER =
  /\\(?:[`'^"~=.]\s{0,9}|[Hbcdkruv](?:\s{1,9}|(?=\{)))(?:\{\s{0,9}(?:\\[ij](?![A-Za-z])(?:\{\})?|\p{L})\s{0,9}\}|\\[ij](?![A-Za-z])(?:\{\})?|\p{L})|\\(?:aa|AA|ae|AE|oe|OE|ss|dh|DH|dj|DJ|th|TH|ng|NG|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s{1,9}(?=\p{L}))?/gu
/** Not those of a command's argument, of a script or of a brace that is meant. */
const PLAIN_BRACES = /(?<!\\[A-Za-z]{0,30}|[\^_}])\{([^{}\\$]*)\}/g
const ESCAPED = /\\([&%#_ ])/g
const TIE = /(?<!\\)~/g
const DEEPEST = 4
/** No title, name or abstract of a paper is longer: what is stays as it is. */
const LONGEST = 100_000
/** Commands whose letters are kept at hand. */
const MOST_KNOWN = 1000
const known = new Map<string, string>()

/** `Valk\'o` → `Valkó`, `{\"O}nnud{\'o}ttir` → `Önnudóttir`, `{DNA} of $x^{2}$` → `DNA of $x^{2}$`. */
export function texLetters(text: string): string {
  if (text.length > LONGEST) return text
  if (!text.includes('\\') && !text.includes('{') && !text.includes('~')) return text
  let done = ''
  let from = 0
  for (const math of text.matchAll(MATH)) {
    done += outsideMath(text.slice(from, math.index)) + math[0]
    from = math.index + math[0].length
  }
  return done + outsideMath(text.slice(from))
}

function outsideMath(text: string): string {
  let bare = text.replace(LETTER, letterOf).replace(TIE, ' ').replace(ESCAPED, '$1')
  for (let depth = 0; depth < DEEPEST && bare.includes('{'); depth++) bare = bare.replace(PLAIN_BRACES, '$1')
  return bare
}

/** Most papers need the same few dozen commands. */
function letterOf(command: string): string {
  const letter = known.get(command) ?? texToText(command).trim()
  if (known.size < MOST_KNOWN) known.set(command, letter)
  return letter
}
