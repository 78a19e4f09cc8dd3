// TeX's commands with arguments, in text and mathematics alike: styles, letters, fractions, links, citations, lengths.
// A command nobody knows shows its argument, or its name where it has none: authors' own macros stay readable.
import type { Span } from '#core/reply.ts'
import {
  bracketed,
  type Call,
  inner,
  pick,
  plain,
  raw,
  read,
  type Show,
  shown,
  styledBy,
  switched,
  wholeOrRest,
  withOne,
  withTwo,
} from './tex-call.ts'
import { ACCENTS, accented, fraction, lettersOf, root, script } from './tex-letters.ts'
import {
  type Argument,
  argumentAt,
  groupAt,
  type Outcome,
  optionAt,
  type Reading,
  skipSpaces,
  styled,
  type Tex,
} from './tex-scope.ts'

const HTTP = /^https?:\/\/\S+$/i
const UNICODE = /^x([0-9a-f]{1,6})$|^(\d{1,7})$/i
/** The source of an accented letter, `\\textbf{\\i}` at the longest. */
const LONGEST_ACCENTED = 16
const GREEK_CUT_IN_TWO: Readonly<Record<string, string>> = { 'b{eta}': 'β', 'r{ho}': 'ρ', 't{heta}': 'θ', 't{au}': 'τ' }

const SHOWS = new Map<string, Show>()

on('textbf mathbf boldsymbol bm bold pmb textbfit', styledBy({ bold: true }))
on('emph textit textsl mathit', styledBy({ italic: true }))
on('texttt mathtt code', styledBy({ code: true }))
on(
  'text mbox hbox textrm textsf textsc textnormal textup textmd underline uline hl fbox makebox textsuperscript* intertext',
  styledBy({}),
)
on(
  'mathrm mathsf mathnormal operatorname operatorname* mathop mathrel mathbin mathord boxed cancel not* substack vphantom',
  styledBy({}),
)
on('mathbb mathds mathbbm mathcal mathscr mathfrak', (call) => {
  const argument = argumentAt(call.tex, call.at, call.end)
  if (argument === undefined) return undefined
  const spans = read(call, argument)
  return { spans: spans.map((span) => ({ ...span, text: lettersOf(call.name, span.text) })), next: argument.next }
})
on([...ACCENTS.keys()].join(' '), accent)
on('frac dfrac tfrac cfrac nicefrac sfrac', withTwo(fraction))
on(
  'binom dbinom tbinom',
  withTwo((above, below) => `(${above} choose ${below})`),
)
on('sqrt', (call) => {
  const option = optionAt(call.tex, skipSpaces(call.tex.source, call.at, call.end), call.end)
  const argument = argumentAt(call.tex, option?.next ?? call.at, call.end)
  if (argument === undefined) return undefined
  return shown(call, root(option === undefined ? '' : plain(call, option), plain(call, argument)), argument.next)
})
on(
  'norm',
  withOne((text) => `‖${text}‖`),
)
on(
  'abs',
  withOne((text) => `|${text}|`),
)
on(
  'enquote',
  withOne((text) => `“${text}”`),
)
on(
  'textsuperscript',
  withOne((text) => script(text, '^')),
)
on(
  'textsubscript',
  withOne((text) => script(text, '_')),
)
on(
  'ding',
  withOne((number) => DINGBATS[number] ?? dingbat(number)),
)
on('footnote', (call) => {
  const argument = wholeOrRest(call)
  const { style } = call.reading
  return argument && { spans: [...styled(' (', style), ...read(call, argument), ...styled(')', style)], next: argument.next }
})
on(
  'num unit si',
  withOne((text) => text),
)
on(
  'SI qty',
  withTwo((number, unit) => (unit === '' ? number : `${number} ${unit}`)),
)
on('texorpdfstring', (call) => pick(call, 0))
on('textcolor hyperlink resizebox rotatebox colorbox overset* raisebox', (call) => pick(call, 1))
on(
  'overset stackrel',
  withTwo((above, base) => `${base}${script(above, '^')}`),
)
on(
  'underset',
  withTwo((below, base) => `${base}${script(below, '_')}`),
)
on('color label hspace vspace phantom hypersetup thanks* vskip pagestyle', (call) => {
  const argument = groupAt(call.tex, call.at, call.end)
  return { spans: [], next: argument?.next ?? call.at }
})
on(
  'cite citep citet citealp citealt citeauthor citeyear citeyearpar parencite textcite autocite footcite Citet Citep cite* citep* citet*',
  (call) => bracketed(call),
)
on('ref eqref cref Cref autoref pageref nameref', (call) => bracketed(call))
on('unicode char', (call) => {
  const argument = groupAt(call.tex, call.at, call.end)
  const [, hex, decimal] = UNICODE.exec(argument === undefined ? '' : raw(call, argument).trim()) ?? []
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
  if (argument === undefined || !(code >= 32 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined
  return shown(call, String.fromCodePoint(code), argument.next)
})
on('url nolinkurl path', (call) => {
  const argument = groupAt(call.tex, call.at, call.end)
  return argument && { spans: linked(address(raw(call, argument)), call), next: argument.next }
})
on('href', (call) => {
  const target = groupAt(call.tex, call.at, call.end)
  const label = target && groupAt(call.tex, target.next, call.end)
  if (target === undefined || label === undefined)
    return target && { spans: linked(address(raw(call, target)), call), next: target.next }
  const link = address(raw(call, target))
  const style = HTTP.test(link) ? { ...call.reading.style, link } : call.reading.style
  return { spans: call.tex.read(label.from, label.to, inner(call, { style, mode: 'text' })), next: label.next }
})
on('verb', (call) => {
  const mark = call.tex.source[call.at] ?? ' '
  const close = call.tex.source.slice(call.at + 1, Math.min(call.end, call.at + 500)).indexOf(mark)
  if (close === -1) return undefined
  const text = call.tex.source.slice(call.at + 1, call.at + 1 + close)
  return { spans: styled(text, { ...call.reading.style, code: true }), next: call.at + close + 2 }
})
on('begin end', (call) => {
  const argument = groupAt(call.tex, call.at, call.end)
  return { spans: styled(' ', call.reading.style), next: argument?.next ?? call.at }
})
on('item', (call) => ({ spans: styled(' • ', call.reading.style), next: skipSpaces(call.tex.source, call.at, call.end) }))
on('bf bfseries', switched({ bold: true }))
on('it em sl itshape slshape', switched({ italic: true }))
on('tt ttfamily', switched({ code: true }))
on('rm sf sc md up cal rmfamily sffamily scshape mdseries upshape normalfont', switched({}))

const DINGBATS: Readonly<Record<string, string>> = { '51': '✓', '52': '✔', '55': '✗', '56': '✘' }

/** What `\name` with its arguments at `at` shows; undefined for a symbol or a command that is not known here. */
export function knownCommand(tex: Tex, name: string, at: number, end: number, reading: Reading): Outcome | undefined {
  const starred = tex.source[at] === '*' && SHOWS.has(`${name}*`)
  const show = SHOWS.get(name)
  return show?.({ tex, name, at: starred ? at + 1 : at, end, reading })
}

/** An author's own macro: its arguments, `name(a, b)` in mathematics; its name without any. */
export function unknownCommand(tex: Tex, name: string, at: number, end: number, reading: Reading): Outcome {
  const call = { tex, name, at, end, reading }
  const shownArguments: Span[][] = []
  let next = at
  for (let group = braceAt(tex, next, end); group !== undefined; group = braceAt(tex, next, end)) {
    if (group.to > group.from) shownArguments.push(read(call, group))
    next = group.next
  }
  const [first] = shownArguments
  if (first !== undefined && reading.mode === 'text' && shownArguments.length === 1) return { spans: first, next }
  const list = shownArguments.flatMap((spans, index) => (index === 0 ? spans : [...styled(', ', reading.style), ...spans]))
  if (list.length === 0) return { spans: styled(name, reading.style), next }
  return { spans: [...styled(`${name}(`, reading.style), ...list, ...styled(')', reading.style)], next }
}

function braceAt(tex: Tex, at: number, end: number): Argument | undefined {
  return tex.source[at] === '{' ? groupAt(tex, at, end) : undefined
}

function on(names: string, show: Show): void {
  for (const name of names.split(' ')) SHOWS.set(name, show)
}

function accent(call: Call): Outcome | undefined {
  const argument = argumentAt(call.tex, call.at, call.end)
  if (argument === undefined) return undefined
  const cut = GREEK_CUT_IN_TWO[`${call.name}{${raw(call, argument)}}`]
  if (cut !== undefined) return shown(call, cut, argument.next)
  // In text `\c sequence` and `\b{some words}` are an author's macros.
  const isText = call.reading.mode === 'text' || call.name.length === 1
  if (isText && argument.to - argument.from > LONGEST_ACCENTED) return undefined
  const letters = plain(call, argument)
  if (isText && ([...letters].length > 2 || letters === '')) return undefined
  return shown(call, accented(letters, call.name), argument.next)
}

function dingbat(number: string): string {
  const code = Number(number)
  return code >= 172 && code <= 211 ? String.fromCodePoint(0x2460 + code - 172) : `(${number})`
}

function linked(url: string, call: Call): Span[] {
  return styled(url, HTTP.test(url) ? { ...call.reading.style, link: url } : call.reading.style)
}

function address(text: string): string {
  return text.trim().replaceAll('\\', '')
}
