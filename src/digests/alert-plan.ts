// Which alerts one destination gets, before they are rendered: a message a paper with all its reasons, or one for all where
// they would be too many; no more messages a day than the channel wants; in the day's thread where it chose so.
import type { NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { StoreParts } from '#core/ports/store.ts'
import { type ChannelSettings, MOST_SINGLE, zoneOf } from '#core/settings.ts'
import type { Destination, Reason } from '#core/subscription.ts'
import { best } from './order.ts'

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

/** Papers that the destination was told of before are left out. `together`: in one message, however few. */
export async function planAlerts(
  destination: Destination,
  alerted: readonly Alerted[],
  { settings, now, together = false }: { settings: ChannelSettings; now: Temporal.Instant; together?: boolean },
  { ledger, votes }: Pick<StoreParts, 'ledger' | 'votes'>,
): Promise<AlertPlan> {
  const numbers = alerted.map(({ paper }) => paper.number)
  const known = new Set(await ledger.claimed(destination, numbers, 'new'))
  const counts = await votes.counts(destination, numbers)
  const fresh = alerted.filter(({ paper }) => !known.has(paper.number)).toSorted((a, b) => best(a.paper, b.paper, counts))
  const isOne = fresh.length > MOST_SINGLE || (together && fresh.length > 1)
  const groups = isOne ? [fresh] : fresh.map((one) => [one])
  const room = Math.max(0, await roomToday(destination, settings, now, { ledger }))
  const thread = settings.alerts === 'thread' ? await dayMessage(destination, settings, now, { ledger }) : undefined
  return {
    destination,
    settings,
    groups: groups.slice(0, room),
    over: groups.slice(room).flat(),
    ...(thread && { thread }),
  }
}

/** How many more messages the channel wants on this day, by its own clock; below zero where it wants fewer than it got. */
export async function roomToday(
  destination: Destination,
  settings: Pick<ChannelSettings, 'most' | 'quiet'>,
  now: Temporal.Instant,
  { ledger }: Pick<StoreParts, 'ledger'>,
): Promise<number> {
  const today = now.toZonedDateTimeISO(zoneOf(settings)).startOfDay()
  return settings.most - (await ledger.alertsSince(destination, today.toInstant().toString()))
}

/** Undefined where the day's message cannot be posted, or the destination is a thread already. */
export async function dayMessage(
  destination: Destination,
  settings: Pick<ChannelSettings, 'quiet'>,
  now: Temporal.Instant,
  { ledger }: Pick<StoreParts, 'ledger'>,
): Promise<NewDelivery | undefined> {
  if (destination.thread !== undefined) return undefined
  const day = now.toZonedDateTimeISO(zoneOf(settings)).toPlainDate()
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
