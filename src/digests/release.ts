// Papers that were held back → alerts, once their destination may be posted to: best first, many in one message. What is over
// the most a day waits for the digest where there is one, and comes in one message the next day where there is none; or after
// the digest, where that did not bring it.
import { judgedAgain } from '#core/judged.ts'
import type { Paper } from '#core/paper.ts'
import { settingsOf } from '#core/place-settings.ts'
import type { Held } from '#core/ports/store.ts'
import { type ChannelSettings, zoneOf } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'
import { type Alerted, planAlerts } from './alert-plan.ts'
import { recordAlerts, renderAlerts } from './alerts.ts'
import { decided } from './decided.ts'
import { heldBy } from './hold.ts'
import { isBefore } from './instants.ts'
import type { TickDependencies } from './tick.ts'

const NOTES: Readonly<Record<Held['why'], string>> = {
  pause: 'came while posts were paused here',
  quiet: 'came in the quiet hours',
  suspension: 'came while nothing could be posted here',
  most: 'came after the most alerts of a day',
}

/** Posts what may be posted at `now`, each paper once. */
export async function releaseHeld(dependencies: TickDependencies, now: Temporal.Instant): Promise<void> {
  const { store, signal } = dependencies
  for (const destination of await store.holds.destinations()) {
    if (signal?.aborted) return
    const settings = await settingsOf(store, destination)
    if (heldBy(settings, now) === undefined) await release(destination, settings)
  }

  async function release(destination: Destination, settings: ChannelSettings): Promise<void> {
    await decided(
      store,
      () => planned(destination, settings),
      async (parts, { settled, alerts }) => {
        await parts.holds.remove(destination, settled)
        await recordAlerts(parts, alerts, now)
      },
    )
  }

  /** Undefined where nothing is due. */
  async function planned(destination: Destination, settings: ChannelSettings) {
    const held = await due(await store.holds.ofDestination(destination), destination, settings)
    if (held.length === 0) return undefined
    const options = { settings, now, together: held.some(({ why }) => why === 'most') }
    const plan = await planAlerts(destination, await alertedOf(held, destination), options, store)
    const alerts = await renderAlerts(plan, { noteOf: (papers) => noteOf(papers, held) }, dependencies)
    // What is over the most again keeps its time, so that it is first in line on a new day.
    const over = new Set(plan.over.map(({ paper }) => paper.number))
    const settled = held.filter(({ paper, why }) => why !== 'most' || !over.has(paper))
    return { settled: settled.map(({ paper }) => paper), alerts }
  }

  /**
   * Those over a day's most stay until a digest has ended after them or, where none is scheduled, until the day is over. What
   * the digest brought was told of then, and is posted no more; a pause or a later start may have kept others out of it.
   */
  async function due(held: readonly Held[], destination: Destination, settings: ChannelSettings): Promise<readonly Held[]> {
    const schedule = await store.schedules.ofDestination(destination)
    const digest = schedule && (await store.schedules.lastSlot(schedule.id))
    const zone = zoneOf(settings)
    const today = now.toZonedDateTimeISO(zone).toPlainDate()
    const isOver = (since: string) =>
      Temporal.PlainDate.compare(Temporal.Instant.from(since).toZonedDateTimeISO(zone).toPlainDate(), today) < 0
    const isPast = (since: string) => (schedule ? digest !== undefined && isBefore(since, digest.to) : isOver(since))
    return held.filter(({ why, since }) => why !== 'most' || isPast(since))
  }

  /** By what is followed still, as it is followed now. */
  async function alertedOf(held: readonly Held[], destination: Destination): Promise<Alerted[]> {
    const subscriptions = await store.subscriptions.ofDestination(destination)
    const wanting = new Set(subscriptions.filter(({ cadence }) => cadence !== 'digest').map(({ id }) => id))
    const alerted: Alerted[] = []
    for (const paper of await store.papers.byNumbers(held.map(({ paper }) => paper))) {
      const recorded = await store.subscriptions.matchesOfPaper(destination, paper.number)
      const matches = await judgedAgain(recorded, subscriptions, store)
      const reasons = matches.filter(({ subscription }) => wanting.has(subscription)).map(({ reason }) => reason)
      if (reasons.length > 0) alerted.push({ paper, reasons })
    }
    return alerted
  }
}

/** `This came in the quiet hours.`; nothing where they were held for several reasons. */
function noteOf(papers: readonly Paper[], held: readonly Held[]): string | undefined {
  const numbers = new Set(papers.map(({ number }) => number))
  const [why, ...others] = new Set(held.flatMap((one) => (numbers.has(one.paper) ? [one.why] : [])))
  if (why === undefined || others.length > 0) return undefined
  return `${papers.length === 1 ? 'This' : 'These'} ${NOTES[why]}.`
}
