// catchup: one ranked summary of what matched here, posted or not, after a pause, an outage or leave.
// It begins where it is told to; else with the pause or the refusal that is on, or a pause just over; else with the last
// post; else two weeks ago.
import { z } from 'zod'
import type { CaughtUp } from '#core/ports/digests.ts'
import type { Action, Block, Reply } from '#core/reply.ts'
import { isPaused } from '#core/settings.ts'
import { targetKey } from '#core/subscription.ts'
import { actions, counted, enumerate, heading, listing, note, prose, toType } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { type Context, defineCommand } from './command.ts'
import { followedIn, nothingFollowed } from './following.ts'
import { momentOf } from './moment.ts'
import { type PlaceMeant, placeOf, placeOption } from './place.ts'
import { dateAndTime } from './slot-words.ts'
import { targetInWords } from './targets.ts'

const CARDS = 10
const LINES = 30
const TARGETS = 5
const FORTNIGHT = { hours: 14 * 24 }

export const catchup = defineCommand({
  path: ['catchup'],
  summary: 'Show you all that matched here lately, posted or not, best first',
  examples: ['catchup', 'catchup 2 weeks'],
  options: z.object({
    since: z
      .string()
      .optional()
      .meta({ description: 'A day, 2 weeks, 10d or monday; without it since the pause or the last post here' }),
    for: placeOption,
  }),
  positional: ['since'],
  usually: 'private',
  async run({ since: typed, for: name }, context): Promise<Reply> {
    const place = await placeOf(context, name)
    const now = context.clock.now()
    const { since, words } = await beginning(typed, place, context)
    const all = await context.digests.catchUp(place.destination, since, now)
    if (all.length === 0) return nothing({ since, words, now }, place, context)
    return {
      visibility: 'private',
      blocks: [
        heading(`${counted(all.length, 'paper')} ${words}`),
        prose(`${became(all)}.`),
        ...all.slice(0, CARDS).map(({ paper, why, state }) => {
          return listing(paper, { why: [...why, { text: ` · ${STATE[state]}` }], actions: paperActions(paper) })
        }),
        ...all.slice(CARDS, CARDS + LINES).map(({ paper, why, state }): Block => {
          return { kind: 'card', paper, form: 'line', why: [...why, { text: ` · ${STATE[state]}` }] }
        }),
        ...(all.length > CARDS + LINES
          ? [
              note(
                `and ${counted(all.length - CARDS - LINES, 'paper')} more; for fewer: `,
                toType(`catchup 1 week${place.option}`),
              ),
            ]
          : []),
        note(`Matched by ${matchedBy(all)}.`),
        ...actions(...(await goOn(place, context)), { label: 'Following', command: `following${place.option}` }),
      ],
    }
  },
})

const STATE: Readonly<Record<CaughtUp['state'], string>> = {
  posted: 'posted',
  coming: 'on its way',
  held: 'waits',
  failed: 'could not be posted',
  open: 'not posted',
}

interface Beginning {
  readonly since: Temporal.Instant
  readonly words: string
}

async function beginning(typed: string | undefined, { destination }: PlaceMeant, context: Context): Promise<Beginning> {
  const { store, clock, zone = 'UTC' } = context
  const now = clock.now()
  const began = (since: Temporal.Instant, what = ''): Beginning => {
    return { since, words: `since ${what}${dateAndTime(since, zone, now)} (${zone})` }
  }
  if (typed !== undefined) return began(momentOf(typed, 'back', { now, zone }))
  const { pause, suspension } = await store.channels.get(destination)
  if (suspension) return began(Temporal.Instant.from(suspension.since), 'posts were refused, ')
  const fortnight = now.subtract(FORTNIGHT)
  const isLately = pause && (pause.until === undefined || Temporal.Instant.compare(pause.until, fortnight) > 0)
  if (isLately) return began(Temporal.Instant.from(pause.since), 'the pause began, ')
  const last = await store.ledger.lastSent(destination)
  return last === undefined ? began(fortnight) : began(Temporal.Instant.from(last), 'the last post here, ')
}

/** `14 were posted, 5 wait and 4 were not posted`. */
function became(all: readonly CaughtUp[]): string {
  const counts = Map.groupBy(all, ({ state }) => state)
  const said = (state: CaughtUp['state'], one: string, many: string) => {
    const count = counts.get(state)?.length ?? 0
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  }
  return enumerate([
    ...said('posted', 'was posted', 'were posted'),
    ...said('coming', 'is on its way', 'are on their way'),
    ...said('held', 'waits', 'wait'),
    ...said('failed', 'could not be posted', 'could not be posted'),
    ...said('open', 'was not posted', 'were not posted'),
  ])
}

/** `Max Tegmark (3), the topic “grokking” (2) and others`, the most frequent first. */
function matchedBy(all: readonly CaughtUp[]): string {
  const targets = Map.groupBy(
    all.flatMap(({ targets }) => targets),
    targetKey,
  )
  const ranked = [...targets.values()].sort((a, b) => b.length - a.length)
  const named = ranked
    .slice(0, TARGETS)
    .map((same) => same.slice(0, 1).map((target) => `${targetInWords(target)} (${same.length})`))
  return enumerate([...named.flat(), ...(ranked.length > TARGETS ? ['others'] : [])])
}

/** `resume` acts on the channel it is asked in, which is not that of the person's direct messages. */
async function goOn({ destination, option }: PlaceMeant, { store, clock }: Context): Promise<Action[]> {
  if (option === ' --for me') return []
  const settings = await store.channels.get(destination)
  return isPaused(settings, clock.now()) || settings.suspension ? [{ label: 'Resume', command: 'resume' }] : []
}

async function nothing(
  { since, words, now }: Beginning & { now: Temporal.Instant },
  place: PlaceMeant,
  context: Context,
): Promise<Reply> {
  if ((await followedIn(place, context)).length === 0) return { visibility: 'private', blocks: nothingFollowed(place) }
  const isShort = Temporal.Instant.compare(since, now.subtract(FORTNIGHT)) > 0
  return {
    visibility: 'private',
    blocks: [
      prose(`Nothing that is followed ${place.words} matched ${words}.`),
      ...actions(...(isShort ? [{ label: 'Last two weeks', command: `catchup 2 weeks${place.option}` }] : []), {
        label: 'Preview the digest',
        command: `digest preview${place.option}`,
      }),
    ],
  }
}
