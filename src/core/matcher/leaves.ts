// What topics ask of papers, each thing once and by number: a term in a field, two neighbouring terms, a value, or what
// only a look at the paper tells.
import type { Expression, TextField } from '#core/query/query.ts'
import { normalCategory } from '#core/text/category.ts'

export type Leaf = Exclude<Expression, { kind: 'and' | 'or' | 'not' }>

export interface Leaves {
  /** The number of a key, counting from 0; a new one where nobody asked for it before. */
  numberOf(key: string): number
  /** The same, undefined where nobody asked for it. */
  known(key: string): number | undefined
  keyOf(number: number): string
  /** Whether anybody asked for a text in the field. */
  areAsked(field: TextField): boolean
}

export function createLeaves(): Leaves {
  const numbers = new Map<string, number>()
  const keys: string[] = []
  const fields = new Set<TextField>()
  return {
    numberOf(key) {
      const known = numbers.get(key)
      if (known !== undefined) return known
      numbers.set(key, keys.length)
      fields.add(fieldOf(key))
      return keys.push(key) - 1
    },
    known: (key) => numbers.get(key),
    keyOf: (number) => keys[number] ?? '',
    areAsked: (field) => fields.has(field),
  }
}

/** `moth`, `title:moth lamp`: terms are letters and digits, so that no two leaves have the same key. */
export function textKey(field: TextField, words: string): string {
  return field === 'any' ? words : `${field}:${words}`
}

/** `=category:cs.lg` */
export function valueKey(kind: 'category' | 'org' | 'id' | 'source', value: string): string {
  return `=${kind}:${value}`
}

/** Equal leaves, equal keys. */
export function keyOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'text':
      return textKey(leaf.field, leaf.terms.join(' '))
    case 'category':
      return valueKey(leaf.kind, normalCategory(leaf.category))
    case 'org':
      return valueKey(leaf.kind, leaf.org)
    case 'id':
      return valueKey(leaf.kind, leaf.id)
    case 'source':
      return valueKey(leaf.kind, leaf.source)
    case 'score':
      return `=score:${leaf.comparison}${leaf.value}`
    default:
      return `=${leaf.kind}:${typeof leaf.date === 'string' ? leaf.date : `${leaf.date.days}d`}`
  }
}

/** The text that a key asks for, undefined where it asks for something else. */
export function textOf(key: string): { readonly field: TextField; readonly terms: readonly string[] } | undefined {
  if (key.startsWith('=')) return undefined
  return { field: fieldOf(key), terms: key.slice(key.indexOf(':') + 1).split(' ') }
}

/** A text's; of another key it is no field's name. */
function fieldOf(key: string): TextField {
  const colon = key.indexOf(':')
  return colon === -1 ? 'any' : (key.slice(0, colon) as TextField)
}

/**
 * Keys that a paper has for certain where it has the leaf, and that are looked up without reading it: the term, each two
 * neighbours of a phrase, the value. None of a date or a score. One key alone stands for the leaf itself.
 */
export function indexedKeys(leaf: Leaf): readonly string[] {
  switch (leaf.kind) {
    case 'text':
      return unitsOf(leaf.terms).map((unit) => textKey(leaf.field, unit))
    case 'category':
    case 'org':
    case 'id':
    case 'source':
      return [keyOf(leaf)]
    default:
      return []
  }
}

function unitsOf(phrase: readonly string[]): readonly string[] {
  return phrase.length < 2 ? phrase : phrase.slice(1).map((term, at) => `${phrase[at]} ${term}`)
}
