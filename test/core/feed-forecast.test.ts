import { expect, test } from 'vitest'
import { feedForecast } from '#core/feed-forecast.ts'
import { aRecord } from '#test/builders.ts'

const NOW = Temporal.Instant.from('2026-11-28T12:00:00Z')
const dated = (...days: readonly (string | undefined)[]) =>
  days.map((published) => {
    const { published: _, ...undated } = aRecord()
    return published === undefined ? undated : { ...undated, published }
  })

test('counts the entries of the last 28 days', () => {
  const records = dated('2026-11-28', '2026-11-28T03:00:00Z', '2026-11-02', '2026-11-01', '2026-10-31', '2020-01-01')
  expect(feedForecast(records, NOW)).toEqual({ perWeek: 1, busiestDay: 2, latest: '2026-11-28' })
})

test('counts a week by the days that the feed reaches back', () => {
  const records = dated('2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25')
  expect(feedForecast(records, NOW)).toEqual({ perWeek: 7, busiestDay: 1, latest: '2026-11-28' })
})

test('expects nothing of a feed whose last entry is long ago, and foretells nothing without dates', () => {
  expect(feedForecast(dated('2024-05-01'), NOW)).toEqual({ perWeek: 0, busiestDay: 0, latest: '2024-05-01' })
  for (const records of [[], dated(undefined), dated('2026', '2026-11')]) {
    expect(feedForecast(records, NOW)).toEqual({ perWeek: null, busiestDay: 0 })
  }
})
