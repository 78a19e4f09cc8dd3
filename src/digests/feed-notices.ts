// What the followers of a feed are told of the feed itself: that it is gone, or that it brought very many papers at once.
import type { NewDelivery } from '#core/delivery.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { Block } from '#core/reply.ts'
import { destinationKey, type Subscription } from '#core/subscription.ts'
import { grouped } from '#core/text/grouped.ts'
import { texToText } from '#core/text/tex.ts'

const NAMED_TITLES = 5

/** One for each destination, the same however often it is made for the same end. */
export function goneNotices({ feed, gone }: FeedState, followers: readonly Subscription[]): NewDelivery[] {
  return notices(`feed gone ${feed} ${gone}`, followers, (name) => [
    {
      kind: 'prose',
      spans: [{ text: 'The feed ' }, { text: name, bold: true }, { text: ` is gone: there is nothing at ${feed} any more.` }],
    },
    { kind: 'note', spans: [{ text: 'It is not asked again. If it has moved, type: follow feed and its new address.' }] },
  ])
}

/** One a day for each destination that gets alerts; none where nothing was flooded. */
export function floodNotices(
  feed: string,
  titles: readonly string[],
  followers: readonly Subscription[],
  now: Temporal.Instant,
): NewDelivery[] {
  if (titles.length === 0) return []
  const alerted = followers.filter(({ cadence }) => cadence !== 'digest')
  return notices(`feed flood ${feed} ${now.toString().slice(0, 10)}`, alerted, (name) => [
    {
      kind: 'prose',
      spans: [
        { text: 'The feed ' },
        { text: name, bold: true },
        { text: ` brought ${grouped(titles.length)} papers at once, so they come in the digest and not one by one. Among them:` },
      ],
    },
    { kind: 'list', ordered: false, rows: titles.slice(0, NAMED_TITLES).map((title) => [{ text: texToText(title) }]) },
  ])
}

function notices(subject: string, followers: readonly Subscription[], blocks: (name: string) => Block[]): NewDelivery[] {
  const destinations = new Map(followers.map((follower) => [destinationKey(follower.destination), follower]))
  return [...destinations.values()].map(({ destination, target }) => {
    const name = target.kind === 'feed' ? target.name : ''
    return { destination, kind: 'notice', subject, part: 0, blocks: blocks(name), claims: [] }
  })
}
