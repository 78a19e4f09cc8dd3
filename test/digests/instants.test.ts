import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earliest, isBefore, isTooEarly } from '#digests/instants.ts'

const instants = fc
  .bigInt({ min: -(10n ** 18n), max: 4n * 10n ** 18n })
  .chain((nanoseconds) => fc.constantFrom(1n, 1000n, 10n ** 6n, 10n ** 9n).map((unit) => (nanoseconds / unit) * unit))
  .map((nanoseconds) => Temporal.Instant.fromEpochNanoseconds(nanoseconds).toString())

test('instants are compared by time, whatever fractions of a second they carry', () => {
  fc.assert(fc.property(instants, instants, (a, b) => isBefore(a, b) === Temporal.Instant.compare(a, b) < 0))
  expect(isBefore('2026-11-25T10:00:00Z', '2026-11-25T10:00:00.5Z')).toBe(true)
  expect(isBefore('2026-11-25T10:00:00.5Z', '2026-11-25T10:00:00Z')).toBe(false)
  expect(isBefore('2026-11-25T12:00:00+02:00', '2026-11-25T10:00:00+00:00')).toBe(false)
})

test('the earliest of many is the first of them in time', () => {
  fc.assert(fc.property(fc.array(instants), (all) => earliest(all) === all.toSorted(Temporal.Instant.compare)[0]))
})

test('what is to wait waits, but for what a clock said that was put back since', () => {
  const now = Temporal.Instant.from('2026-11-25T10:00:00Z')
  expect(isTooEarly(now, '2026-11-25T10:00:01Z', '2026-11-25T09:00:00Z')).toBe(true)
  expect(isTooEarly(now, '2026-11-25T10:00:01Z', undefined)).toBe(true)
  expect(isTooEarly(now, '2026-11-25T10:00:00Z', '2026-11-25T09:00:00Z')).toBe(false)
  expect(isTooEarly(now, '2027-11-25T10:00:00Z', '2027-11-25T09:00:00Z')).toBe(false)
  expect(isTooEarly(now, undefined, '2027-11-25T09:00:00Z')).toBe(false)
})
