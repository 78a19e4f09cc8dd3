import { expect, test } from 'vitest'
import { isoInstant, mailDate, monthNumber, publicationDate } from '#adapters/formats/dates.ts'

test('turns instants of any zone into UTC to the second', () => {
  expect(isoInstant('2024-01-01T00:00:00-05:00')).toBe('2024-01-01T05:00:00Z')
  expect(isoInstant('2025-08-20T04:00:19.866337+00:00')).toBe('2025-08-20T04:00:19Z')
  expect(isoInstant('2024-01-01T00:00:00')).toBeUndefined()
  expect(isoInstant('2024-02-30T00:00:00Z')).toBeUndefined()
})

test('keeps the wall day of a mail date beside its instant', () => {
  expect(mailDate('Thu, 24 Sep 2026 00:00:00 -0400')).toEqual({ instant: '2026-09-24T04:00:00Z', day: '2026-09-24' })
  expect(mailDate('Fri, 21 Nov 2008 22:55:07 GMT')).toEqual({ instant: '2008-11-21T22:55:07Z', day: '2008-11-21' })
  expect(mailDate('9 Apr 2009 2:45 UT')?.instant).toBe('2009-04-09T02:45:00Z')
  for (const wrong of ['', 'yesterday', 'Fri, 31 Feb 2008 22:55:07 GMT', undefined]) expect(mailDate(wrong)).toBeUndefined()
})

test('takes publication dates as exact as they are, and none that does not exist', () => {
  for (const date of ['2024', '2024-02', '2024-02-29']) expect(publicationDate(date)).toBe(date)
  for (const wrong of ['2023-02-29', '2024-13', '24', 'n.d.', '', undefined]) expect(publicationDate(wrong)).toBeUndefined()
})

test('knows months by their English names', () => {
  expect([monthNumber('mar'), monthNumber('September'), monthNumber('Brumaire')]).toEqual([3, 9, undefined])
})
