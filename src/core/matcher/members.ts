// Subscriptions by number, in the order in which they were added, each in the group that shares its target.
import type { Subscription } from '#core/subscription.ts'
import { createChains } from './chains.ts'

/** Whole numbers are exact up to 2⁵³. */
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

/** A subscription and the place of why it is selected, below four million, as one number; they sort by subscription. */
export function joined(subscription: number, place: number): number {
  return subscription * PLACES + place
}

/** What `joined` made one. */
export function apart(pair: number): { readonly subscription: number; readonly place: number } {
  const subscription = Math.floor(pair / PLACES)
  return { subscription, place: pair - subscription * PLACES }
}
