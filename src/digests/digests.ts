// What commands may know of digests: when the next one is, what it would say now, and what matched.
import { judged } from '#core/judged.ts'
import { createMatcher } from '#core/matcher.ts'
import type { Paper } from '#core/paper.ts'
import type { Digests } from '#core/ports/digests.ts'
import type { Store } from '#core/ports/store.ts'
import type { DigestModel, DigestPaper } from '#core/ports/templates.ts'
import type { Destination, Subscription } from '#core/subscription.ts'
import { catchUp } from './catch-up.ts'
import { afterDigest, compileDigest, type DigestWindow, shown } from './compile.ts'
import { later } from './instants.ts'
import { best } from './order.ts'
import { cadenceBefore, nextSlot } from './schedule.ts'
import { selectedFrom } from './selected.ts'
import { digestPaper, targetText } from './why.ts'

/** An example shows so many papers, looked for among so many of the newest. */
const SHOWN = 5
const PAGE = 500
const LOOKED_AT = 5000
const UNSCHEDULED = { frequency: 'weekly', day: 1, time: '09:00', zone: 'UTC' } as const

/** The promises of Digests over a store. */
export function createDigests({ store }: { store: Store }): Digests {
  return {
    catchUp: (destination, since, now) => catchUp(store, destination, since, now),
    next: async (schedule, after) => nextSlot(schedule, after),
    async preview(destination, now) {
      const subscriptions = await store.subscriptions.ofDestination(destination)
      const window = await windowNow(store, destination, now)
      const since = window.missedSince ?? window.from
      const waiting = selectedFrom(subscriptions, await store.papers.unmatched(LOOKED_AT), now)
        .filter(({ paper }) => Temporal.Instant.compare(paper.firstSeen, since) >= 0)
        .map(({ paper, reason }) => ({ paper: paper.number, reason }))
      const model = await compileDigest(store, destination, window, waiting)
      return model.papers.length + model.alerted.length > 0 ? model : await example(store, window, subscriptions, now)
    },
  }
}

/** From the last digest's end, or one cadence back, to now. */
async function windowNow(store: Store, destination: Destination, now: Temporal.Instant): Promise<DigestWindow> {
  const schedule = await store.schedules.ofDestination(destination)
  const last = schedule && (await store.schedules.lastSlot(schedule.id))
  const { frequency, zone } = schedule ?? UNSCHEDULED
  const cadence = cadenceBefore({ ...(schedule ?? UNSCHEDULED), time: wallTime(now, zone) }, now)
  // An example's clock may stand before the last digest.
  const isFirst = last === undefined || Temporal.Instant.compare(last.to, now) > 0
  const from = isFirst ? cadence : Temporal.Instant.from(last.to)
  const window = { from, to: later(now, from).add({ nanoseconds: 1 }), zone, frequency }
  return isFirst ? window : afterDigest(window)
}

function wallTime(now: Temporal.Instant, zone: string): string {
  return now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
}

/** The newest papers that what is followed selects, or the newest of all where nothing is followed. */
async function example(
  store: Store,
  window: DigestWindow,
  subscriptions: readonly Subscription[],
  now: Temporal.Instant,
): Promise<DigestModel> {
  const matcher = createMatcher(subscriptions)
  const papers: DigestPaper[] = []
  const byAuthors = subscriptions.flatMap(({ target }) => (target.kind === 'author' ? [target.key] : []))
  const take = async (page: readonly Paper[]) => {
    const reasons = Map.groupBy(await judged(matcher.match(page, now), store), ({ paper }) => paper.number)
    for (const paper of page) {
      const why = reasons.get(paper.number)?.map(({ reason }) => reason)
      const known = papers.some((one) => one.paper.number === paper.number)
      if (known || papers.length >= SHOWN || (subscriptions.length > 0 && !why)) continue
      papers.push(digestPaper(paper, why ?? []))
    }
  }
  /** What followed feeds had last: no other source tells that. */
  const takeOffered = async () => {
    const feeds = new Map(subscriptions.flatMap((one) => (one.target.kind === 'feed' ? [[one.target.url, one]] : [])))
    const offered = Map.groupBy(await store.feeds.lastOffered([...feeds.keys()], SHOWN), ({ paper }) => paper)
    for (const paper of await store.papers.byNumbers([...offered.keys()])) {
      if (papers.length >= SHOWN || papers.some((one) => one.paper.number === paper.number)) continue
      const by = (offered.get(paper.number) ?? []).flatMap(({ feed }) => feeds.get(feed) ?? [])
      papers.push(
        digestPaper(
          paper,
          by.map(({ id, target }) => ({ subscription: id, target, words: [] })),
        ),
      )
    }
  }
  for (let offset = 0; offset < LOOKED_AT && papers.length < SHOWN; offset += PAGE) {
    const page = await store.papers.newest({}, { offset, limit: PAGE })
    await take(page)
    if (page.length < PAGE) break
  }
  // An author may have published nothing lately.
  if (byAuthors.length > 0 && papers.length < SHOWN) await take((await store.papers.byAuthors(byAuthors)).toSorted(newestFirst))
  if (papers.length < SHOWN) await takeOffered()
  papers.sort((a, b) => best(a.paper, b.paper))
  return {
    ...shown(window),
    papers,
    alerted: [],
    example: true,
    receipt: [],
    following: subscriptions.map(({ target }) => targetText(target)),
  }
}

function newestFirst(a: Paper, b: Paper): number {
  return (b.published ?? '') < (a.published ?? '') ? -1 : 1
}
