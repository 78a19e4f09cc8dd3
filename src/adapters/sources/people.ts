// The authors in a source's JSON, as many as a paper can have, and the organisations where they work.
import { type Fields, jsonObjects } from '#adapters/formats/json.ts'
import { orgSlugs } from '#core/org.ts'
import type { Author } from '#core/paper.ts'

/** The longest lists there are name some five thousand people. */
const MOST_AUTHORS = 6000
const MOST_PLACES = 200

/** Those that the reader can make an author of. */
export function authorsOf(list: unknown, read: (fields: Fields) => Author | undefined): Author[] {
  return jsonObjects(list)
    .slice(0, MOST_AUTHORS)
    .flatMap((fields) => read(fields) ?? [])
}

/** The slugs of where they work, in the order of the authors. */
export function orgsOf(authors: readonly Author[]): string[] {
  const places = new Set(authors.flatMap(({ affiliations = [] }) => affiliations))
  return orgSlugs([...places].slice(0, MOST_PLACES))
}
