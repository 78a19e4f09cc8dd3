// Which names several researchers probably bear: such a name alone tells nobody apart.
// The order: a collaboration is always itself; initials or one word alone never are; then how many would bear the name, were
// given and family names chosen independently of each other.
import { authorKey, familyKey, parseName } from '#core/author-name.ts'
import { COUNTED, FAMILIES, GIVEN } from './name-counts.ts'

/** Fewer than there are, and enough to make up for given names that go with the family names of one country. */
const RESEARCHERS = 4_000_000
/** Bearers of a name that was not counted. */
const UNCOUNTED = 4
/** A further given name or its initial leaves one bearer in so many. */
const FURTHER = 8

/** Whether more than one of four million researchers may bear the name, printed or as a key: `Jun Li`, `E. Michaud`, `Plato`. */
export function isCommonName(name: string): boolean {
  if (parseName(name).collaboration) return false
  const [key, family] = [authorKey(name), familyKey(name)]
  const given = key
    .slice(0, key.length - family.length)
    .trim()
    .split(' ')
  const first = given.find((word) => word.length > 1)
  if (first === undefined) return true
  const share = ((GIVEN.get(first) ?? UNCOUNTED) / COUNTED) * ((FAMILIES.get(family) ?? UNCOUNTED) / COUNTED)
  return (RESEARCHERS * share) / FURTHER ** (given.length - 1) > 1
}
