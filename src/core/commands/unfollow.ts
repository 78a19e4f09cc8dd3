// unfollow: takes away one, several or all of what is followed in a place.
import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import { destinationKey, type Subscription } from '#core/subscription.ts'
import { dropUnwanted } from '#core/unwanted.ts'
import { actions, counted, list, note, prose, subject } from './blocks.ts'
import { choose, meansAll } from './choose.ts'
import { defineCommand } from './command.ts'
import { followedIn, nothingFollowed } from './following.ts'
import { type PlaceMeant, placeOf, placeOption } from './place.ts'
import { targetSpans } from './targets.ts'

const SHOWN = 20

export const unfollow = defineCommand({
  path: ['unfollow'],
  summary: 'Stop following one thing, several or all here',
  examples: ['unfollow 1', 'unfollow 1 3', 'unfollow all'],
  options: z.object({
    target: z.string().meta({ description: 'Numbers from the list of following, a name, or all' }),
    for: placeOption,
    confirm: z.enum(['yes']).optional().meta({ description: 'yes: take all away without asking back' }),
  }),
  positional: ['target'],
  changesChannel: true,
  completions: { target: 'subscription' },
  async run({ target, for: name, confirm }, context): Promise<Reply> {
    const place = await placeOf(context, name)
    const followed = await followedIn(place, context)
    if (followed.length === 0) return { visibility: 'private', blocks: nothingFollowed(place) }
    if (meansAll(target) && context.confirm === 'ask' && confirm !== 'yes') return askForAll(followed.length, place)
    const chosen = choose(target, followed, place)
    await context.store.transaction(async (parts) => {
      for (const [first, ...more] of Map.groupBy(chosen, ({ destination }) => destinationKey(destination)).values()) {
        if (!first) continue
        const ids = [first, ...more].map(({ id }) => id)
        await parts.subscriptions.remove(first.destination, ids)
        await dropUnwanted(parts, first.destination, context.clock.now())
      }
    })
    const left = followed.length - chosen.length
    return {
      visibility: place.visibility,
      blocks: [
        prose(
          subject(context.person),
          chosen.length === 1 ? ' stopped following ' : ` stopped following ${chosen.length} ${place.words}:`,
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
            ? `Nothing is followed ${place.words} any more.`
            : `${counted(left, 'subscription')} left; their numbers may have changed.`,
        ),
      ],
    }
  },
})

function askForAll(count: number, { words, option }: PlaceMeant): Reply {
  return {
    visibility: 'private',
    blocks: [
      prose(`Stop following everything ${words}, ${counted(count, 'subscription')}?`),
      ...actions(
        { label: 'Unfollow all', command: `unfollow all${option} --confirm yes`, primary: true },
        { label: 'Show them', command: `following${option}` },
      ),
    ],
  }
}

function oneName(chosen: readonly Subscription[]) {
  const [only] = chosen
  return only && chosen.length === 1 ? [...targetSpans(only.target), `, followed by ${only.owner.name}.`] : []
}
