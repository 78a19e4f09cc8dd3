// Many short lists of whole numbers, few bytes each: a list knows its newest number, and each number the one before it.
import { createNumbers } from './numbers.ts'

export interface Chains {
  /** Lists count from 0; each begins empty. */
  add(list: number, number: number): void
  count(list: number): number
  /** The newest first. */
  each(list: number, visit: (number: number) => void): void
}

export function createChains(): Chains {
  const counts = createNumbers()
  /** By list; a number is told by its place in `numbers`, from 1, so that 0 is none. */
  const newest = createNumbers()
  const numbers = createNumbers()
  const before = createNumbers()
  return {
    add(list, number) {
      for (; counts.length() <= list; newest.push(0)) counts.push(0)
      before.push(newest.get(list))
      newest.set(list, numbers.push(number) + 1)
      counts.set(list, counts.get(list) + 1)
    },
    count: counts.get,
    each(list, visit) {
      for (let at = newest.get(list); at !== 0; at = before.get(at - 1)) visit(numbers.get(at - 1))
    },
  }
}
