// Due slots → digests in the ledger. The order: nothing while paused; slots over 48 hours late are merged into the next;
// several due ones are one digest over the whole gap; an empty digest is recorded and not posted.
import type { NewDelivery } from '#core/delivery.ts'
import { shownDate } from '#core/paper-view.ts'
import { allSettings, settingsOf } from '#core/place-settings.ts'
import type { DigestModel } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import type { Schedule, Slot } from '#core/schedule.ts'
import { type ChannelSettings, isPaused } from '#core/settings.ts'
import { afterDigest, compileDigest } from './compile.ts'
import { decided } from './decided.ts'
import { earlier, later } from './instants.ts'
import { partsOf } from './parts.ts'
import { recordParts } from './record.ts'
import { cadenceBefore, slotsBetween } from './schedule.ts'
import type { TickDependencies } from './tick.ts'

const LATEST_HOURS = 48

/** Records every due digest, each slot once. One that its template fails is logged and stays due. */
export async function postDigests(dependencies: TickDependencies, now: Temporal.Instant): Promise<void> {
  const { store, log, signal } = dependencies
  const schedules = await store.schedules.all()
  const lastSlots = new Map((await store.schedules.lastSlots()).map((slot) => [slot.schedule, slot]))
  const settings = await allSettings(store)
  for (const schedule of schedules) {
    if (signal?.aborted) return
    const last = lastSlots.get(schedule.id)
    const isDue = slotsDue(schedule, await settingsOf(settings, schedule.destination), last, now).length > 0
    // Others may have paused it since all were read.
    const slots = isDue ? slotsDue(schedule, await settingsOf(store, schedule.destination), last, now) : []
    if (slots.length > 0) await post(schedule, slots, last, dependencies)
  }

  async function post(
    schedule: Schedule,
    slots: readonly Slot[],
    last: Slot | undefined,
    { templates }: Pick<TickDependencies, 'templates'>,
  ) {
    const due = slots.at(-1)
    const planned = async () => (due?.outcome === 'posted' ? render(schedule, due).catch(unrendered) : [])
    await decided(store, planned, async (parts, deliveries) => {
      for (const slot of slots) {
        const outcome = slot === due && slot.outcome === 'posted' && isEmpty(deliveries) ? 'empty' : slot.outcome
        if (!(await parts.schedules.recordSlot({ ...slot, outcome })) && slot === due) return
      }
      await recordParts(parts.ledger, deliveries, now)
    })

    async function render({ destination, zone, frequency, template }: Schedule, slotDue: Slot): Promise<NewDelivery[]> {
      const { at: slot, from, to } = slotDue
      const window = { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to), zone, frequency }
      const model = await compileDigest(store, destination, from === last?.to ? afterDigest(window) : window)
      if (model.papers.length + model.alerted.length === 0) {
        const blocks = emptyDigest(model, zone)
        return schedule.whenEmpty === 'line' ? [{ destination, kind: 'digest', subject: slot, part: 0, blocks, claims: [] }] : []
      }
      const numbers = model.papers.map(({ paper }) => paper.number)
      const made = { template: await templates.hash(template) }
      return partsOf(await templates.digest(template, model), numbers).map(({ blocks, papers }, part): NewDelivery => {
        const claims = papers.map((paper) => ({ paper, event: 'new' }))
        return { destination, kind: 'digest', subject: slot, part, blocks, ...made, claims }
      })
    }
    function unrendered(error: unknown): undefined {
      log.error('digest failed', { schedule: schedule.id, template: schedule.template, error })
    }
  }
}

/** The slots to record now, in order; only the last one, where it is not too late, is to be posted. */
export function slotsDue(
  schedule: Schedule,
  settings: Pick<ChannelSettings, 'pause' | 'suspension' | 'resumedAt'>,
  last: Slot | undefined,
  now: Temporal.Instant,
): Slot[] {
  const { id, createdAt } = schedule
  if (isPaused(settings, now) || settings.suspension) return []
  const { pause, resumedAt } = settings
  const resumed = [pause?.until, resumedAt].flatMap((instant) => (instant === undefined ? [] : [Temporal.Instant.from(instant)]))
  // A schedule that was changed begins anew with the change: what its new times make of the days before is not due.
  const known = later(Temporal.Instant.from(last?.at ?? createdAt), Temporal.Instant.from(createdAt))
  const after = resumed.reduce(later, known)
  const slots = slotsBetween(schedule, after, now)
  const [first, due] = [slots[0], slots.at(-1)]
  if (!first || !due) return []
  const cadence = cadenceBefore(schedule, first)
  const begin = last === undefined ? earlier(cadence, Temporal.Instant.from(createdAt)) : Temporal.Instant.from(last.to)
  // Somebody's pause is their choice; what came while the platform refused is told of, however long that was.
  const wasPaused = pause?.until !== undefined && Temporal.Instant.compare(pause.until, known) > 0
  const from = wasPaused ? later(cadence, begin) : begin
  const isLate = now.since(due).total('hours') > LATEST_HOURS
  return slots.map((slot): Slot => {
    const at = slot.toString()
    const window = { schedule: id, at, from: from.toString() }
    return slot === due && !isLate ? { ...window, to: at, outcome: 'posted' } : { ...window, to: window.from, outcome: 'merged' }
  })
}

/** Nothing to post, or only the line that says so. */
function isEmpty(deliveries: readonly NewDelivery[]): boolean {
  return deliveries.every(({ blocks }) => blocks.every(({ kind }) => kind !== 'card'))
}

function emptyDigest({ from, to, receipt }: DigestModel, zone: string): Block[] {
  const end = Temporal.Instant.from(to)
  const day = (instant: string) =>
    shownDate(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString(), end)
  const text = `No new paper of what is followed here from ${day(from)} to ${day(to)}.`
  return [{ kind: 'prose', spans: [{ text }] }, ...receipt.map((line): Block => ({ kind: 'note', spans: [{ text: line }] }))]
}
