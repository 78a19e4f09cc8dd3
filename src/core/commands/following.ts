// following: what is followed here, numbered as unfollow takes it.
import { z } from 'zod'
import { shownDate } from '#core/paper-view.ts'
import { settingsOf } from '#core/place-settings.ts'
import type { Block, Reply } from '#core/reply.ts'
import type { Subscription } from '#core/subscription.ts'
import { actions, bold, counted, heading, list, note, prose, toType, type Words } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { pageOption, paging } from './paging.ts'
import { type PlaceMeant, placeOf, placeOption } from './place.ts'
import { keptBack } from './settings-words.ts'
import { cadenceInWords, targetSpans } from './targets.ts'

const PAGE = 20

export const following = defineCommand({
  path: ['following'],
  summary: 'List what is followed here, by whom and how',
  examples: ['following', 'following --for me'],
  options: z.object({ page: pageOption, for: placeOption }),
  positional: [],
  usually: 'private',
  async run({ page: number, for: name }, context): Promise<Reply> {
    const place = await placeOf(context, name)
    const all = await followedIn(place, context)
    if (all.length === 0) return { visibility: 'private', blocks: nothingFollowed(place) }
    const pages = paging(`following${place.option}`, number, PAGE, all.length)
    const { recognisedBriefly } = await import('./recognised.ts')
    const shown = all.slice(pages.page.offset, pages.page.offset + PAGE)
    return {
      visibility: 'private',
      blocks: [
        heading(`${counted(all.length, 'subscription')} ${place.words}`),
        ...(await notNow(place, context)),
        list(
          shown.map((subscription, at) =>
            row(subscription, pages.page.offset + at + 1, place, { ...context, recognisedBriefly }),
          ),
        ),
        note(
          'To take one away: ',
          toType(`unfollow 1${place.option}`),
          '; several: ',
          toType(`unfollow 1 3${place.option}`),
          '; to change how it comes: ',
          toType(`cadence 1 digest${place.option}`),
          '.',
        ),
        ...actions(...pages.actions, { label: 'Preview the digest', command: `digest preview${place.option}` }),
      ],
      page: pages.page,
    }
  },
})

/** What keeps papers from coming, so that nobody takes silence for nothing new. */
export async function notNow(
  { destination, words }: Pick<PlaceMeant, 'destination' | 'words'>,
  { store, clock, zone = 'UTC' }: Context,
): Promise<Block[]> {
  const settings = await settingsOf(store, destination)
  return keptBack(settings, { words, now: clock.now(), zone }).map((sentence) => prose(sentence))
}

/** What is followed in the place, for a channel in its threads too: in the order it was made, which is that of its numbers. */
export async function followedIn(
  { destination }: Pick<PlaceMeant, 'destination'>,
  { store }: Pick<Context, 'store'>,
): Promise<Subscription[]> {
  const all =
    destination.thread === undefined
      ? await store.subscriptions.ofChannel(destination)
      : await store.subscriptions.ofDestination(destination)
  return all.toSorted((a, b) => compare(a.createdAt, b.createdAt))
}

export function nothingFollowed({ words, option }: PlaceMeant): Block[] {
  return [
    prose(`Nothing is followed ${words} yet.`),
    note(
      'For example: ',
      toType(`follow topic "sparse autoencoder"${option}`),
      ' or ',
      toType(`follow author Eric J. Michaud${option}`),
    ),
    ...actions({ label: 'Follow by a form', command: 'follow', form: true }),
  ]
}

type RowContext = Pick<Context, 'clock' | 'thread'> & Pick<typeof import('./recognised.ts'), 'recognisedBriefly'>

function row(
  subscription: Subscription,
  number: number,
  place: PlaceMeant,
  { clock, thread, recognisedBriefly }: RowContext,
): Words[] {
  const { target, cadence, owner, createdAt, lastMatchAt } = subscription
  const now = clock.now()
  const last = lastMatchAt === undefined ? 'no match yet' : `last match ${shownDate(lastMatchAt, now)}`
  const known = target.kind === 'author' ? ` · ${recognisedBriefly(target)}` : ''
  const since = `by ${owner.name} since ${shownDate(createdAt, now)}`
  const where = threadInWords(subscription, place, thread)
  return [bold(`${number}`), ' ', ...targetSpans(target), `${known} · ${cadenceInWords(cadence)}${where} · ${since} · ${last}`]
}

/** ` · in a thread`, where the list is the channel's; nothing for what the channel itself follows. */
function threadInWords({ destination }: Subscription, place: PlaceMeant, asked: string | undefined): string {
  if (destination.thread === place.destination.thread) return ''
  return destination.thread === asked ? ' · in this thread' : ' · in a thread'
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
