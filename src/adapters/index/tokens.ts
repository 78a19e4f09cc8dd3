// A paper's terms and field values as tokens that SQLite's `ascii` tokenizer hands on exactly as they are.
import type { PaperTerms } from '#core/query/terms.ts'

/** The table's columns, in their order: three of text, and one of exact values (`cat:cs.lg`, `org:berkeley`, …). */
export interface IndexedTexts {
  readonly title: string
  readonly authors: string
  readonly abstract: string
  readonly values: string
}

/** Stands between two authors, so that no phrase runs from one into the next; no token is ever equal to it. */
const BETWEEN_AUTHORS = '\u{E0FF}'

/** What the tokenizer would part at or fold, and the private-use letters that stand for it. */
const UNSAFE = /[\0-\x2F\x3A-\x60\x7B-\x7F\uE000-\uE0FF]/g
const SAFE = /^[ a-z0-9\x80-\uDFFF\uE100-\uFFFF]*$/

/** A term as one token: what `ascii` would part at or fold becomes a private-use letter, and those are not kept apart. */
export function token(term: string): string {
  return term.replace(UNSAFE, (unsafe) => {
    const code = unsafe.charCodeAt(0)
    return String.fromCharCode(code < 0x80 ? 0xe000 + code : 0xe080)
  })
}

/** An exact value of a field as one token; no word is ever equal to it, since words hold no colon. */
export function valueToken(field: 'cat' | 'org' | 'id' | 'source', value: string): string {
  return token(`${field}:${value}`)
}

/** What the index stores of a paper. */
export function indexedTexts(terms: PaperTerms): IndexedTexts {
  const values = [
    ...terms.categories.map((category) => valueToken('cat', category)),
    ...terms.orgs.map((org) => valueToken('org', org)),
    ...terms.ids.map((id) => valueToken('id', id)),
    ...terms.sources.map((source) => valueToken('source', source)),
  ]
  return {
    title: tokens(terms.title),
    authors: terms.authors.map(tokens).join(` ${BETWEEN_AUTHORS} `),
    abstract: tokens(terms.abstract),
    values: values.join(' '),
  }
}

/** Nearly all texts are safe as they are, and to look once is cheaper than to look at each term. */
function tokens(terms: readonly string[]): string {
  const text = terms.join(' ')
  return SAFE.test(text) ? text : terms.map(token).join(' ')
}
