// following: what is followed here, numbered as unfollow takes it.
import { z } from 'zod'
import { shownDate } from '#core/paper-view.ts'
import type { Reply } from '#core/reply.ts'
import type { Subscription } from '#core/subscription.ts'
import { actions, bold, code, counted, heading, list, note, prose, type Words } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { pageOption, paging } from './paging.ts'
import { cadenceInWords, targetSpans } from './targets.ts'

const PAGE = 20

export const following = defineCommand({
  path: ['following'],
  summary: 'List what is followed here, by whom and how',
  examples: ['following'],
  options: z.object({ page: pageOption }),
  positional: [],
  async run({ page: number }, context): Promise<Reply> {
    const all = await followedHere(context)
    if (all.length === 0) return { visibility: 'private', blocks: nothingFollowed() }
    const pages = paging('following', number, PAGE, all.length)
    const shown = all.slice(pages.page.offset, pages.page.offset + PAGE)
    const now = context.clock.now()
    return {
      visibility: 'private',
      blocks: [
        heading(`${counted(all.length, 'subscription')} here`),
        list(shown.map((subscription, at) => row(subscription, pages.page.offset + at + 1, now))),
        note('To take one away: ', code('unfollow'), ' and its number, several numbers, or ', code('all'), '.'),
        ...actions(...pages.actions, { label: 'Preview the digest', command: 'digest preview' }),
      ],
      page: pages.page,
    }
  },
})

/** In the order they were made, which is that of their numbers. */
export async function followedHere({ store, destination }: Pick<Context, 'store' | 'destination'>): Promise<Subscription[]> {
  const all = await store.subscriptions.ofDestination(destination)
  return all.toSorted((a, b) => compare(a.createdAt, b.createdAt))
}

export function nothingFollowed() {
  return [
    prose('Nothing is followed here yet.'),
    note('For example: ', code('follow topic "sparse autoencoder"'), ' or ', code('follow author Eric J. Michaud')),
  ]
}

function row({ target, cadence, owner, lastMatchAt }: Subscription, number: number, now: Temporal.Instant): Words[] {
  const last = lastMatchAt === undefined ? 'no match yet' : `last match ${shownDate(lastMatchAt, now)}`
  return [bold(`${number}`), ' ', ...targetSpans(target), ` · ${cadenceInWords(cadence)} · by ${owner.name} · ${last}`]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
