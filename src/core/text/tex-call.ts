// A call of a TeX command: how its arguments are found and read, and the usual ways of showing them.
import type { Span } from '#core/reply.ts'
import {
  type Argument,
  argumentAt,
  groupAt,
  joined,
  type Outcome,
  optionAt,
  type Reading,
  type Style,
  skipSpaces,
  styled,
  type Tex,
  textOf,
} from './tex-scope.ts'

const TEXT_ONLY = /^(?:text|mbox|hbox|emph|intertext|fbox)/

/** A call: where the command's arguments begin and what holds there. */
export interface Call {
  readonly tex: Tex
  readonly name: string
  readonly at: number
  readonly end: number
  readonly reading: Reading
}
export type Show = (call: Call) => Outcome | undefined

export function styledBy(style: Style): Show {
  return (call) => {
    const argument = wholeOrRest(call)
    if (argument === undefined) return undefined
    const mode = TEXT_ONLY.test(call.name) ? 'text' : call.reading.mode
    const spans = call.tex.read(argument.from, argument.to, inner(call, { style: { ...call.reading.style, ...style }, mode }))
    return { spans, next: argument.next }
  }
}

/** The argument; of a group that was cut off (a shortened abstract) what is left. */
export function wholeOrRest(call: Call): Argument | undefined {
  const { tex, at, end } = call
  const argument = argumentAt(tex, at, end)
  if (argument !== undefined || tex.source[at] !== '{' || at + 1 >= end) return argument
  return { from: at + 1, to: end, next: end }
}

export function switched(style: Style): Show {
  return (call) => ({
    spans: [],
    next: skipSpaces(call.tex.source, call.at, call.end),
    style: { ...call.reading.style, ...style },
  })
}

export function withOne(show: (text: string) => string): Show {
  return (call) => {
    const argument = wholeOrRest(call)
    return argument && shown(call, show(plain(call, argument)), argument.next)
  }
}

export function withTwo(show: (first: string, second: string) => string): Show {
  return (call) => {
    const first = argumentAt(call.tex, call.at, call.end)
    const second = first && argumentAt(call.tex, first.next, call.end)
    if (first === undefined || second === undefined) return undefined
    return shown(call, show(plain(call, first).trim(), plain(call, second).trim()), second.next)
  }
}

/** Of two arguments, one. */
export function pick(call: Call, place: 0 | 1): Outcome | undefined {
  const first = groupAt(call.tex, call.at, call.end)
  const second = first && groupAt(call.tex, first.next, call.end)
  if (first === undefined || second === undefined) return first && { spans: read(call, first), next: first.next }
  return { spans: read(call, place === 0 ? first : second), next: second.next }
}

/** `[key]`, whatever options stand before it. */
export function bracketed(call: Call): Outcome | undefined {
  let at = call.at
  const notes: string[] = []
  for (let option = optionAt(call.tex, at, call.end); option !== undefined; option = optionAt(call.tex, at, call.end)) {
    if (option.to > option.from) notes.push(plain(call, option))
    at = option.next
  }
  const argument = groupAt(call.tex, at, call.end)
  if (argument === undefined) return undefined
  return shown(call, `[${[raw(call, argument), ...notes].join(', ')}]`, argument.next)
}

export function shown(call: Call, text: string, next: number): Outcome {
  return { spans: styled(text, call.reading.style), next }
}

export function read(call: Call, argument: Argument): Span[] {
  return joined(call.tex.read(argument.from, argument.to, inner(call, {})))
}

export function plain(call: Call, argument: Argument): string {
  return textOf(call.tex.read(argument.from, argument.to, inner(call, {})))
}

export function raw(call: Call, argument: Argument): string {
  return call.tex.source.slice(argument.from, argument.to)
}

export function inner(call: Call, change: Partial<Reading>): Reading {
  return { ...call.reading, depth: call.reading.depth + 1, ...change }
}
