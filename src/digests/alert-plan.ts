// Which alerts one destination gets, before they are rendered: a message a paper with all its reasons, or one for all where
// they would be too many; no more messages a day than the channel wants; in the day's thread where it chose so.
import type { NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination, Reason } from '#core/subscription.ts'
import { best } from './order.ts'

/** More new papers than this for one destination are one message. */
const MOST_SINGLE = 5

/** A paper to be told of, and why. */
export interface Alerted {
  readonly paper: Paper
  readonly reasons: readonly Reason[]
}

export interface AlertPlan {
  readonly destination: Destination
  readonly settings: ChannelSettings
  /** A message each, its papers best first. */
  readonly groups: readonly (readonly Alerted[])[]
  /** What is over the most a day. */
  readonly over: readonly Alerted[]
  /** The message in whose thread they are posted. */
  readonly thread?: NewDelivery
}

/** Papers that the destination was told of before are left out. */
export async function planAlerts(
  destination: Destination,
  alerted: readonly Alerted[],
  { settings, now }: { settings: ChannelSettings; now: Temporal.Instant },
  { ledger }: Pick<StoreParts, 'ledger'>,
): Promise<AlertPlan> {
  const told = await ledger.claimed(
    destination,
    alerted.map(({ paper }) => paper.number),
    'new',
  )
  const known = new Set(told)
  const fresh = alerted.filter(({ paper }) => !known.has(paper.number)).toSorted((a, b) => best(a.paper, b.paper))
  const groups = fresh.length > MOST_SINGLE ? [fresh] : fresh.map((one) => [one])
  const today = now.toZonedDateTimeISO(settings.quiet?.zone ?? 'UTC')
  const room = settings.most - (await ledger.alertsSince(destination, today.startOfDay().toInstant().toString()))
  const thread = settings.alerts === 'thread' ? await dayMessage(destination, today.toPlainDate(), ledger) : undefined
  return {
    destination,
    settings,
    groups: groups.slice(0, Math.max(0, room)),
    over: groups.slice(Math.max(0, room)).flat(),
    ...(thread && { thread }),
  }
}

/** Undefined where the day's message cannot be posted, or the destination is a thread already. */
async function dayMessage(
  destination: Destination,
  day: Temporal.PlainDate,
  ledger: StoreParts['ledger'],
): Promise<NewDelivery | undefined> {
  if (destination.thread !== undefined) return undefined
  const date = day.toLocaleString('en-US', { weekday: 'long', month: 'short', day: 'numeric' })
  const message: NewDelivery = {
    destination,
    kind: 'notice',
    subject: `alerts of ${day}`,
    part: 0,
    blocks: [{ kind: 'heading', spans: [{ text: `New papers · ${date}` }] }],
    claims: [],
  }
  const state = (await ledger.byKey(ledger.keyOf(message)))?.state
  return state === 'dead' || state === 'cancelled' ? undefined : message
}
