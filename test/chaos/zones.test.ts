import { expect, test } from 'vitest'
import { instantOf, offsetsOf, ZONES } from '#chaos/zones.ts'

const FROM = Date.UTC(2011, 0, 1)
const UNTIL = Date.UTC(2020, 0, 1)

test.each([
  ['a plain time', 'Asia/Kathmandu', '2015-05-05T02:30', '2015-05-04T20:45'],
  ['a time that the clocks leave out', 'Europe/Berlin', '2019-03-31T02:30', '2019-03-31T01:00'],
  ['a time that comes twice', 'Europe/Berlin', '2019-10-27T02:30', '2019-10-27T00:30'],
  ['half an hour that is left out', 'Australia/Lord_Howe', '2018-10-07T02:15', '2018-10-06T15:30'],
  ['a midnight that is left out', 'America/Sao_Paulo', '2017-10-15T00:00', '2017-10-15T03:00'],
  ['a day that is left out', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00'],
])('knows when %s is in %s', (_, zone, wall, instant) => {
  const spans = offsetsOf(zone, FROM, UNTIL)
  expect(new Date(instantOf(Date.parse(`${wall}Z`), spans)).toISOString()).toBe(`${instant}:00.000Z`)
})

test('has fifty zones', () => {
  expect(new Set(ZONES).size).toBe(50)
})
