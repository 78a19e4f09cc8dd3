// A paper that is not known here: where it would have come from, and how reading goes there.
import type { NotFoundError } from '#core/errors.ts'
import { idUrl, parsePaperId } from '#core/paper-id.ts'
import { shownDate } from '#core/paper-view.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { Action, Reply } from '#core/reply.ts'
import type { Subscription } from '#core/subscription.ts'
import { categoryName, normalCategory } from '#core/text/category.ts'
import { actions, bold, counted, heading, list, note, type Words } from './blocks.ts'
import { referenceOf } from './card-actions.ts'
import type { Context } from './command.ts'

const SHOWN = 10
/** What needs looking at comes first. */
const ORDER: readonly FeedState['state'][] = ['failed', 'stalled', 'quiet', 'waiting', 'fresh']

/** Categories that are read for anyone are named; the address of a feed only where it is followed here. */
export async function unknown(reference: string, error: NotFoundError, { store, destination, clock }: Context): Promise<Reply> {
  const now = clock.now()
  const followed = followedFeeds(await store.subscriptions.ofChannel(destination))
  const feeds = (await store.feeds.all())
    .filter(({ feed }) => categoryName(feed) !== undefined || followed.has(feed))
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const read = new Set(feeds.map(({ feed }) => normalCategory(feed)))
  const unread = [...followed].filter((feed) => !read.has(normalCategory(feed)))
  const rows: Words[][] = [
    ...feeds.slice(0, SHOWN).map((feed): Words[] => [bold(feed.feed), ` · ${stateInWords(feed, now)}`]),
    ...unread.slice(0, SHOWN).map((feed): Words[] => [bold(feed), ' · followed, and not read yet']),
  ]
  const more = feeds.length + unread.length - rows.length
  return {
    visibility: 'private',
    blocks: [
      heading('This paper was not posted: it is not known here'),
      list([
        [error.message],
        rows.length === 0
          ? ['No category and no feed is read, so papers come by import and look-ups alone.']
          : ['It would come from what is read:'],
      ]),
      ...(rows.length === 0 ? [] : [list(rows)]),
      ...(more > 0 ? [note(`and ${more} more`)] : []),
      ...(error.hint === undefined ? [] : [note(error.hint)]),
      ...actions(
        lookItUp(reference),
        openIt(reference),
        { label: 'Follow a category', command: 'help follow category' },
        FOLLOWING,
      ),
    ],
  }
}

const FOLLOWING: Action = { label: 'Following', command: 'following' }

/** What is read because it is followed: categories, of archives and badges none, and feeds. */
function followedFeeds(subscriptions: readonly Subscription[]): Set<string> {
  return new Set(
    subscriptions.flatMap(({ target }) => {
      if (target.kind === 'category') return categoryName(target.category) === undefined ? [] : [target.category]
      return target.kind === 'feed' ? [target.url] : []
    }),
  )
}

function stateInWords({ state, checkedAt, changedAt, failures, error }: FeedState, now: Temporal.Instant): string {
  const [checked, changed] = [checkedAt, changedAt ?? checkedAt].map((instant) => shownDate(instant, now))
  switch (state) {
    case 'fresh':
      return `read, its latest of ${changed}`
    case 'waiting':
      return `read on ${checked}, and nothing new since ${changed}`
    case 'quiet':
      return `read on ${checked}; it announces nothing now`
    case 'stalled':
      return `read on ${checked}, but nothing has changed since ${changed}, which is too long`
    case 'failed':
      return `could not be read, ${failures === 1 ? 'once' : counted(failures, 'time')}${error === undefined ? '' : `: ${error}`}`
  }
}

/** It is known then, and no less unposted. */
function lookItUp(reference: string): Action | undefined {
  const parsed = parsePaperId(reference)
  return parsed && { label: 'Look it up', command: `paper ${referenceOf({ ids: [parsed.id] })}` }
}

function openIt(reference: string): Action | undefined {
  const parsed = parsePaperId(reference)
  const url = parsed && idUrl(parsed.id)
  return url === undefined ? undefined : { label: 'Open its page', url }
}
