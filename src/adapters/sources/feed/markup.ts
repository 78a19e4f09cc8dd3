// The text of a piece of HTML from anywhere: tags, comments, scripts and styles gone, references turned into letters. Linear.
import { htmlText } from '#adapters/formats/entities.ts'

/** A tag as HTML knows it; what a formula has in its place, `a < b`, is none. */
const TAG = /^<\/?([a-z][a-z0-9]{0,20}(?::[a-z][a-z0-9-]{0,20})?)(?=[\s/>])/i
const LONGEST_TAG = 4000
const COMMENT_END = /(?<=-->)/g
/** Elements whose content is no text, with their ends. */
const HIDDEN = new Map([
  ['script', /<\/script/gi],
  ['style', /<\/style/gi],
  ['template', /<\/template/gi],
])
/** Tags within a word: nothing takes their place. */
const WITHIN = new Set('a abbr b cite code em font i mark s small span strong sub sup tt u'.split(' '))

export function markupText(html: string): string {
  if (!html.includes('<')) return htmlText(html)
  let text = ''
  let from = 0
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', from)) {
    text += html.slice(from, at)
    const { end, instead } = piece(html, at)
    text += instead
    from = end
  }
  return htmlText(text + html.slice(from))
}

/** Where what begins here ends, and what stands for it. */
function piece(html: string, at: number): { end: number; instead: string } {
  if (html.startsWith('<!--', at)) return { end: endOf(html, COMMENT_END, at), instead: ' ' }
  const name = TAG.exec(html.slice(at, at + 50))?.[1]?.toLowerCase()
  const close = name === undefined ? -1 : html.slice(at, at + LONGEST_TAG).indexOf('>')
  if (name === undefined || close === -1) return { end: at + 1, instead: '<' }
  const end = at + close + 1
  const hidden = html[at + 1] === '/' ? undefined : HIDDEN.get(name)
  if (hidden !== undefined) return { end: endOf(html, hidden, end), instead: ' ' }
  return { end, instead: WITHIN.has(name) ? '' : ' ' }
}

/** The text's own end where there is none: the rest belongs to what began. */
function endOf(html: string, end: RegExp, from: number): number {
  end.lastIndex = from
  return end.exec(html)?.index ?? html.length
}
