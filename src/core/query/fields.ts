// The query language's fields, and the other names people type for them.

export type Field =
  | 'any'
  | 'author'
  | 'title'
  | 'abstract'
  | 'cat'
  | 'org'
  | 'id'
  | 'source'
  | 'since'
  | 'until'
  | 'score'
  | 'sort'

/** In the order in which they are told. */
export const fieldNames = [
  'author',
  'title',
  'abstract',
  'cat',
  'org',
  'id',
  'source',
  'since',
  'until',
  'score',
  'sort',
] as const satisfies readonly Field[]

const OTHER_NAMES: ReadonlyMap<string, Field> = new Map([
  ['au', 'author'],
  ['authors', 'author'],
  ['ti', 'title'],
  ['abs', 'abstract'],
  ['category', 'cat'],
  ['after', 'since'],
  ['before', 'until'],
])

/** Notations of ids that look like fields. */
const ID_PREFIXES = new Set(['arxiv', 'doi', 'openalex'])

/** What a name before a colon means, in any letter case; a `prefix` belongs to the value: `arXiv:2303.13506`. */
export function fieldNamed(name: string): { readonly field: Field; readonly spelling: 'name' | 'prefix' } | undefined {
  const lower = name.toLowerCase()
  if (ID_PREFIXES.has(lower)) return { field: 'id', spelling: 'prefix' }
  const field = fieldNames.find((known) => known === lower) ?? OTHER_NAMES.get(lower)
  return field && { field, spelling: 'name' }
}
