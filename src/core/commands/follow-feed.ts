// follow feed: all new papers of an RSS or Atom feed, which is read before it is followed.
// The order: arXiv's own feeds are categories; then what the feed says of itself, how much it brings, and its last five.
import { z } from 'zod'
import { feedAddress } from '#core/feed-address.ts'
import { type FeedForecast, feedForecast } from '#core/feed-forecast.ts'
import type { PaperRecord } from '#core/paper.ts'
import { shownDate } from '#core/paper-view.ts'
import type { FeedPreview } from '#core/ports/feeds.ts'
import type { Block, Reply } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { bold, counted, list, note, prose, type Words } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { follow, followOptions } from './follow.ts'
import { followCategory } from './follow-category.ts'
import { isFlood } from './forecast-words.ts'

const SHOWN = 5
const LONGEST_NAME = 100

export const followFeed = defineCommand({
  path: ['follow', 'feed'],
  summary: 'Follow all new papers of an RSS or Atom feed',
  examples: ['follow feed https://www.nature.com/natmachintell.rss', 'follow feed distill.pub --cadence digest'],
  options: z.object({
    url: z.string().meta({ description: 'The address of a feed, or of a page that names its feed' }),
    ...followOptions,
  }),
  positional: ['url'],
  usually: 'private',
  changesChannel: true,
  async run({ url: typed, ...choices }, context): Promise<Reply> {
    const asked = feedAddress(typed)
    if (asked.kind === 'category') return followCategory.run({ category: asked.category, ...choices }, context)
    const preview = await context.feeds.look(asked.url)
    const found = feedAddress(preview.url)
    if (found.kind === 'category') return followCategory.run({ category: found.category, ...choices }, context)
    const name = nameOf(preview)
    const expected = feedForecast(preview.records, context.clock.now())
    return follow(
      {
        target: { kind: 'feed', url: found.url, name },
        choices,
        command: `follow feed ${found.url}`,
        shown: [...whatItIs(name, preview, found.url), ...toExpect(expected, context), ...latest(preview.records, context)],
        flood: isFlood(expected),
      },
      context,
    )
  },
})

/** The feed's title, or its host where it has none. */
function nameOf({ title = '', url }: FeedPreview): string {
  const name = title.trim().slice(0, LONGEST_NAME).toWellFormed()
  return name === '' ? (URL.parse(url)?.host ?? url) : name
}

function whatItIs(name: string, { records, skipped }: FeedPreview, url: string): Block[] {
  const read = records.length === 0 ? ' has no entries now' : ` has ${counted(records.length, 'entry', 'entries')}`
  return [prose(bold(name), read, skipped === 0 ? '.' : `; ${skipped} more cannot be read.`), note(url)]
}

function toExpect({ perWeek, busiestDay, latest }: FeedForecast, { clock }: Context): Block[] {
  if (perWeek === null) return [prose('To expect: nothing can be foretold, since no entry is dated.')]
  if (perWeek === 0) return [prose(`To expect: little; its latest entry is of ${shownDate(latest ?? '', clock.now())}.`)]
  const rate = perWeek < 0.75 ? 'less than one paper a week' : `about ${counted(Math.round(perWeek), 'paper')} a week`
  return [prose(`To expect: ${rate}, at most ${busiestDay} a day.`)]
}

/** The newest first; those without a date keep the feed's order, after them. */
function latest(records: readonly PaperRecord[], { clock }: Context): Block[] {
  const newest = records.toSorted((a, b) => compare(b.published ?? '', a.published ?? '')).slice(0, SHOWN)
  if (newest.length === 0) return []
  const rows = newest.map(({ title, url, published }): Words[] => [
    { text: texToText(title), ...(url !== undefined && { link: url }) },
    published === undefined ? '' : ` · ${shownDate(published, clock.now())}`,
  ])
  return [prose(newest.length === 1 ? 'Its latest entry:' : `Its last ${newest.length}:`), list(rows)]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
