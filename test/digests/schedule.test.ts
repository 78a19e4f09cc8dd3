import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Schedule } from '#core/schedule.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { slotsDue } from '#digests/digests-due.ts'
import { cadenceBefore, nextSlot, slotsBetween } from '#digests/schedule.ts'
import { aSchedule } from '#test/builders.ts'

const at = (text: string) => Temporal.Instant.from(text)
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'Africa/Casablanca',
  'UTC',
]

describe('a slot', () => {
  test('in the hour that spring leaves out is the change itself', () => {
    const berlin = aSchedule({ day: 7, time: '02:30' })
    expect(nextSlot(berlin, at('2026-03-28T12:00:00Z')).toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString()).toBe(
      '03:00:00',
    )
  })

  test('in the hour that autumn repeats comes once, the first time', () => {
    const daily = aSchedule({ frequency: 'daily', time: '02:30' })
    const slots = slotsBetween(daily, at('2026-10-24T12:00:00Z'), at('2026-10-26T12:00:00Z'))
    expect(slots.map(String)).toEqual(['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'])
  })

  test('on the 31st is the last day of a shorter month', () => {
    const monthly = aSchedule({ frequency: 'monthly', day: 31, time: '09:00', zone: 'UTC' })
    const slots = slotsBetween(monthly, at('2026-01-31T09:00:00Z'), at('2026-05-01T00:00:00Z'))
    expect(slots.map((slot) => slot.toString().slice(0, 10))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30'])
  })

  test('of a day that a zone left out comes once', () => {
    const samoa = aSchedule({ frequency: 'daily', time: '00:00', zone: 'Pacific/Apia' })
    const slots = slotsBetween(samoa, at('2011-12-29T00:00:00Z'), at('2012-01-01T00:00:00Z'))
    expect(new Set(slots.map(String)).size).toBe(slots.length)
    expect(slots.map(String)).toContain('2011-12-30T10:00:00Z')
  })

  const rules = fc.record({
    frequency: fc.constantFrom('daily', 'weekly', 'monthly' as const),
    day: fc.integer({ min: 1, max: 7 }),
    time: fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => {
      return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
    }),
    zone: fc.constantFrom(...ZONES),
  })
  const instants = fc
    .integer({ min: 1_577_836_800, max: 1_893_456_000 })
    .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))

  test('comes after the one before, each once, however they are asked for', () => {
    fc.assert(
      fc.property(rules, instants, fc.integer({ min: 1, max: 24 * 90 }), (rule, from, hours) => {
        const until = from.add({ hours })
        const slots = slotsBetween(rule, from, until)
        let last = from
        for (const slot of slots) {
          expect(Temporal.Instant.compare(slot, last)).toBe(1)
          last = slot
        }
        const middle = from.add({ minutes: hours * 30 })
        expect([...slotsBetween(rule, from, middle), ...slotsBetween(rule, middle, until)].map(String)).toEqual(slots.map(String))
      }),
      { numRuns: 60 },
    )
  })

  test('stands at its wall time and on its day, unless the clocks leave that out', () => {
    fc.assert(
      fc.property(rules, instants, (rule, from) => {
        const slot = nextSlot(rule, from).toZonedDateTimeISO(rule.zone)
        const wall = slot.toPlainTime().toString().slice(0, 5)
        if (wall === rule.time) {
          if (rule.frequency === 'weekly') expect(slot.dayOfWeek).toBe(rule.day)
          if (rule.frequency === 'monthly') expect(slot.day).toBe(rule.day)
        } else {
          const change = slot.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next')
          expect(change?.toInstant().toString()).toBe(slot.toInstant().toString())
        }
      }),
      { numRuns: 300 },
    )
  })

  test('lies one cadence after the one before it', () => {
    const slot = nextSlot(aSchedule(), at('2026-11-20T00:00:00Z'))
    expect(cadenceBefore(aSchedule(), slot).toString()).toBe('2026-11-16T08:00:00Z')
  })
})

describe('what is due', () => {
  const posted = {
    schedule: 'schedule-1',
    at: '2026-11-09T08:00:00Z',
    from: '2026-11-02T08:00:00Z',
    to: '2026-11-09T08:00:00Z',
    outcome: 'posted',
  } as const
  const brief = (schedule: Schedule, last: typeof posted | undefined, now: string, settings: Partial<ChannelSettings> = {}) =>
    slotsDue(schedule, settings, last, at(now)).map(
      (slot) => `${slot.at.slice(5, 10)} ${slot.outcome} ${slot.from.slice(5, 10)}–${slot.to.slice(5, 10)}`,
    )

  test('is nothing before the slot', () => {
    expect(brief(aSchedule(), posted, '2026-11-16T07:59:59Z')).toEqual([])
  })

  test('begins where the last digest ended', () => {
    expect(brief(aSchedule(), posted, '2026-11-16T08:00:00Z')).toEqual(['11-16 posted 11-09–11-16'])
  })

  test('reaches one cadence back the first time', () => {
    expect(brief(aSchedule({ createdAt: '2026-11-12T00:00:00Z' }), undefined, '2026-11-16T08:00:00Z')).toEqual([
      '11-16 posted 11-09–11-16',
    ])
  })

  test('is one digest over the whole gap where several slots were missed', () => {
    expect(brief(aSchedule(), posted, '2026-11-24T08:00:00Z')).toEqual(['11-16 merged 11-09–11-09', '11-23 posted 11-09–11-23'])
  })

  test('waits for the next slot where it is over 48 hours late', () => {
    expect(brief(aSchedule(), posted, '2026-11-18T08:00:00Z')).toEqual(['11-16 posted 11-09–11-16'])
    expect(brief(aSchedule(), posted, '2026-11-18T08:00:01Z')).toEqual(['11-16 merged 11-09–11-09'])
  })

  test('is nothing of before the schedule was changed, and the next slot reaches back to the last digest', () => {
    const changed = aSchedule({ day: 2, createdAt: '2026-11-11T12:00:00Z' })
    expect(brief(changed, posted, '2026-11-11T12:20:00Z')).toEqual([])
    expect(brief(changed, posted, '2026-11-17T08:00:00Z')).toEqual(['11-17 posted 11-09–11-17'])
  })

  test('is nothing while paused, and the next slot once resumed, one cadence back', () => {
    const pause = { since: '2026-11-10T00:00:00Z', until: '2026-12-01T00:00:00Z', by: { id: 'ada', name: 'Ada' } }
    expect(brief(aSchedule(), posted, '2026-11-30T09:00:00Z', { pause })).toEqual([])
    expect(brief(aSchedule(), posted, '2026-12-02T09:00:00Z', { pause })).toEqual([])
    expect(brief(aSchedule(), posted, '2026-12-07T09:00:00Z', { pause })).toEqual(['12-07 posted 11-30–12-07'])
    expect(brief(aSchedule(), undefined, '2026-12-07T09:00:00Z', { pause })).toEqual(['12-07 posted 11-30–12-07'])
  })

  test('is the next slot once the platform takes posts again, back to the last digest', () => {
    const resumed = { resumedAt: '2026-12-01T00:00:00Z' }
    expect(brief(aSchedule(), posted, '2026-12-02T09:00:00Z', resumed)).toEqual([])
    expect(brief(aSchedule(), posted, '2026-12-07T09:00:00Z', resumed)).toEqual(['12-07 posted 11-09–12-07'])
    const schedule = aSchedule({ createdAt: '2026-11-12T00:00:00Z' })
    expect(brief(schedule, undefined, '2026-12-07T09:00:00Z', resumed)).toEqual(['12-07 posted 11-12–12-07'])
  })

  test('is nothing while paused without an end, or while the platform refuses posts', () => {
    const since = { since: '2026-11-10T00:00:00Z' }
    const pause = { ...since, by: { id: 'ada', name: 'Ada' } }
    expect(brief(aSchedule(), posted, '2026-12-07T09:00:00Z', { pause })).toEqual([])
    const suspension = { ...since, why: 'forbidden', message: 'no' } as const
    expect(brief(aSchedule(), posted, '2026-12-07T09:00:00Z', { suspension })).toEqual([])
  })
})
