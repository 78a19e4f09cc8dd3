// unfollow: takes away one, several or all of what is followed here.
// The order of reading the target: all; numbers of the list; the name of what is followed.
import { z } from 'zod'
import { authorKey } from '#core/author-name.ts'
import { UserInputError } from '#core/errors.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Reply } from '#core/reply.ts'
import type { Subscription } from '#core/subscription.ts'
import { normalCategory } from '#core/text/category.ts'
import { nearest } from '#core/text/nearest.ts'
import { actions, counted, list, note, prose, subject } from './blocks.ts'
import { defineCommand } from './command.ts'
import { followedHere, nothingFollowed } from './following.ts'
import { targetParts, targetSpans } from './targets.ts'

const NUMBERS = /^\d{1,6}(?:\s*[-–]\s*\d{1,6})?(?:[\s,;]+(?:and\s+)?\d{1,6}(?:\s*[-–]\s*\d{1,6})?)*$/
const RANGE = /(\d+)(?:\s*[-–]\s*(\d+))?/g
const KIND = /^(?:the\s+)?(?:author|topic|category|feed)\s+/i
const SHOWN = 20

export const unfollow = defineCommand({
  path: ['unfollow'],
  summary: 'Stop following one thing, several or all here',
  examples: ['unfollow 1', 'unfollow 1 3', 'unfollow all'],
  options: z.object({
    target: z.string().meta({ description: 'Numbers from the list of following, a name, or all' }),
    confirm: z.enum(['yes']).optional().meta({ description: 'yes: take all away without asking back' }),
  }),
  positional: ['target'],
  completions: { target: 'subscription' },
  async run({ target, confirm }, context): Promise<Reply> {
    const here = await followedHere(context)
    if (here.length === 0) return { visibility: 'private', blocks: nothingFollowed() }
    const all = target.trim().toLowerCase() === 'all'
    if (all && context.confirm === 'ask' && confirm !== 'yes') return askForAll(here.length)
    const chosen = all ? here : choose(target.trim(), here)
    const ids = chosen.map((subscription) => subscription.id)
    await context.store.subscriptions.remove(context.destination, ids)
    const left = here.length - chosen.length
    return {
      visibility: 'public',
      blocks: [
        prose(
          subject(context.person),
          chosen.length === 1 ? ' stopped following ' : ` stopped following ${chosen.length} here:`,
          ...oneName(chosen),
        ),
        ...(chosen.length > 1
          ? [
              list(
                chosen
                  .slice(0, SHOWN)
                  .map((subscription) => [...targetSpans(subscription.target), ` · by ${subscription.owner.name}`]),
              ),
            ]
          : []),
        ...(chosen.length > SHOWN ? [note(`and ${chosen.length - SHOWN} more`)] : []),
        note(
          left === 0
            ? 'Nothing is followed here any more.'
            : `${counted(left, 'subscription')} left; their numbers may have changed.`,
        ),
      ],
    }
  },
})

function askForAll(count: number): Reply {
  return {
    visibility: 'private',
    blocks: [
      prose(`Stop following everything here, ${counted(count, 'subscription')}?`),
      ...actions(
        { label: 'Unfollow all', command: 'unfollow all --confirm yes', primary: true },
        { label: 'Show them', command: 'following' },
      ),
    ],
  }
}

function oneName(chosen: readonly Subscription[]) {
  const [only] = chosen
  return only && chosen.length === 1 ? [...targetSpans(only.target), `, followed by ${only.owner.name}.`] : []
}

function choose(text: string, here: readonly Subscription[]): Subscription[] {
  if (NUMBERS.test(text)) return byNumbers(text, here)
  const name = text.replace(KIND, '')
  const found = here.filter((subscription) => isNamed(subscription, name))
  if (found.length > 0) return found
  const names = here.map((subscription) => targetParts(subscription.target).name)
  const near = nearest(name, names, 1)[0]
  throw new UserInputError(`“${text}” is not followed here.`, {
    hint: near ? `Did you mean ${near}?` : 'To see what is followed and its numbers, type: following',
  })
}

function byNumbers(text: string, here: readonly Subscription[]): Subscription[] {
  const chosen = new Set<Subscription>()
  for (const [, first = '', last = first] of text.matchAll(RANGE)) {
    for (const number of [Number(first), Number(last)]) {
      if (number >= 1 && number <= here.length) continue
      throw new UserInputError(`There is no number ${number}: ${counted(here.length, 'subscription')} here.`, {
        hint: 'To see them, type: following',
      })
    }
    for (const subscription of here.slice(Number(first) - 1, Number(last))) chosen.add(subscription)
  }
  return [...chosen]
}

function isNamed({ target }: Subscription, name: string): boolean {
  switch (target.kind) {
    case 'author':
      return target.key === authorKey(name)
    case 'topic':
      return target.query === name || target.query === printed(name)
    case 'category':
      return normalCategory(target.category) === normalCategory(name)
    case 'feed':
      return target.url === name
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
