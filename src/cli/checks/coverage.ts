// How far what is watched is known, a line a category: what was offered and read of it lately, what is missing, and why.
import { counted } from '#core/commands/blocks.ts'
import { shownDate } from '#core/paper-view.ts'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { grouped } from '#core/text/grouped.ts'
import { missedDays } from '#digests/coverage.ts'
import { FOLLOWED_AUTHORS } from '#digests/followed-authors.ts'
import { watchedCategories } from '#digests/watched-categories.ts'

const LATELY = { hours: 7 * 24 }
/** A line each; more are counted. */
const MOST_NAMED = 10
const MEND = 'It is asked again by itself; what is missing is read from the archive, up to thirty days back.'

/** What was never read has no line. */
export async function checkCoverage(categories: readonly string[], store: Store, now: Temporal.Instant): Promise<Check[]> {
  const watched = (await watchedCategories({ store, categories })).map(({ feed }) => feed)
  const asked = [...watched, FOLLOWED_AUTHORS]
  const states = new Map((await store.feeds.all()).map((state) => [state.feed, state]))
  const readings = await store.feeds.readings(asked, now.subtract(LATELY).toString(), now.add({ seconds: 1 }).toString())
  const byFeed = Map.groupBy(readings, ({ feed }) => feed)
  const checks = asked.flatMap((feed): Check[] => {
    const state = states.get(feed)
    return state === undefined ? [] : [inWords(state, byFeed.get(feed) ?? [], now)]
  })
  const [wrong, fine] = [checks.filter(({ state }) => state !== 'fine'), checks.filter(({ state }) => state === 'fine')]
  const named = [...wrong, ...fine].slice(0, MOST_NAMED)
  const left = checks.slice(MOST_NAMED)
  if (left.length === 0) return named
  return [...named, { about: 'categories', state: 'fine', found: `${counted(left.length, 'more is', 'more are')} read.` }]
}

function inWords(state: FeedState, readings: readonly Reading[], now: Temporal.Instant): Check {
  const { feed: about, coverage, unread = [] } = state
  const isMissed = coverage !== undefined && missedDays(coverage, now).length > 0
  const until = coverage && shownDate(coverage.until, now)
  const reasons = unread.map(({ why, papers }) => `${grouped(papers)}: ${why}`).join(' ')
  const said = [
    troubleOf(state, now),
    until === undefined ? '' : `Complete until ${until}${isMissed ? '; what was missed since is read from the archive' : ''}.`,
    countsOf(readings),
    reasons === '' ? '' : `Of the last batch could not be read ${reasons}`,
    coverage?.missing?.error === undefined ? '' : `The archive could not be asked: ${coverage.missing.error}`,
  ].filter((sentence) => sentence !== '')
  const isFine = state.state !== 'failed' && state.state !== 'stalled' && coverage?.missing?.error === undefined
  return { about, state: isFine ? 'fine' : 'warning', found: said.join(' '), ...(!isFine && { mend: MEND }) }
}

function troubleOf({ state, error, changedAt, checkedAt }: FeedState, now: Temporal.Instant): string {
  if (state === 'failed') return `It could not be read when it was last asked: ${error ?? 'no reason was given.'}`
  if (state !== 'stalled') return ''
  const day = Temporal.Instant.from(changedAt ?? checkedAt)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
  return `It has brought nothing new since ${shownDate(day.toString(), now)}.`
}

function countsOf(readings: readonly Reading[]): string {
  const sum = (of: (reading: Reading) => number) => readings.reduce((all, reading) => all + of(reading), 0)
  const [offered, added, merged, failed] = [
    sum((reading) => reading.offered),
    sum((reading) => reading.added),
    sum((reading) => reading.merged),
    sum((reading) => reading.failed),
  ]
  if (offered === 0) return 'Nothing was offered in seven days.'
  const known = offered - added - merged - failed
  const parts = [
    `${grouped(added)} new`,
    `${grouped(merged)} merged`,
    `${grouped(known)} known before`,
    `${grouped(failed)} unreadable`,
  ]
  return `In seven days ${counted(offered, 'paper was', 'papers were')} offered: ${parts.join(', ')}.`
}
