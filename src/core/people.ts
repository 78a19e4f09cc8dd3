// Who the authors of a paper are, as its best-informed source says: ORCIDs and affiliations, put to the names that are printed.
// The order: the same name, then the only one of that family name that may be the same person's; else nobody's.
import { authorKey, compatibleNames, familyKey } from '#core/author-name.ts'
import type { Author } from '#core/paper.ts'

/** The names alone. */
export function namesOf(authors: readonly Author[]): readonly Author[] {
  return authors.some(isKnown) ? authors.map(({ name }) => ({ name })) : authors
}

/** Those of whom more is said than their names. */
export function knownOf(authors: readonly Author[]): readonly Author[] {
  return authors.filter(isKnown)
}

/** The names with what is known of the people. */
export function withPeople(names: readonly Author[], people: readonly Author[]): readonly Author[] {
  if (people.length === 0) return names
  const found = new Map<number, Author>()
  const left = new Set(people)
  const byKey = Map.groupBy(people, ({ name }) => authorKey(name))
  for (const [at, { name }] of names.entries()) {
    const same = byKey.get(authorKey(name))?.find((person) => left.has(person))
    if (same === undefined) continue
    found.set(at, same)
    left.delete(same)
  }
  const families = Map.groupBy(left, ({ name }) => familyKey(name))
  const others = [...names.keys()].filter((at) => !found.has(at))
  const byFamily = Map.groupBy(left.size === 0 ? [] : others, (at) => familyKey(names[at]?.name ?? ''))
  for (const [family, places] of byFamily) {
    const candidates = families.get(family) ?? []
    for (const at of places) {
      const name = names[at]?.name ?? ''
      const [only, ...more] = candidates.filter((person) => compatibleNames(person.name, name) !== 'different')
      const isSure = places.every((other) => other === at || !isPerhaps(only, names[other]))
      if (only !== undefined && more.length === 0 && isSure) found.set(at, only)
    }
  }
  return names.map(({ name }, at) => ({ ...found.get(at), name }))
}

function isPerhaps(person: Author | undefined, author: Author | undefined): boolean {
  return person !== undefined && author !== undefined && compatibleNames(person.name, author.name) !== 'different'
}

function isKnown(author: Author): boolean {
  return Object.keys(author).length > 1
}
