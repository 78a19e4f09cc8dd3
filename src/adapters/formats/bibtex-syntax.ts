// The syntax of BibTeX, as a stream: text goes in piece by piece, entries with their fields come out.
import { LONGEST_ENTRY, type Reader } from './reader.ts'

const ENTRY = /@\s{0,99}(?:%[^\n]{0,999}\n\s{0,99}){0,9}([A-Za-z]{1,40})\s{0,99}(?:%[^\n]{0,999}\n\s{0,99}){0,9}([{(])/g
const NEXT_ENTRY = /\n[ \t]{0,9}@[A-Za-z]{1,40}\s{0,9}[{(]/g
const NAME = /[^\s=,{}()"#%]+/y
const SPACE = /\s*/y
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

export interface BibtexEntry {
  /** In lower case: `article`. */
  readonly type: string
  readonly key: string
  /** By name in lower case, macros and `#` resolved, the outer delimiters off, TeX as it was. */
  readonly fields: Readonly<Record<string, string>>
  readonly line: number
}

interface Handlers {
  entry(entry: BibtexEntry): void
  bad(line: number, why: string): void
  cut(line: number): void
}

/**
 * Reads as BibTeX does: what is outside of entries is comment, `@string` names a text, `@comment` and `@preamble` say
 * nothing. An entry without its end goes as far as the next line that begins one. http://www.bibtex.org/Format/
 */
export function bibtexStream(handlers: Handlers): Reader {
  const macros = new Map(MONTHS.map((name) => [name, name]))
  let held = ''
  let line = 1

  /** Takes every entry that is whole; where `last`, what is not has no end. */
  function takeAll(last: boolean): void {
    let from = 0
    for (;;) {
      ENTRY.lastIndex = from
      const start = ENTRY.exec(held)
      if (start === null) break
      const opening = start.index + start[0].length - 1
      const end = closing(held, opening)
      const at = line + newlines(held, 0, start.index)
      if (end === -1) {
        NEXT_ENTRY.lastIndex = opening
        const next = NEXT_ENTRY.exec(held)
        const isTooLong = held.length - start.index > LONGEST_ENTRY
        if (!last && !isTooLong) {
          pass(start.index)
          return
        }
        if (next === null) {
          if (isTooLong) handlers.bad(at, 'The entry is too long.')
          else handlers.cut(at)
          pass(held.length)
          return
        }
        handlers.bad(at, 'The entry has no end; a brace or a quote is missing.')
        from = next.index + 1
      } else {
        take(start[1]?.toLowerCase() ?? '', held.slice(opening + 1, end), at)
        from = end + 1
      }
    }
    const at = last ? held.length : Math.max(from, held.lastIndexOf('@') === -1 ? held.length : held.lastIndexOf('@'))
    pass(Math.max(at, held.length - LONGEST_ENTRY))
  }

  function pass(to: number): void {
    line += newlines(held, 0, to)
    held = held.slice(to)
  }

  function take(type: string, body: string, at: number): void {
    if (type === 'comment' || type === 'preamble') return
    const comma = type === 'string' ? -1 : body.indexOf(',')
    const fields = parseFields(type === 'string' ? body : comma === -1 ? '' : body.slice(comma + 1), macros)
    if (type === 'string') for (const [name, text] of Object.entries(fields)) macros.set(name, text)
    else handlers.entry({ type, key: (comma === -1 ? body : body.slice(0, comma)).trim(), fields, line: at })
  }

  return {
    write(text) {
      held += text
      takeAll(false)
    },
    end: () => takeAll(true),
  }
}

/** Where the bracket at `from` closes: braces nest, quotes are not looked into; -1 where it does not. */
function closing(text: string, from: number): number {
  const close = text[from] === '(' ? ')' : '}'
  let depth = 0
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\\') at++
    else if (sign === close && depth === 0) return at
    else if (sign === '{') depth++
    else if (sign === '}') depth--
  }
  return -1
}

function parseFields(text: string, macros: ReadonlyMap<string, string>): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  let at = 0
  while (at < text.length) {
    const name = match(NAME, text, match(SPACE, text, at).end)
    const equals = match(SPACE, text, name.end).end
    if (name.text === '' || text[equals] !== '=') {
      at = Math.max(at + 1, name.end)
      continue
    }
    const value = readValue(text, equals + 1, macros)
    fields[name.text.toLowerCase()] ??= value.text
    at = value.end
  }
  return fields
}

/** Parts joined by `#`: braces, quotes, numbers, names of texts, as long as they grow into no more than an entry may hold. */
function readValue(text: string, from: number, macros: ReadonlyMap<string, string>): { text: string; end: number } {
  let value = ''
  let at = from
  const add = (part: string) => {
    if (value.length + part.length <= LONGEST_ENTRY) value += part
  }
  for (;;) {
    at = match(SPACE, text, at).end
    const sign = text[at]
    if (sign === '{' || sign === '"') {
      const end = sign === '{' ? closing(text, at) : quoteEnd(text, at)
      add(text.slice(at + 1, end === -1 ? undefined : end))
      at = end === -1 ? text.length : end + 1
    } else {
      const word = match(NAME, text, at)
      add(macros.get(word.text.toLowerCase()) ?? word.text)
      at = word.end
    }
    at = match(SPACE, text, at).end
    if (text[at] !== '#') return { text: value, end: at }
    at++
  }
}

function quoteEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from + 1; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"' && depth === 0) return at
    if (sign === '\\') at++
    else if (sign === '{') depth++
    else if (sign === '}') depth--
  }
  return -1
}

function match(pattern: RegExp, text: string, from: number): { text: string; end: number } {
  pattern.lastIndex = from
  const found = pattern.exec(text)?.[0] ?? ''
  return { text: found, end: from + found.length }
}

function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
