// A window's matches of what is still followed → what the digest says: duplicates merged with all their reasons, best first, alerted ones a line each.
import { judgedAgain } from '#core/judged.ts'
import type { Paper } from '#core/paper.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { DigestModel, DigestPaper } from '#core/ports/templates.ts'
import type { Frequency } from '#core/schedule.ts'
import type { Destination, Reason, Subscription } from '#core/subscription.ts'
import { earliest, isBefore, later } from './instants.ts'
import { best } from './order.ts'
import { receiptOf } from './receipt.ts'
import { digestPaper, targetText } from './why.ts'

/** [from, to) in time, and how it is shown. */
export interface DigestWindow {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly zone: string
  readonly frequency: Frequency
  /** Where a digest ended at `from`: papers seen since then that it missed, being stored after it, come now. */
  readonly missedSince?: Temporal.Instant
}

/** An import or a pass stamps its papers with its start, and may store them this much later. */
const LATEST_STORED = { hours: 6 }

/** The window after a digest that ended at `from`. */
export function afterDigest(window: DigestWindow): DigestWindow {
  return { ...window, missedSince: window.from.subtract(LATEST_STORED) }
}

/** `extra`: reasons that are not recorded yet. */
export async function compileDigest(
  store: StoreParts,
  destination: Destination,
  window: DigestWindow,
  extra: readonly { readonly paper: number; readonly reason: Reason }[] = [],
): Promise<DigestModel> {
  const subscriptions = await store.subscriptions.ofDestination(destination)
  const since = window.missedSince ?? window.from
  const followed = new Set(subscriptions.map(({ id }) => id))
  const recorded = await store.subscriptions.matchesBetween(destination, since.toString(), window.to.toString())
  const matches = recorded.filter(({ subscription }) => followed.has(subscription))
  const reasons = Map.groupBy(await judgedAgain([...matches, ...extra], subscriptions, store), ({ paper }) => paper)
  const missed = new Set(matches.filter(({ seenAt }) => isBefore(seenAt, window.from.toString())).map(({ paper }) => paper))
  const papers: DigestPaper[] = []
  const alerted: DigestPaper[] = []
  const votes = await store.votes.counts(destination, [...reasons.keys()])
  const ranked = (await store.papers.byNumbers([...reasons.keys()])).toSorted((a, b) => best(a, b, votes))
  for (const paper of ranked) {
    const why = (reasons.get(paper.number) ?? []).map(({ reason }) => reason)
    const place = await placeOf(paper, why, { store, destination, subscriptions })
    if (place === 'card') papers.push(digestPaper(paper, why))
    if (place === 'line' && !missed.has(paper.number)) alerted.push(digestPaper(paper, why))
  }
  const told = new Set(papers.map(({ paper }) => paper.number))
  const matched = ranked.filter(({ number }) => told.has(number) || !missed.has(number)).length
  return {
    ...shown(sinceFollow(window, subscriptions)),
    papers,
    alerted,
    example: false,
    receipt: await receiptOf(store, subscriptions, window, matched),
    following: subscriptions.map(({ target }) => targetText(target)),
  }
}

/** A window begins at the first follow, where that lies within it: nothing before it could match. */
function sinceFollow(window: DigestWindow, subscriptions: readonly Subscription[]): DigestWindow {
  const first = earliest(subscriptions.map(({ createdAt }) => createdAt))
  if (first === undefined || !isBefore(first, window.to.toString())) return window
  return { ...window, from: later(window.from, Temporal.Instant.from(first)) }
}

/** The window as a model shows it. */
export function shown({ from, to, zone, frequency }: DigestWindow): Pick<DigestModel, 'from' | 'to' | 'zone' | 'frequency'> {
  return { frequency, from: from.toString(), to: to.toString(), zone }
}

/** Whether the paper was told of here, however long ago: its messages may be forgotten. */
async function wasTold({ number }: Paper, { ledger }: StoreParts, destination: Destination): Promise<boolean> {
  return (
    (await ledger.ofPaper(destination, number)).length === 0 && (await ledger.claimed(destination, [number], 'new')).length > 0
  )
}

/** What an earlier digest brought is left out, and so is what was alerted to those who want alerts alone. */
async function placeOf(
  paper: Paper,
  reasons: readonly Reason[],
  { store, destination, subscriptions }: { store: StoreParts; destination: Destination; subscriptions: readonly Subscription[] },
): Promise<'card' | 'line' | 'nowhere'> {
  const kinds = (await store.ledger.ofPaper(destination, paper.number)).map(({ kind }) => kind)
  if (kinds.includes('digest')) return 'nowhere'
  if (!kinds.includes('alert')) return (await wasTold(paper, store, destination)) ? 'nowhere' : 'card'
  const by = new Set(reasons.map(({ subscription }) => subscription))
  return subscriptions.some(({ id, cadence }) => by.has(id) && cadence !== 'now') ? 'line' : 'nowhere'
}
