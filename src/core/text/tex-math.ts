// Reads TeX's mathematics: symbols, scripts and groups, with the spaces that a line of plain text needs.
import type { Span } from '#core/reply.ts'
import { knownCommand, unknownCommand } from './tex-commands.ts'
import { script } from './tex-letters.ts'
import { argumentAt, type Reading, type Style, skipSpaces, styled, type Tex, textOf } from './tex-scope.ts'
import { BRACKETS, NAMED, OPERATORS, ORDINARY, RELATIONS, SILENT, SPACES } from './tex-symbols.ts'

/** What was shown last, for the space before what follows. */
type Kind = 'start' | 'plain' | 'symbol' | 'named' | 'relation' | 'sign' | 'open' | 'close'

const COMMAND = /\\([A-Za-z]+|.)/sy
const PLAIN = /[^\\{}^_~&'\s]+/y
const SPACE = /\s+/y
const LETTER_OR_DIGIT = /^[\p{L}\p{N}√‖]/u
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M})\]}]$/u
const SPACE_OR_CLOSE = /^[\s)\]},;]/
const SCRIPTED = /^[\^_]/
const ESCAPED = new Set(['%', '$', '&', '#', '_', '{', '}'])
const DEEPEST = 40

/** The spans of source[from, to) read as mathematics; never throws, whatever is unbalanced. */
export function readMath(tex: Tex, from: number, to: number, reading: Reading): Span[] {
  const { source } = tex
  if (reading.depth > DEEPEST) return styled(source.slice(from, to), reading.style)
  const out: Span[] = []
  let style: Style = reading.style
  let kind = 'start' as Kind
  let space: 'none' | 'source' | 'wanted' = 'none'
  let at = from

  function put(spans: readonly Span[], next: Kind): void {
    const text = textOf(spans)
    if (text === '') return
    if (out.length > 0 && needsSpace(kind, space, next, text, out.at(-1)?.text ?? '')) out.push({ text: ' ', ...style })
    out.push(...spans)
    kind = next
    space = 'none'
  }

  while (at < to) {
    SPACE.lastIndex = at
    PLAIN.lastIndex = at
    if (SPACE.test(source)) {
      at = Math.min(to, SPACE.lastIndex)
      if (space === 'none') space = 'source'
    } else if (PLAIN.test(source)) {
      const text = source.slice(at, Math.min(to, PLAIN.lastIndex))
      at += text.length
      put(styled(text, style), OPEN.test(text) ? 'open' : 'plain')
    } else if (source[at] === '\\') {
      COMMAND.lastIndex = at
      const name = COMMAND.exec(source)?.[1] ?? ''
      const after = Math.min(to, at + 1 + name.length)
      if (name === '' || after <= at + 1) {
        put(styled('\\', style), 'plain')
        at++
      } else at = command(name, after)
    } else if (source[at] === '^' || source[at] === '_') {
      const sign = source[at] === '^' ? '^' : '_'
      const argument = argumentAt(tex, at + 1, to)
      const text = argument === undefined ? sign : script(textOf(readMath(tex, argument.from, argument.to, inner())), sign)
      out.push(...styled(text, style))
      if (kind !== 'relation') kind = kind === 'named' ? 'named' : 'plain'
      space = 'none'
      at = argument?.next ?? at + 1
    } else if (source[at] === '{') {
      const close = tex.closing(at, to)
      if (close === -1) put(styled('{', style), 'open')
      else put(readMath(tex, at + 1, close, inner()), 'plain')
      at = close === -1 ? at + 1 : close + 1
    } else {
      if (source[at] === "'") out.push(...styled('′', style))
      else if (source[at] === '}') put(styled('}', style), 'plain')
      else space = 'wanted'
      at++
    }
  }
  return out

  function inner(): Reading {
    return { mode: 'math', style, depth: reading.depth + 1 }
  }

  /** Shows a command; answers the place after it. */
  function command(name: string, after: number): number {
    const symbol = ORDINARY.get(name)
    if (symbol !== undefined) put(styled(symbol, style), 'symbol')
    else if (RELATIONS.has(name)) put(styled(RELATIONS.get(name) ?? '', style), 'relation')
    else if (OPERATORS.has(name)) put(styled(OPERATORS.get(name) ?? '', style), 'sign')
    else if (BRACKETS.has(name)) put(styled(BRACKETS.get(name) ?? '', style), OPENING.has(name) ? 'open' : 'close')
    else if (NAMED.has(name)) put(styled(name, style), 'named')
    else if (ESCAPED.has(name)) put(styled(name, style), name === '{' ? 'open' : 'plain')
    else if (SPACES.has(name) || name === ' ' || name === '\n') space = 'wanted'
    else if (name === '\\') put(styled(';', style), 'plain')
    else if (name === 'left' || name === 'right' || name === 'middle')
      return source[skipSpaces(source, after, to)] === '.' ? skipSpaces(source, after, to) + 1 : after
    else if (name === 'not') return negated(after)
    else if (name === 'bmod' || name === 'pmod') put(styled('mod', style), 'named')
    else if (name === '(' || name === ')' || name === '[' || name === ']') space = 'wanted'
    else if (!SILENT.has(name)) {
      const here = { mode: 'math', style, depth: reading.depth } as const
      const known = knownCommand(tex, name, after, to, here)
      const outcome = known ?? unknownCommand(tex, name, after, to, here)
      style = outcome.style ?? style
      put(outcome.spans, known === undefined || name.startsWith('operatorname') ? 'named' : 'plain')
      return outcome.next
    }
    return after
  }

  /** `\not\in`, `\not=`: a stroke through what follows. */
  function negated(after: number): number {
    const argument = argumentAt(tex, after, to)
    if (argument === undefined) return after
    const text = textOf(readMath(tex, argument.from, argument.to, inner()))
    put(styled([...text].length === 1 ? `${text}\u0338`.normalize('NFC') : `not ${text}`, style), 'relation')
    return argument.next
  }
}

const OPEN = /[([{]$/
const OPENING = new Set(['langle', 'lceil', 'lfloor', 'lvert', 'lVert', 'lgroup', 'llbracket', 'ulcorner', 'vert', 'Vert', '|'])

/** Whether a space parts two neighbours: around relations, around names that would run into letters, else as the source has it. */
function needsSpace(before: Kind, space: 'none' | 'source' | 'wanted', kind: Kind, text: string, last: string): boolean {
  if (kind === 'close' || SPACE_OR_CLOSE.test(text) || last.endsWith(' ')) return false
  if (space === 'wanted') return true
  if (kind === 'relation' || before === 'relation') return true
  if (kind === 'named' && ENDS_IN_WORD.test(last)) return before !== 'open'
  if (before === 'named' && LETTER_OR_DIGIT.test(text)) return true
  if (space === 'none') return false
  // A space after a letter's command only ends the command.
  if (before === 'symbol') return !(kind === 'symbol' || LETTER_OR_DIGIT.test(text))
  return !(before === 'open' || SCRIPTED.test(text))
}
