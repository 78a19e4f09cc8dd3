// cadence: how new papers of what is followed come, changed without following it anew.
import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import type { Subscription } from '#core/subscription.ts'
import { actions, list, note, prose, subject } from './blocks.ts'
import { choose } from './choose.ts'
import { defineCommand } from './command.ts'
import { followedIn, nothingFollowed } from './following.ts'
import { digestMissing } from './no-digest.ts'
import { placeOf, placeOption } from './place.ts'
import { cadenceInWords, targetInWords, targetSpans } from './targets.ts'

const SHOWN = 20

export const cadence = defineCommand({
  path: ['cadence'],
  summary: 'Change how new papers of what is followed here come',
  examples: ['cadence 1 digest', 'cadence 1 3 both', 'cadence all now'],
  options: z.object({
    target: z.string().meta({ description: 'Numbers from the list of following, a name, or all' }),
    cadence: z
      .enum(['now', 'digest', 'both'])
      .meta({ description: 'now: each paper at once; digest: in the digest; both: one and the other' }),
    for: placeOption,
  }),
  positional: ['target', 'cadence'],
  changesChannel: true,
  completions: { target: 'subscription' },
  async run({ target, cadence: way, for: name }, context): Promise<Reply> {
    const { store, person } = context
    const place = await placeOf(context, name)
    const followed = await followedIn(place, context)
    if (followed.length === 0) return { visibility: 'private', blocks: nothingFollowed(place) }
    const chosen = choose(target, followed, place)
    const changed = chosen.filter((subscription) => subscription.cadence !== way)
    if (changed.length === 0) return { visibility: 'private', blocks: [prose(...alreadySo(chosen), cadenceInWords(way), '.')] }
    await store.transaction(async ({ subscriptions }) => {
      for (const { destination, id } of changed) await subscriptions.setCadence(destination, id, way)
    })
    const [only] = changed
    return {
      visibility: place.visibility,
      blocks: [
        only && changed.length === 1
          ? prose(
              subject(person),
              ` changed how new papers of ${targetInWords(only.target)} come: ${cadenceInWords(way)} now. Before: ${cadenceInWords(only.cadence)}.`,
            )
          : prose(
              subject(person),
              ` changed how new papers of ${changed.length} subscriptions ${place.words} come: ${cadenceInWords(way)} now.`,
            ),
        ...(changed.length > 1 ? [list(changed.slice(0, SHOWN).map(before))] : []),
        ...(changed.length > SHOWN ? [note(`and ${changed.length - SHOWN} more`)] : []),
        ...(await digestMissing(way, place, context)),
        ...actions({ label: 'Following', command: `following${place.option}` }),
      ],
    }
  },
})

function alreadySo([only, ...more]: readonly Subscription[]) {
  if (!only || more.length > 0) return ['New papers of these come so already: ']
  return ['New papers of ', ...targetSpans(only.target), ' come so already: ']
}

function before({ target, cadence: way }: Subscription) {
  return [...targetSpans(target), ` · before: ${cadenceInWords(way)}`]
}
