// Reads a text as Discord does: its rules as data, in their order, and what each character is shown as.
// From simple-markdown 0.7 and what Discord adds: quotes, small print, spoilers, mentions, emoji, times, no escapes within links.

export interface Style {
  readonly bold: boolean
  readonly italic: boolean
  readonly code: boolean
  readonly link?: string
}

export interface Read {
  /** What is seen, with its style; of a block's mark nothing. */
  readonly runs: readonly (Style & { readonly text: string })[]
  /** The names of the rules that matched, in order; without those that are plain text. */
  readonly tokens: readonly string[]
}

interface Rule {
  readonly name: string
  readonly pattern: RegExp
  /** Matches at the beginning of a line alone. */
  readonly isBlock?: true
  /** Does not match within the text of a link. */
  readonly notInLinks?: true
  /** What of the match is read on, and how it is shown. */
  readonly inner?: (match: RegExpExecArray, style: Style) => { readonly text: string; readonly style: Style }
  /** What of the match is seen as it is. */
  readonly seen?: (match: RegExpExecArray) => string
  /** Among rules of one rank the longest match counts. */
  readonly ranked?: number
  /** Whether the match counts. */
  readonly holds?: (match: RegExpExecArray) => boolean
}

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u
/** Words, which none of the other rules begins with. */
const WORDS = /^(?:[a-z0-9\u00c0-\ud7ff]+[,;.]? )+/i
const ADDRESS = /https?:\/\/\S/i

const within = (at: number, change: Partial<Style>) => (match: RegExpExecArray, style: Style) => ({
  text: match[at] ?? '',
  style: { ...style, ...change },
})

const ESCAPE: Rule = { name: 'escape', notInLinks: true, pattern: /^\\([^0-9A-Za-z\s])/, seen: (match) => match[1] ?? '' }

const TEXT: Rule = {
  name: 'text',
  pattern: /^[\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\n|\w+:\S|discord|$)/,
  seen: (match) => match[0],
}

const RULES: readonly Rule[] = [
  { name: 'heading', isBlock: true, pattern: /^ *(#{1,3})\s+((?:\\#|[^\n])+?)#*\s*(?:\n|$)/, inner: within(2, {}) },
  { name: 'small', isBlock: true, pattern: /^-#\s+([^\n]+?)(?:\n|$)/, inner: within(1, {}) },
  { name: 'codeBlock', pattern: /^```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```/i, seen: (match) => match[2] ?? '' },
  { name: 'quote', isBlock: true, pattern: /^ *>>> +([\s\S]*)|^ *>(?!>>) +[^\n]*(\n *>(?!>>) +[^\n]*)*\n?/, seen: () => '' },
  { name: 'list', isBlock: true, pattern: /^ *(?:[*+-]|\d+\.) +([^\n]*)(?:\n|$)/, inner: within(1, {}) },
  ESCAPE,
  { name: 'autolink', pattern: /^<([^: >]+:\/[^ >]+)>/ },
  { name: 'url', notInLinks: true, pattern: /^(?:https?|steam):\/\/[^\s<]+[^<.,:;"'\]\s]/ },
  {
    name: 'link',
    notInLinks: true,
    pattern: /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/,
    holds: ([, text = '']) => text.trim() !== '' && !EMOJI.test(text) && !ADDRESS.test(text),
    inner: (match, style) => ({ text: match[1] ?? '', style: { ...style, link: match[2] ?? '' } }),
  },
  {
    name: 'italic',
    ranked: 0.2,
    pattern: /^\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/,
    inner: (match, style) => ({ text: match[2] ?? match[1] ?? '', style: { ...style, italic: true } }),
  },
  { name: 'bold', ranked: 0.1, pattern: /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, inner: within(1, { bold: true }) },
  { name: 'underline', ranked: 0, pattern: /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, inner: within(1, {}) },
  { name: 'strike', pattern: /^~~([\s\S]+?)~~(?!_)/, inner: within(1, {}) },
  { name: 'spoiler', pattern: /^\|\|([\s\S]+?)\|\|/, inner: within(1, {}) },
  { name: 'code', pattern: /^(`+)([\s\S]*?[^`])\1(?!`)/, seen: (match) => (match[2] ?? '').replace(/^ (?= *`)|(` *) $/g, '$1') },
  { name: 'mention', pattern: /^<(?:@[!&]?|#)\d+>|^<id:\w+>|^<\/[^:>]+:\d+>|^@(?:everyone|here)\b/, seen: () => '' },
  { name: 'time', pattern: /^<t:-?\d{1,17}(?::[tTdDfFR])?>/ },
  { name: 'customEmoji', pattern: /^<a?:\w+:\d+>/ },
  { name: 'contact', pattern: /^<(?:mailto:|tel:|sms:)?[^\s<>]*[@+][^\s<>]*>/ },
  { name: 'emoji', pattern: /^:([^\s:]+?(?:::skin-tone-\d)?):/ },
  { name: 'invite', pattern: /^discord(?:app)?\.(?:gg|com|gift|new|me|io)\b/i },
  TEXT,
]

const PLAIN: Style = { bold: false, italic: false, code: false }

/** Reads one text of a message. */
export function read(text: string): Read {
  const runs: (Style & { text: string })[] = []
  const tokens: string[] = []

  function readIn(source: string, style: Style, before: string): void {
    let at = 0
    let last = before
    while (at < source.length) {
      const rest = source.slice(at)
      const found = firstRule(rest, style, last === '' || last.endsWith('\n'))
      const { rule, match } = found
      if (rule.name !== 'text' && rule.name !== 'escape') tokens.push(rule.name)
      const inner = rule.inner?.(match, style)
      if (inner) {
        readIn(inner.text, inner.style, rule.isBlock ? '' : 'x')
        if (rule.isBlock && match[0].endsWith('\n')) runs.push({ ...PLAIN, text: '\n' })
      } else runs.push({ ...style, text: rule.seen?.(match) ?? match[0], ...(rule.name === 'code' && { code: true }) })
      last = match[0]
      at += match[0].length
    }
  }

  readIn(text, PLAIN, '')
  return { runs, tokens }
}

function firstRule(rest: string, style: Style, isLineStart: boolean): { rule: Rule; match: RegExpExecArray } {
  // Most of a text by far is one of these two.
  const words = isLineStart ? null : WORDS.exec(rest)
  if (words) return { rule: TEXT, match: words }
  const mark = style.link === undefined && rest.startsWith('\\') ? ESCAPE.pattern.exec(rest) : null
  if (mark) return { rule: ESCAPE, match: mark }
  let ranked: { rule: Rule; match: RegExpExecArray } | undefined
  for (const rule of RULES) {
    if (ranked && rule.ranked === undefined) return ranked
    if ((rule.isBlock && !isLineStart) || (rule.notInLinks && style.link !== undefined)) continue
    const match = rule.pattern.exec(rest)
    if (!match || rule.holds?.(match) === false) continue
    if (rule.ranked === undefined) return { rule, match }
    if (!ranked || match[0].length + rule.ranked > ranked.match[0].length + (ranked.rule.ranked ?? 0)) ranked = { rule, match }
  }
  throw new Error('A text has no first character.')
}

/** What is seen, a character each with its style. */
export function charactersOf({ runs }: Read): (Style & { readonly character: string })[] {
  return runs.flatMap(({ text, ...style }) => [...text].map((character) => ({ ...style, character })))
}
