// Reads the text around mathematics: commands, groups, quotes, dashes, ties, and the Markdown some sources write instead.
// Braces go where they only group; a set like {a, b} keeps them. A dollar that is money stays money.
import type { Span } from '#core/reply.ts'
import { knownCommand, unknownCommand } from './tex-commands.ts'
import { isMath, MATH_MARK } from './tex-dollar.ts'
import { script } from './tex-letters.ts'
import { linkedText, markedText } from './tex-markdown.ts'
import { argumentAt, type Reading, type Style, skipSpaces, styled, type Tex, textOf } from './tex-scope.ts'
import { BRACKETS, NAMED, OPERATORS, ORDINARY, RELATIONS, SILENT, SPACES } from './tex-symbols.ts'

const COMMAND = /\\([A-Za-z]+|.)/sy
const PLAIN = /[^\\${}^_~`'"*[-]+/y
const CODE_PLAIN = /[^\\${}]+/y
const ADDRESS = /https?:\/\/(?:[^\s{}$\\<>"`\])*]|\\[_%#&~])+/y
const ESCAPED_IN_ADDRESS = /\\([_%#&~])/g
const DASHES = /-+/y
const POWER = /\^[-+]?\d{1,9}(?!\w|\.\d)/y
const WORD_END = /[\p{L}\p{N})\]]$/u
const WORD_START = /^[\p{L}\p{N}]/u
const DIGIT = /\d/
const SPACE = /\s/
const SET = /[,;:|"=]|\.\.\./
const LETTER_COMMAND = /^(?:ae|AE|oe|OE|aa|AA|o|O|l|L|ss|i|j|dh|DH|th|TH|dj|DJ|ng|NG)$/
const ESCAPED = '%$&#_{}'
const PATH_BEFORE = /[\p{L}\p{N}:\\]/u
const DEEPEST = 40

/** The spans of source[from, to) read as text; never throws, whatever is unbalanced. */
export function readText(tex: Tex, from: number, to: number, reading: Reading): Span[] {
  const { source } = tex
  if (reading.depth > DEEPEST) return styled(source.slice(from, to), reading.style)
  const out: Span[] = []
  let style: Style = reading.style
  let at = from
  const quotes = { double: 0, single: 0 }

  while (at < to) at = step()
  return out

  function put(text: string, next: number): number {
    if (text !== '') out.push({ text, ...style })
    return next
  }

  function include(spans: readonly Span[], next: number): number {
    for (const span of spans) out.push(span)
    return next
  }

  /** A space, unless one is there already. */
  function gap(next: number): number {
    const last = out.at(-1)?.text
    if (last !== undefined && !SPACE.test(last.at(-1) ?? '')) out.push({ text: ' ', ...style })
    return skipSpaces(source, next, to)
  }

  /** Shows what stands at `at`; answers the place after it. */
  function step(): number {
    const run = style.code ? CODE_PLAIN : PLAIN
    run.lastIndex = at
    if (run.test(source)) return plain(Math.min(to, run.lastIndex))
    const character = source[at] ?? ''
    switch (character) {
      case '\\':
        return command()
      case '$':
        return dollar()
      case '{':
        return group()
      case '^':
      case '_':
        return raised(character)
      case '~':
        return isTie() ? gap(at + 1) : put('~', at + 1)
      case '-':
        return dashes()
      case '`':
        return marked() ?? openingQuote()
      case "'":
      case '"':
        return closingQuote(character)
      case '*':
        return marked() ?? put('*', at + 1)
      case '[':
        return link() ?? put('[', at + 1)
      default:
        return put(character, at + 1)
    }
  }

  /** A run without marks, up to an address in it: addresses stay as they are. */
  function plain(end: number): number {
    const text = source.slice(at, end)
    const start = style.code ? -1 : text.indexOf('http')
    if (start === -1) return put(text, end)
    ADDRESS.lastIndex = at + start
    if (!ADDRESS.test(source)) return put(text, end)
    const addressEnd = Math.min(to, ADDRESS.lastIndex)
    return put(text.slice(0, start) + source.slice(at + start, addressEnd).replace(ESCAPED_IN_ADDRESS, '$1'), addressEnd)
  }

  function command(): number {
    COMMAND.lastIndex = at
    const name = COMMAND.exec(source)?.[1] ?? ''
    const after = at + 1 + name.length
    if (name === '' || after > to) return put('\\', at + 1)
    if (ESCAPED.includes(name)) return put(name, after)
    if (name === '(' || name === '[') return mathUntil(name === '(' ? '\\)' : '\\]', after) ?? put(name, after)
    if (name === '\\' || name === ' ' || name === '\n' || SPACES.has(name)) return gap(after)
    const symbol = ORDINARY.get(name) ?? RELATIONS.get(name) ?? OPERATORS.get(name) ?? BRACKETS.get(name)
    if (symbol !== undefined || NAMED.has(name)) {
      put(symbol ?? name, after)
      if (LETTER_COMMAND.test(name)) return pastEmptyGroup(skipSpaces(source, after, to))
      return pastEmptyGroup(after)
    }
    if (SILENT.has(name)) return pastEmptyGroup(after)
    const here: Reading = { mode: 'text', style, depth: reading.depth }
    const known = knownCommand(tex, name, after, to, here)
    if (known !== undefined) {
      style = known.style ?? style
      const [first, ...others] = known.spans
      const isDoubleSpace = first?.text.startsWith(' ') === true && SPACE.test(source[at - 1] ?? ' ')
      return include(
        first !== undefined && isDoubleSpace ? [{ ...first, text: first.text.trimStart() }, ...others] : known.spans,
        known.next,
      )
    }
    const isPath = at > from && PATH_BEFORE.test(source[at - 1] ?? '')
    if (source[after] !== '{' && (name.length === 1 || isPath)) return put(`\\${name}`, after)
    const unknown = unknownCommand(tex, name, after, to, here)
    return include(unknown.spans, unknown.next)
  }

  function pastEmptyGroup(place: number): number {
    return source.startsWith('{}', place) && place + 2 <= to ? place + 2 : place
  }

  function mathUntil(close: string, start: number): number | undefined {
    const end = tex.find(close, start)
    if (end === -1 || end + 2 > to) return undefined
    return include(math(start, end), end + 2)
  }

  function math(start: number, end: number): Span[] {
    return tex.read(start, end, { mode: 'math', style, depth: reading.depth + 1 })
  }

  function dollar(): number {
    const next = tex.nextDollar(at)
    if (next === at + 1) {
      const close = tex.find('$$', at + 2)
      if (close === -1 || close + 2 > to || !isMath(source.slice(at + 2, close), '')) return put('$$', at + 2)
      return include(math(at + 2, close), close + 2)
    }
    if (next === -1 || next >= to || !isMath(source.slice(at + 1, next), source[next + 1] ?? '')) return put('$', at + 1)
    return include(math(at + 1, next), next + 1)
  }

  function group(): number {
    const close = tex.closing(at, to)
    if (close === -1) return put('{', at + 1)
    const content = source.slice(at + 1, close)
    const isWhole = at === from && close === to - 1
    const isKept = isWhole ? content === '' : content.length > 1 && SET.test(content) && !MATH_MARK.test(content)
    const spans = tex.read(at + 1, close, { mode: 'text', style, depth: reading.depth + 1 })
    return include(isKept ? [...styled('{', style), ...spans, ...styled('}', style)] : spans, close + 1)
  }

  function raised(sign: '^' | '_'): number {
    const argument = source[at + 1] === '{' ? argumentAt(tex, at + 1, to) : undefined
    if (argument !== undefined) {
      const spans = tex.read(argument.from, argument.to, { mode: 'math', style, depth: reading.depth + 1 })
      return put(script(textOf(spans), sign), argument.next)
    }
    POWER.lastIndex = at
    if (at > from && WORD_END.test(source[at - 1] ?? '') && POWER.test(source) && POWER.lastIndex <= to) {
      return put(script(source.slice(at + 1, POWER.lastIndex), '^'), POWER.lastIndex)
    }
    return (sign === '_' ? marked() : undefined) ?? put(sign, at + 1)
  }

  /** `Figure~1` but not `~10`, `5~10`, `/~name`. */
  function isTie(): boolean {
    const [before, after] = [source[at - 1] ?? ' ', source[at + 1] ?? ' ']
    if (at === from || at + 1 >= to || SPACE.test(before) || SPACE.test(after)) return false
    return !(before === '/' || before === '(' || before === '~' || after === '~' || (DIGIT.test(before) && DIGIT.test(after)))
  }

  /** `--` and `---`, but not options (` --help`), arrows and rules. */
  function dashes(): number {
    DASHES.lastIndex = at
    DASHES.test(source)
    const end = Math.min(to, DASHES.lastIndex)
    const [before, after] = [source[at - 1] ?? ' ', source[end] ?? ' ']
    const length = end - at
    const isOption = SPACE.test(before) && length === 2 && WORD_START.test(after) && !DIGIT.test(after)
    if (style.code || length === 1 || length > 3 || isOption || after === '>' || before === '<' || before === '!') {
      return put(source.slice(at, end), end)
    }
    return put(length === 2 ? '–' : '—', end)
  }

  function openingQuote(): number {
    if (source[at + 1] === '`') {
      quotes.double++
      return put('“', at + 2)
    }
    const isOpening = !WORD_END.test(source[at - 1] ?? '') && !SPACE.test(source[at + 1] ?? ' ')
    if (isOpening && tex.find("'", at + 1) !== -1) {
      quotes.single++
      return put('‘', at + 1)
    }
    return put('`', at + 1)
  }

  function closingQuote(character: string): number {
    if (character === "'" && source[at + 1] === "'" && quotes.double > 0) {
      quotes.double--
      return put('”', at + 2)
    }
    const isClosing = at > from && !SPACE.test(source[at - 1] ?? ' ') && !WORD_START.test(source[at + 1] ?? '')
    if (character === '"' && quotes.double > 0 && isClosing) {
      quotes.double--
      return put('”', at + 1)
    }
    if (character === "'" && quotes.single > 0 && isClosing) {
      quotes.single--
      return put('’', at + 1)
    }
    return put(character, at + 1)
  }

  function marked(): number | undefined {
    const found = style.code ? undefined : markedText(source, at, from, to)
    if (found === undefined) return undefined
    if (found.style.code) return include(styled(source.slice(found.from, found.to), { ...style, code: true }), found.next)
    const inner: Reading = { mode: 'text', style: { ...style, ...found.style }, depth: reading.depth + 1 }
    return include(tex.read(found.from, found.to, inner), found.next)
  }

  function link(): number | undefined {
    const found = linkedText(source, at, to)
    if (found === undefined) return undefined
    const inner: Reading = { mode: 'text', style: { ...style, link: found.link }, depth: reading.depth + 1 }
    return include(tex.read(found.from, found.to, inner), found.next)
  }
}
