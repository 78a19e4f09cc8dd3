// The Markdown that abstracts carry: **bold**, *emphasis*, `code` and [text](address); anything doubtful stays as it is.
import type { Style } from './tex-scope.ts'

const LONGEST = 400
const BEFORE = /[\s([{"'“‘\-–—/]/
const WORD = /[\p{L}\p{N}]/u
const SPACE = /\s/
/** Nothing begins with these: a mark before them is a bullet, as in `(*)`. */
const CLOSING = /[)\]}]/
const LINK = /\[([^[\]\n]{1,200})\]\((https?:\/\/[^\s()]{1,500})\)/y

export interface Marked {
  readonly from: number
  readonly to: number
  readonly next: number
  readonly style: Style
}

/** The text between the mark at `at` and its closing one, within source[from, to); undefined where the mark means itself. */
export function markedText(source: string, at: number, from: number, to: number): Marked | undefined {
  const character = source[at] ?? ''
  const mark = character === '*' && source[at + 1] === '*' ? '**' : character
  const start = at + mark.length
  const isAtWord = mark === '**' || at === from || BEFORE.test(source[at - 1] ?? '')
  if (!isAtWord || start >= to || SPACE.test(source[start] ?? ' ') || source[start] === character) return undefined
  if (CLOSING.test(source[start] ?? '')) return undefined
  const window = source.slice(start, Math.min(to, start + LONGEST))
  for (let end = window.indexOf(mark); end > 0; end = window.indexOf(mark, end + mark.length)) {
    const after = window[end + mark.length] ?? ' '
    if (mark !== '**' && (WORD.test(after) || after === character)) continue
    if (SPACE.test(window[end - 1] ?? ' ')) continue
    return isWholeText(window.slice(0, end), character) ? marked(start, start + end, mark) : undefined
  }
  return undefined
}

/** The `[text](address)` that begins at `at`; http(s) addresses only. */
export function linkedText(source: string, at: number, to: number): (Omit<Marked, 'style'> & { link: string }) | undefined {
  LINK.lastIndex = at
  const [whole, text = '', link = ''] = LINK.exec(source) ?? []
  if (whole === undefined || at + whole.length > to) return undefined
  return { from: at + 1, to: at + 1 + text.length, next: at + whole.length, link }
}

function marked(from: number, to: number, mark: string): Marked {
  const style: Style = mark === '**' ? { bold: true } : mark === '`' ? { code: true } : { italic: true }
  return { from, to, next: to + mark.length, style }
}

/** Neither across paragraphs, nor half of a formula, nor from a TeX quote to the next. */
function isWholeText(text: string, character: string): boolean {
  if (text.includes('\n\n') || text.split('$').length % 2 === 0) return false
  return character !== '`' || !(text.includes("'") || text.includes('\n'))
}
