// A query's text → tokens. At each place, in this order: white space and stray dashes go, then brackets, `-`, quotes,
// fields, operators, words.
import { UserInputError } from '#core/errors.ts'
import { nearest } from '#core/text/nearest.ts'
import { type Field, fieldNamed, fieldNames } from './fields.ts'

/** `at` is the token's first place in the text, `raw` what stands there. */
export type Token = { readonly at: number; readonly raw: string } & (
  | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' }
  /** The field before its value, or before a bracket. */
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
)

const SPACE = /\s+/y
const DASHES = /[-‐‑–−]+/y
const QUOTE = /["“”„‟«»＂]/
const BARE = /[^\s()"“”„‟«»＂]+/y
const FIELD = /([a-z]+):/iy
const LINK = /https?:\/\//iy
/** `score>80`, the colon forgotten. */
const SCORE = /score(?=[<>=≤≥])/iy
const ENDS_WORD = /[\s)]/
const SPACE_CHARACTER = /\s/
const NEGATABLE = /[^\s)]/

/** Throws UserInputError where a quote stays open or a field is unknown; linear in a text of bounded length. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) at = step()
  return tokens

  function step(): number {
    const space = runAt(SPACE, text, at)
    if (space !== '') return at + space.length
    const dashes = runAt(DASHES, text, at)
    if (dashes !== '') return dash(dashes)
    const character = text[at] ?? ''
    if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', at, raw: character })
      return at + 1
    }
    if (QUOTE.test(character)) return quoted()
    return (runAt(LINK, text, at) === '' ? field() : undefined) ?? word(runAt(BARE, text, at))
  }

  function dash(dashes: string): number {
    const after = at + dashes.length
    if (dashes.length === 1 && NEGATABLE.test(text[after] ?? ' ')) tokens.push({ kind: 'not', at, raw: dashes })
    return after
  }

  function quoted(): number {
    let end = at + 1
    while (end < text.length && !QUOTE.test(text[end] ?? '')) end++
    if (end >= text.length) {
      throw new UserInputError(`The quote at character ${at + 1}, ${piece(text, at)}, is never closed.`, {
        hint: `Close it: ${text.slice(at).trimEnd()}"`,
      })
    }
    tokens.push({ kind: 'text', text: text.slice(at + 1, end), quoted: true, at, raw: text.slice(at, end + 1) })
    return end + 1
  }

  function field(): number | undefined {
    const bare = runAt(SCORE, text, at)
    if (bare !== '') return push('score', bare, at + bare.length)
    const raw = runAt(FIELD, text, at)
    if (raw === '') return undefined
    const after = at + raw.length
    const known = fieldNamed(raw.slice(0, -1))
    const isLast = after >= text.length || ENDS_WORD.test(text[after] ?? '')
    // `Attention: a survey` is a title somebody pasted.
    if (known === undefined && isLast) return undefined
    if (known === undefined) throw unknownField(raw, at)
    if (known.spelling === 'prefix') return push(known.field, '', at)
    return push(known.field, raw, after)
  }

  /** The field's token, and its value as it stands: in a value only quotes and brackets part. */
  function push(name: Field, raw: string, after: number): number {
    tokens.push({ kind: 'field', field: name, at, raw })
    at = after + runAt(SPACE, text, after).length
    const next = text[at] ?? ''
    if (next === '' || next === '(' || next === ')') return at
    if (QUOTE.test(next)) return quoted()
    const value = name === 'id' ? idAt(text, at) : runAt(BARE, text, at)
    tokens.push({ kind: 'text', text: value, quoted: false, at, raw: value })
    return at + value.length
  }

  function word(raw: string): number {
    if (raw === 'OR' || raw === 'AND' || raw === 'NOT') {
      tokens.push({ kind: raw === 'OR' ? 'or' : raw === 'AND' ? 'and' : 'not', at, raw })
    } else tokens.push({ kind: 'text', text: raw, quoted: false, at, raw })
    return at + raw.length
  }
}

/** What stands at a place, shortened, in quotes. */
export function piece(text: string, at: number): string {
  const end = at + (runAt(BARE, text, at) || text.slice(at, at + 1)).length
  const found = text.slice(at, Math.min(text.length, Math.max(end, at + 12), at + 40))
  return `“${found.trim().replace(/["“”„‟«»＂]/g, '')}”`
}

function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** Ids may hold brackets of their own, `10.1016/0370-2693(92)90070-E`. */
function idAt(text: string, at: number): string {
  let open = 0
  let end = at
  for (; end < text.length; end++) {
    const character = text[end] ?? ''
    if (character === '(') open++
    else if (character === ')' && open-- === 0) break
    else if (SPACE_CHARACTER.test(character) || QUOTE.test(character)) break
  }
  return open > 0 ? runAt(BARE, text, at) : text.slice(at, end)
}

function unknownField(raw: string, at: number): UserInputError {
  const [near] = nearest(raw.slice(0, -1), fieldNames, 1)
  return new UserInputError(`There is no field “${raw}” (character ${at + 1}).`, {
    hint: `${near ? `Did you mean ${near}:? ` : ''}The fields are ${fieldNames.map((name) => `${name}:`).join(' ')} Words with a colon go in quotes.`,
  })
}
