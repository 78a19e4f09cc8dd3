// TeX accents turned into letters and protective braces taken off; mathematics and other commands stay as they are.

const MATH = /\\[\\$]|\$\$?[^$]*\$\$?/g
const ACCENT =
  /\{?\\(?:([`'^"~=.])\s*|([Hbcdkruv])(?:\s+|(?=\{)))(?:\{\s*(?:\\([ij])(?:\{\})?|(\p{L}))\s*\}|\\([ij])(?![A-Za-z])(?:\{\})?|(\p{L}))\}?/gu
const LETTER = /\{?\\(aa|AA|ae|AE|oe|OE|ss|dh|DH|dj|DJ|th|TH|ng|NG|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s+(?=\p{L}))?\}?/gu
const PLAIN_BRACES = /(?<!\\[A-Za-z]{0,30}|[\^_}])\{([^{}\\$]*)\}/g
const ESCAPED = /\\([&%#_ ])/g
const TIE = /(?<!\\)~/g

const MARKS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  H: '\u030b',
  b: '\u0331',
  c: '\u0327',
  d: '\u0323',
  k: '\u0328',
  r: '\u030a',
  u: '\u0306',
  v: '\u030c',
}

const LETTERS: Readonly<Record<string, string>> = {
  aa: 'å',
  AA: 'Å',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  ss: 'ß',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  th: 'þ',
  TH: 'Þ',
  ng: 'ŋ',
  NG: 'Ŋ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  j: 'ȷ',
}

/** `Valk\'o` → `Valkó`, `{\"O}nnud{\'o}ttir` → `Önnudóttir`, `{DNA} of $x^{2}$` → `DNA of $x^{2}$`. */
export function texLetters(text: string): string {
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
  const letters = text
    .replace(ACCENT, (whole, sign?: string, word?: string, ij?: string, letter?: string, bareIj?: string, bare?: string) => {
      const base = letter ?? bare ?? ij ?? bareIj ?? ''
      return unbraced(whole, (base + (MARKS[sign ?? word ?? ''] ?? '')).normalize('NFC'))
    })
    .replace(LETTER, (whole, name: string) => unbraced(whole, LETTERS[name] ?? name))
    .replace(TIE, ' ')
    .replace(ESCAPED, '$1')
  return withoutBraces(letters)
}

/** Keeps a brace that the match took without its partner. */
function unbraced(whole: string, letter: string): string {
  let depth = 0
  for (const sign of whole) depth += sign === '{' ? 1 : sign === '}' ? -1 : 0
  return depth > 0 ? `{${letter}` : depth < 0 ? `${letter}}` : letter
}

/** Braces that only protect letter case, the innermost first; a command's own stay. */
function withoutBraces(text: string): string {
  let bare = text
  for (let depth = 0; depth < 4 && bare.includes('{'); depth++) bare = bare.replace(PLAIN_BRACES, '$1')
  return bare
}
