import fc from 'fast-check'
import { expect, test } from 'vitest'
import { announcementDays, arxivDay, daysAfter, firstAnnounced, publicAt } from '#core/announcement-days.ts'

const at = (text: string) => Temporal.Instant.from(text)

test('the day is that of New York, in summer and in winter', () => {
  expect(arxivDay(at('2026-07-02T03:59:59Z'))).toBe('2026-07-01')
  expect(arxivDay(at('2026-07-02T04:00:00Z'))).toBe('2026-07-02')
  expect(arxivDay(at('2026-12-02T04:59:59Z'))).toBe('2026-12-01')
})

test('announcements are dated from Monday to Friday', () => {
  expect(announcementDays('2026-11-19', '2026-11-24')).toEqual(['2026-11-20', '2026-11-23', '2026-11-24'])
  expect(announcementDays('2026-11-20', '2026-11-22')).toEqual([])
})

test.each([
  ['before the deadline on a Monday', '2026-11-16T18:59:59Z', '2026-11-17'],
  ['after it', '2026-11-16T19:00:00Z', '2026-11-18'],
  ['before the deadline on a Friday', '2026-11-20T18:00:00Z', '2026-11-23'],
  ['after it', '2026-11-20T19:00:00Z', '2026-11-24'],
  ['on a Sunday', '2026-11-22T12:00:00Z', '2026-11-24'],
  ['on a day without an hour', '2026-11-16', '2026-11-18'],
])('what was submitted %s is announced under the next date: %s → %s', (_, submitted, day) => {
  expect(firstAnnounced(submitted)).toBe(day)
})

test('of a month nobody can tell', () => {
  expect(firstAnnounced('2026-11')).toBeUndefined()
})

test('an announcement is public on the evening before its date', () => {
  expect(publicAt('2026-11-23').toString()).toBe('2026-11-23T01:00:00Z')
})

test('whatever is submitted when is announced on a day of announcements, after it and within five days', () => {
  const first = at('2024-01-01T00:00:00Z').epochMilliseconds
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 * 365 * 86_400 }), (seconds) => {
      const submitted = Temporal.Instant.fromEpochMilliseconds(first + seconds * 1000)
      const day = firstAnnounced(submitted.toString()) ?? ''
      expect(announcementDays(daysAfter(day, -1), day)).toEqual([day])
      const wait = submitted.until(publicAt(day)).total('hours')
      expect(wait).toBeGreaterThan(5)
      expect(wait).toBeLessThan(4 * 24)
    }),
  )
})
