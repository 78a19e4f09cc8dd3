// Which of what is followed a person means, by the numbers of the list or by name.
// The order of reading: all; numbers; the name of what is followed, in the place itself before its threads.
import { UserInputError } from '#core/errors.ts'
import { feedAddress } from '#core/feed-address.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Subscription } from '#core/subscription.ts'
import { normalCategory } from '#core/text/category.ts'
import { fold } from '#core/text/fold.ts'
import { nearest } from '#core/text/nearest.ts'
import { counted } from './blocks.ts'
import type { PlaceMeant } from './place.ts'
import { isCalled, targetParts } from './targets.ts'

const ALL = /^(?:all|everything)$/i
const NUMBERS = /^\d{1,6}(?:\s*[-–]\s*\d{1,6})?(?:[\s,;]+(?:and\s+)?\d{1,6}(?:\s*[-–]\s*\d{1,6})?)*$/
const RANGE = /(\d+)(?:\s*[-–]\s*(\d+))?/g
const KIND = /^(?:the\s+)?(?:author|topic|category|feed)\s+/i

/** Whether the text means all there is. */
export function meansAll(text: string): boolean {
  return ALL.test(text.trim())
}

/** The subscriptions that the text means, of those that are followed in the place in the order of their numbers. Throws UserInputError. */
export function choose(target: string, followed: readonly Subscription[], place: PlaceMeant): Subscription[] {
  const text = target.trim()
  if (meansAll(text)) return [...followed]
  if (NUMBERS.test(text)) return byNumbers(text, followed, place)
  const name = text.replace(KIND, '')
  const found = followed.filter((subscription) => isNamed(subscription, name))
  const own = found.filter(({ destination }) => destination.thread === place.destination.thread)
  if (found.length > 0) return own.length > 0 ? own : found
  const names = followed.map((subscription) => targetParts(subscription.target).name)
  const near = nearest(name, names, 1)[0]
  throw new UserInputError(`“${text}” is not followed ${place.words}.`, {
    hint: near ? `Did you mean ${near}?` : `To see what is followed and its numbers, type: following${place.option}`,
  })
}

function byNumbers(text: string, followed: readonly Subscription[], { words, option }: PlaceMeant): Subscription[] {
  const chosen = new Set<Subscription>()
  for (const [, first = '', last = first] of text.matchAll(RANGE)) {
    for (const number of [Number(first), Number(last)]) {
      if (number >= 1 && number <= followed.length) continue
      throw new UserInputError(`There is no number ${number}: ${counted(followed.length, 'subscription')} ${words}.`, {
        hint: `To see them, type: following${option}`,
      })
    }
    for (const subscription of followed.slice(Number(first) - 1, Number(last))) chosen.add(subscription)
  }
  return [...chosen]
}

function isNamed({ target }: Subscription, name: string): boolean {
  switch (target.kind) {
    case 'author':
      return isCalled(target, name)
    case 'topic':
      // The command line takes the marks off what they enclose whole.
      return [name, `"${name}"`].some((text) => target.query === text || target.query === printed(text))
    case 'category':
      return normalCategory(target.category) === normalCategory(name)
    case 'feed':
      return fold(target.name) === fold(name) || target.url === name || target.url === feedUrl(name)
  }
}

/** The address as it is saved; undefined where the text is none. */
function feedUrl(text: string): string | undefined {
  try {
    const address = feedAddress(text)
    return address.kind === 'feed' ? address.url : undefined
  } catch {
    return undefined
  }
}

/** The query as it is saved; undefined where the text is none. */
function printed(text: string): string | undefined {
  try {
    return printQuery({ ...parseQuery(text), sort: 'relevance' })
  } catch {
    return undefined
  }
}
