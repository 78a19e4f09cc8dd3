// Subscriptions by number, in the order in which they were added, each in the group that shares its target.
import type { Subscription } from '#core/subscription.ts'
import { createChains } from './chains.ts'

/** A number and the place of its list are sorted as one: whole numbers are exact up to 2⁵³. */
const PLACES = 2 ** 22

export interface Members {
  add(subscription: Subscription, group: number): void
  /** The numbers of a group's subscriptions, in no order. */
  of(group: number): readonly number[]
  subscription(number: number): Subscription
}

export function createMembers(): Members {
  const subscriptions: Subscription[] = []
  const chains = createChains()
  return {
    add(subscription, group) {
      chains.add(group, subscriptions.push(subscription) - 1)
    },
    of(group) {
      const numbers = new Array<number>(chains.count(group))
      let at = 0
      chains.each(group, (number) => {
        numbers[at++] = number
      })
      return numbers
    },
    subscription: (number) => subscriptions[number] as Subscription,
  }
}

/** All numbers of the lists, ascending, each as one with the place of its list; no more than four million lists. */
export function inOrder(lists: readonly (readonly number[])[]): Float64Array {
  const pairs = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (let place = 0; place < lists.length; place++) {
    for (const number of lists[place] ?? []) pairs[end++] = number * PLACES + place
  }
  return pairs.sort()
}

/** What inOrder made one. */
export function apart(pair: number): { readonly number: number; readonly place: number } {
  const number = Math.floor(pair / PLACES)
  return { number, place: pair - number * PLACES }
}
