// Papers no tick has matched → matches, alerts and edits. What is to be posted is rendered first; then the matches, the
// alerts, what is held back and the papers' marks are committed together.
import { digestOnly } from '#core/digest-only.ts'
import { judged } from '#core/judged.ts'
import { allSettings, settingsOf } from '#core/place-settings.ts'
import type { Held, StoreParts } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { type Destination, destinationKey, type Match } from '#core/subscription.ts'
import { type Alerted, type AlertPlan, planAlerts } from './alert-plan.ts'
import { type AlertMessages, recordAllAlerts, renderAlerts } from './alerts.ts'
import { decided } from './decided.ts'
import { echoOf } from './echo.ts'
import { heldBy } from './hold.ts'
import { type Selected, selectedFrom } from './selected.ts'
import type { TickDependencies } from './tick.ts'
import { recordUpdates, updatesOf } from './updates.ts'

/** Papers at once; alerts to one destination are grouped within it. */
const PAGE = 2000
/** Destinations whose alerts are planned side by side: each asks the store several times. */
const PLANNED_AT_ONCE = 8

/** Matches every unmatched paper, whatever it came from; answers how many matches are new. */
export async function matchUnmatched(dependencies: TickDependencies, now: Temporal.Instant): Promise<number> {
  const { store, signal } = dependencies
  let matched = 0
  while (!signal?.aborted) {
    const fresh = await decided(
      store,
      () => planned(dependencies, now),
      (parts, plan) => record(parts, plan, now),
    )
    if (fresh === undefined) break
    matched += fresh
  }
  return matched
}

type Plan = NonNullable<Awaited<ReturnType<typeof planned>>>

/** Undefined where nothing is unmatched. */
async function planned(dependencies: TickDependencies, now: Temporal.Instant) {
  const { store } = dependencies
  const cursor = await store.papers.latestCursor()
  const unmatched = await store.papers.unmatched(PAGE)
  if (unmatched.length === 0) return undefined
  const found = selectedFrom(await store.subscriptions.all(), unmatched, now)
  const selected = await judged(await unrecorded(found, dependencies), store)
  const alerts = await alertsOf(selected, dependencies, now)
  const updates = await updatesOf(unmatched, selected, dependencies, now)
  return { cursor, numbers: unmatched.map(({ paper }) => paper.number), selected, ...alerts, updates }
}

/** Answers how many matches are new. */
async function record(parts: StoreParts, plan: Plan, now: Temporal.Instant): Promise<number> {
  const { cursor, numbers, selected, alerts, held, updates } = plan
  const fresh = await parts.subscriptions.recordMatches(selected.map((one) => matchOf(one, now)))
  await recordAllAlerts(parts, alerts, now)
  await parts.holds.add(held)
  await recordUpdates(parts.ledger, updates, now)
  await parts.papers.markMatched(numbers, cursor)
  return fresh.length
}

/** A paper that changed may have been selected before; that is not news again. */
async function unrecorded(selected: readonly Selected[], { store }: Pick<TickDependencies, 'store'>): Promise<Selected[]> {
  const known = new Set<string>()
  const changed = Map.groupBy(
    selected.filter(({ change }) => change !== undefined),
    ({ subscription, paper }) => `${destinationKey(subscription.destination)} ${paper.number}`,
  )
  for (const [first] of changed.values()) {
    if (!first) continue
    const matches = await store.subscriptions.matchesOfPaper(first.subscription.destination, first.paper.number)
    for (const { subscription } of matches) known.add(`${subscription} ${first.paper.number}`)
  }
  return selected.filter(({ subscription, paper }) => !known.has(`${subscription.id} ${paper.number}`))
}

/** Those who want alerts get them, or have them held where nothing may be posted now. */
async function alertsOf(selected: readonly Selected[], dependencies: TickDependencies, now: Temporal.Instant) {
  const wanted = selected.filter(
    ({ subscription, paper, change, isFlood }) =>
      !isFlood &&
      subscription.cadence !== 'digest' &&
      digestOnly(change ? { ...paper, firstSeen: now.toString() } : paper).length === 0,
  )
  const held: Held[] = []
  const planned: (() => Promise<AlertPlan>)[] = []
  const chosen = wanted.length > 0 ? await allSettings(dependencies.store) : dependencies.store
  for (const here of Map.groupBy(wanted, ({ subscription }) => destinationKey(subscription.destination)).values()) {
    const destination = here[0]?.subscription.destination as Destination
    const settings: ChannelSettings = await settingsOf(chosen, destination)
    const alerted = [...Map.groupBy(here, ({ paper }) => paper)].map(([paper, by]): Alerted => {
      return { paper, reasons: by.map(({ reason }) => reason) }
    })
    const why = heldBy(settings, now)
    if (why) held.push(...alerted.map(({ paper }) => ({ destination, paper: paper.number, why, since: now.toString() })))
    else planned.push(() => planAlerts(destination, alerted, { settings, now }, dependencies.store))
  }
  const plans: AlertPlan[] = []
  for (let at = 0; at < planned.length; at += PLANNED_AT_ONCE) {
    plans.push(...(await Promise.all(planned.slice(at, at + PLANNED_AT_ONCE).map((plan) => plan()))))
  }
  const echo = await echoOf(plans, dependencies)
  const alerts: AlertMessages[] = []
  for (const plan of plans) alerts.push(await renderAlerts(plan, { echo }, dependencies))
  return { alerts, held }
}

function matchOf({ subscription, paper, reason, change }: Selected, now: Temporal.Instant): Match {
  const seenAt = change ? now.toString() : paper.firstSeen
  return { subscription: subscription.id, paper: paper.number, reason, matchedAt: now.toString(), seenAt }
}
