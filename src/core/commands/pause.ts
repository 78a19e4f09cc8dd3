// pause and resume: whether anything is posted in a channel, its threads included.
import { z } from 'zod'
import { shownDate } from '#core/paper-view.ts'
import { settingsOf } from '#core/place-settings.ts'
import type { Held } from '#core/ports/store.ts'
import type { Reply } from '#core/reply.ts'
import { type ChannelSettings, CLOSED_FOR_GOOD, isPaused, MOST_SINGLE, type Suspension } from '#core/settings.ts'
import { destinationKey } from '#core/subscription.ts'
import { actions, note, prose, subject, toType, type Words } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { momentOf } from './moment.ts'
import { nextDigest } from './next-digest.ts'
import { heldIn, pauseEnd, quietEnd, suspendedInWords, waitInWords } from './settings-words.ts'

export const pause = defineCommand({
  path: ['pause'],
  summary: 'Post nothing here for a while; what is found meanwhile is kept',
  examples: ['pause 2 weeks', 'pause'],
  options: z.object({
    until: z
      .string()
      .optional()
      .meta({ description: 'A day, an instant, 2 weeks, 10d or monday; without it until someone resumes' }),
  }),
  positional: ['until'],
  changesChannel: true,
  async run({ until: typed }, context): Promise<Reply> {
    const { store, destination, person, clock } = context
    const at = { now: clock.now(), zone: context.zone ?? 'UTC' }
    const until = typed === undefined ? undefined : momentOf(typed, 'ahead', at).toString()
    const settings = await store.channels.get(destination)
    const before = isPaused(settings, at.now) ? settings.pause : undefined
    if (before && (typed === undefined || until === before.until)) {
      return {
        visibility: 'private',
        blocks: [
          prose(
            `Posts here are paused already, since ${shownDate(before.since, at.now)}, ${pauseEnd(before, at)}, by ${before.by.name}.`,
          ),
          note('For another end: ', toType('pause 2 weeks'), '. To end it now: ', toType('resume'), '.'),
          ...actions(RESUME),
        ],
      }
    }
    const pause = { since: before?.since ?? at.now.toString(), ...(until !== undefined && { until }), by: person }
    await store.transaction(async (parts) => {
      await parts.channels.set(destination, { pause })
      // An earlier end than before needs the place opened first: a longer closing would stay.
      if (before) await parts.ledger.reopen(destination, at.now.toString())
      await parts.ledger.close(destination, settings.suspension ? CLOSED_FOR_GOOD : (until ?? CLOSED_FOR_GOOD))
    })
    return {
      visibility: 'public',
      blocks: [
        prose(
          subject(person),
          before ? ' changed the pause: posts here are paused ' : ' paused posts here ',
          `${pauseEnd(pause, at)}.`,
        ),
        note(
          'What is followed stays followed. Papers that would be posted at once are kept, and come when posting goes on, more than five in one message; the digest comes again at its next time. The threads here are paused too.',
        ),
        ...actions(RESUME, { label: 'Catch up', command: 'catchup' }),
      ],
    }
  },
})

export const resume = defineCommand({
  path: ['resume'],
  summary: 'Post here again after a pause, or after a platform refused',
  examples: ['resume'],
  options: z.object({}),
  positional: [],
  changesChannel: true,
  async run(_, context): Promise<Reply> {
    const { store, destination, person, clock } = context
    const now = clock.now()
    const settings = await store.channels.get(destination)
    const { suspension } = settings
    const before = isPaused(settings, now) ? settings.pause : undefined
    const refused = suspension ? undefined : (await settingsOf(store, destination)).suspension
    if (!before && !suspension)
      return { visibility: 'private', blocks: refused ? workspaceClosed(refused) : await goesOn(settings, context) }
    await store.transaction(async (parts) => {
      await parts.channels.set(destination, {
        // The pause stays with its end, so that `catchup` knows what it was.
        ...(before && { pause: { ...before, until: now.toString() } }),
        resumedAt: now.toString(),
        suspension: undefined,
      })
      await parts.ledger.reopen(destination, now.toString())
    })
    return {
      visibility: 'public',
      blocks: [
        prose(
          subject(person),
          ' resumed posts here',
          before ? `, paused since ${shownDate(before.since, now)} by ${before.by.name}.` : '.',
        ),
        ...(suspension
          ? [prose(`Posts were refused: ${suspendedInWords(suspension)}. If that is still so, they will stop again.`)]
          : []),
        ...(refused ? workspaceClosed(refused) : [prose(...(await whatComes(settings, context)))]),
        ...actions({ label: 'Catch up', command: 'catchup' }, { label: 'Following', command: 'following' }),
      ],
    }
  },
})

const RESUME = { label: 'Resume', command: 'resume' }

async function goesOn({ quiet }: ChannelSettings, { clock }: Context) {
  const quietFor = quietEnd(quiet, clock.now())
  return [
    prose('Posts here are not paused.', quietFor === undefined ? '' : ` It is quiet until ${quietFor}: alerts come then.`),
    note('What is followed here: ', toType('following'), '. Why a paper did not come: ', toType('why 2303.13506'), '.'),
  ]
}

/** One channel cannot resume its whole workspace: a post that is taken there does. */
function workspaceClosed(suspension: Suspension) {
  return [
    prose(`Nothing can be posted here yet: ${suspendedInWords(suspension)}.`),
    note('Whoever runs Paperboy has to install it here again. Whether that was done: ', toType('test'), '.'),
  ]
}

/** When and how the papers that waited come, and the next digest. */
async function whatComes({ quiet }: ChannelSettings, context: Context): Promise<Words[]> {
  const { store, destination, clock } = context
  const now = clock.now()
  const held = (await heldIn(destination, store)).filter(({ why }) => why !== 'most')
  const papers = new Set(held.map(({ paper }) => paper)).size
  const when = quietEnd(quiet, now)
  const how = howTheyCome(held)
  const soon = when === undefined ? 'with the next pass' : `when the quiet hours end, ${when}`
  const schedule = await store.schedules.ofDestination(destination)
  const next = schedule && (await nextDigest(schedule, context))
  return [
    papers === 0
      ? 'No paper waits.'
      : `${waitInWords(papers)} and ${papers === 1 ? 'comes' : 'come'} ${[how, soon].filter((part) => part !== '').join(' ')}.`,
    next === undefined ? '' : ` The next digest comes ${next}.`,
  ]
}

/** Each thread gets its own. */
function howTheyCome(held: readonly Held[]): string {
  const counts = [...Map.groupBy(held, (one) => destinationKey(one.destination)).values()].map(({ length }) => length)
  if (counts.every((count) => count <= MOST_SINGLE)) return held.length > 1 ? 'one by one' : ''
  return counts.length === 1 ? 'in one ranked summary' : 'one by one or, in a thread with more than five, in one ranked summary'
}
