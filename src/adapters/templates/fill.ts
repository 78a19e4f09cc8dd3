// Parts and values → what they write. Names mean what they mean in Handlebars' strict mode: one that is not there is an error.
import { counted } from '#core/commands/blocks.ts'
import type { Span } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { type BlockPart, type Expression, type LoopName, type Part, type Place, type Rich, wrong } from './parts.ts'
import type { PaperValues } from './view.ts'
import { createWritten, type Limits, type Written } from './written.ts'

/** What names are looked up in; `outer` is what `../` goes to. */
interface Scope {
  readonly values: unknown
  readonly outer: Scope | undefined
  readonly loop: Loop | undefined
}

type Loop = Readonly<Record<LoopName, number | boolean>> & { readonly outer: Loop | undefined }

/** Throws ConfigError naming the file and the line. */
export function fill(parts: readonly Part[], values: object, limits: Limits): Written {
  const written = createWritten(limits)
  writeAll(parts, { values, outer: undefined, loop: undefined }, written)
  return written
}

function writeAll(parts: readonly Part[], scope: Scope, written: Written): void {
  for (const part of parts) write(part, scope, written)
}

function write(part: Part, scope: Scope, written: Written): void {
  const { place } = part
  written.step(place)
  if (part.kind === 'text') {
    written.text(part.text, place)
    return
  }
  const value = lookUp(part.of, scope)
  switch (part.kind) {
    case 'value':
      written.value(spansOf(value), place)
      break
    case 'card':
      written.card(paperOf(value, place).number, part.form, place)
      break
    case 'each':
      writeEach(part, value, scope, written)
      break
    case 'with':
      if (isEmpty(value)) writeAll(part.otherwise, scope, written)
      // As in Handlebars, `../` leads out of what something else is looked at in.
      else writeAll(part.body, value === scope.values ? scope : { ...scope, values: value, outer: scope }, written)
      break
    case 'if':
      writeAll(isEmpty(value) || value === 0 ? part.otherwise : part.body, scope, written)
      break
    case 'unless':
      writeAll(isEmpty(value) || value === 0 ? part.body : part.otherwise, scope, written)
  }
}

function writeEach({ place, body, otherwise }: BlockPart, list: unknown, scope: Scope, written: Written): void {
  if (!Array.isArray(list)) throw wrong(place, 'has an {{#each}} over what is no list')
  if (list.length === 0) writeAll(otherwise, scope, written)
  for (const [index, values] of list.entries()) {
    written.step(place)
    const loop = { index, first: index === 0, last: index === list.length - 1, outer: scope.loop }
    writeAll(body, { values, outer: scope, loop }, written)
  }
}

function lookUp(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value
    case 'plural': {
      const count = lookUp(expression.count, scope)
      const [one, many] = [lookUp(expression.one, scope), lookUp(expression.many, scope)]
      return typeof count === 'number' ? counted(count, String(one), String(many)) : ''
    }
    case 'loop': {
      let { loop } = scope
      for (let up = expression.up; up > 0; up--) loop = loop?.outer
      return loop?.[expression.name]
    }
    case 'path': {
      let from: Scope | undefined = scope
      for (let up = expression.up; up > 0; up--) from = from?.outer
      return expression.names.reduce<unknown>((value, name) => named(value, name, expression.place), from?.values)
    }
  }
}

function named(value: unknown, name: string, place: Place): unknown {
  if (name === 'length' && (typeof value === 'string' || Array.isArray(value))) return value.length
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)) {
    return (value as Readonly<Record<string, unknown>>)[name]
  }
  throw wrong(
    place,
    `asks for “${name}” where there is none`,
    'What a paper has stands within {{#each papers}}; what the whole digest has, there after ../',
  )
}

/** As Handlebars sees it, and a text that says nothing too. */
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRich(value)) return value.spans.every(({ text }) => text === '')
  return value !== 0 && !value
}

function paperOf(value: unknown, place: Place): PaperValues {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'number')) return value as PaperValues
  throw wrong(place, 'asks for the card of what is no paper', 'For instance {{card this}} within {{#each papers}}.')
}

function spansOf(value: unknown): readonly Span[] {
  if (isRich(value)) return value.spans
  if (typeof value === 'string') return [{ text: value }]
  return typeof value === 'number' ? [{ text: grouped(value) }] : []
}

function isRich(value: unknown): value is Rich {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'spans')
}
