import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAlwaysQuiet, isQuiet, quietUntil } from '#core/quiet.ts'
import type { Quiet } from '#core/settings.ts'

const at = (text: string) => Temporal.Instant.from(text)
const NIGHT: Quiet = { from: '22:00', to: '08:00', days: [], zone: 'Europe/Berlin' }
const NONE = { from: '00:00', to: '00:00' }

describe('quiet hours', () => {
  test.each([
    ['2026-11-25T20:59:59Z', false],
    ['2026-11-25T21:00:00Z', true],
    ['2026-11-26T03:00:00Z', true],
    ['2026-11-26T06:59:59.999999999Z', true],
    ['2026-11-26T07:00:00Z', false],
  ])('over midnight: at %s it is quiet: %s', (now, expected) => {
    expect(isQuiet(NIGHT, at(now))).toBe(expected)
  })

  test('within a day', () => {
    const lunch = { ...NIGHT, from: '12:00', to: '13:00', zone: 'UTC' }
    expect(['11:59', '12:00', '12:59', '13:00'].map((time) => isQuiet(lunch, at(`2026-11-25T${time}:00Z`)))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  test('with equal times are none', () => {
    expect(isQuiet({ ...NIGHT, ...NONE }, at('2026-11-25T00:00:00Z'))).toBe(false)
    expect(isQuiet({ ...NIGHT, from: '09:00', to: '09:00' }, at('2026-11-25T08:00:00Z'))).toBe(false)
  })

  test('end in the morning, and at once where it is not quiet', () => {
    expect(quietUntil(NIGHT, at('2026-11-25T21:30:00Z')).toString()).toBe('2026-11-26T07:00:00Z')
    expect(quietUntil(NIGHT, at('2026-11-25T12:34:56Z')).toString()).toBe('2026-11-25T12:34:56Z')
  })
})

describe('quiet days', () => {
  const weekend: Quiet = { ...NIGHT, days: [6, 7] }

  test('are quiet from their midnight to the next, and the night after them too', () => {
    expect(isQuiet(weekend, at('2026-11-28T12:00:00Z'))).toBe(true)
    // Friday night to Monday morning.
    expect(quietUntil(weekend, at('2026-11-27T21:00:00Z')).toString()).toBe('2026-11-30T07:00:00Z')
  })

  test('without hours end at midnight', () => {
    const days: Quiet = { ...NONE, days: [6, 7], zone: 'Europe/Berlin' }
    expect(quietUntil(days, at('2026-11-28T12:00:00Z')).toString()).toBe('2026-11-29T23:00:00Z')
  })

  test('all seven are always quiet, and taken to last eight days', () => {
    const always: Quiet = { ...NONE, days: [1, 2, 3, 4, 5, 6, 7], zone: 'UTC' }
    expect([isAlwaysQuiet(always), isAlwaysQuiet(weekend)]).toEqual([true, false])
    expect(quietUntil(always, at('2026-11-25T12:00:00Z')).toString()).toBe('2026-12-03T12:00:00Z')
  })
})

describe('where clocks change', () => {
  test('an end that spring leaves out is the change itself', () => {
    const quiet = { ...NIGHT, to: '02:30' }
    expect(quietUntil(quiet, at('2026-03-28T23:00:00Z')).toString()).toBe('2026-03-29T01:00:00Z')
  })

  test('an end that autumn repeats comes at its first time, and the repeated hour is quiet again', () => {
    const quiet = { ...NIGHT, to: '02:30' }
    expect(quietUntil(quiet, at('2026-10-24T22:00:00Z')).toString()).toBe('2026-10-25T00:30:00Z')
    expect(isQuiet(quiet, at('2026-10-25T01:15:00Z'))).toBe(true)
    expect(quietUntil(quiet, at('2026-10-25T01:15:00Z')).toString()).toBe('2026-10-25T01:30:00Z')
  })

  test('a beginning that autumn repeats is left by the change', () => {
    const quiet = { ...NIGHT, from: '02:30', to: '03:30' }
    expect(quietUntil(quiet, at('2026-10-25T00:45:00Z')).toString()).toBe('2026-10-25T01:00:00Z')
  })

  test('a day that a zone left out ends nothing', () => {
    const samoa: Quiet = { ...NONE, days: [4], zone: 'Pacific/Apia' }
    expect(quietUntil(samoa, at('2011-12-30T00:00:00Z')).toString()).toBe('2011-12-30T10:00:00Z')
  })
})

const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const quiets = fc.record({
  from: times,
  to: times,
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
  zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC'),
})
const instants = fc
  .integer({ min: 1_577_836_800, max: 1_893_456_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))

describe('the end of quiet', () => {
  test('is not quiet, and everything from now to it is', () => {
    fc.assert(
      fc.property(quiets, instants, fc.double({ min: 0, max: 1, noNaN: true }), (quiet, now, share) => {
        const end = quietUntil(quiet, now)
        const between = Number(end.epochNanoseconds - now.epochNanoseconds)
        expect(between).toBeGreaterThanOrEqual(0)
        expect(isQuiet(quiet, end)).toBe(false)
        if (between === 0) return
        const inside = now.epochNanoseconds + BigInt(Math.floor(between * share * 0.999))
        expect(isQuiet(quiet, Temporal.Instant.fromEpochNanoseconds(inside))).toBe(true)
        expect(isQuiet(quiet, end.subtract({ nanoseconds: 1 }))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
