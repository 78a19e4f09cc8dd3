import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { momentOf } from '#core/commands/moment.ts'
import { UserInputError } from '#core/errors.ts'

/** Wednesday, 25 November 2026, 10:30 in Berlin. */
const now = Temporal.Instant.from('2026-11-25T09:30:00Z')
const zone = 'Europe/Berlin'
const ahead = (text: string) => momentOf(text, 'ahead', { now, zone }).toString()
const back = (text: string) => momentOf(text, 'back', { now, zone }).toString()

describe('ahead of now', () => {
  test.each([
    ['2026-12-24', '2026-12-23T23:00:00Z'],
    ['2026-12-24 08:00', '2026-12-24T07:00:00Z'],
    ['2026-12-24T08:00', '2026-12-24T07:00:00Z'],
    ['2026-12-24T08:00:00Z', '2026-12-24T08:00:00Z'],
    ['2026-12-24T08:00:00-05:00', '2026-12-24T13:00:00Z'],
    ['2 weeks', '2026-12-09T09:30:00Z'],
    ['in two', undefined],
    ['10d', '2026-12-05T09:30:00Z'],
    ['for a month', '2026-12-25T09:30:00Z'],
    ['3 hours', '2026-11-25T12:30:00Z'],
    ['90 min', '2026-11-25T11:00:00Z'],
    ['tomorrow', '2026-11-25T23:00:00Z'],
    ['tomorrow 9am', '2026-11-26T08:00:00Z'],
    ['monday', '2026-11-29T23:00:00Z'],
    ['until next Mon at 9:00', '2026-11-30T08:00:00Z'],
    ['wednesday', '2026-12-01T23:00:00Z'],
    ['wednesday 18:00', '2026-11-25T17:00:00Z'],
    ['2026-02-30', undefined],
    ['monday 25:00', undefined],
    ['whenever', undefined],
    ['d', undefined],
    ['mo', undefined],
    ['constructor', undefined],
  ])('“%s” is %s', (text, expected) => {
    if (expected === undefined) expect(() => ahead(text)).toThrow(/is not a time/)
    else expect(ahead(text)).toBe(expected)
  })

  test.each(['yesterday', 'today', '2026-11-25', '2020-01-01', '0 days', 'tuesday 2020'])('“%s” is refused', (text) =>
    expect(() => ahead(text)).toThrow(UserInputError),
  )

  test.each(['9999 years', '9999-12-31'])('“%s” is too far from now', (text) => expect(() => ahead(text)).toThrow(/too far/))

  test('a day whose midnight is left out begins where it begins', () => {
    const santiago = { now: Temporal.Instant.from('2026-09-01T12:00:00Z'), zone: 'America/Santiago' }
    expect(momentOf('2026-09-06', 'ahead', santiago).toString()).toBe('2026-09-06T04:00:00Z')
  })
})

describe('back from now', () => {
  test.each([
    ['2026-11-01', '2026-10-31T23:00:00Z'],
    ['2 weeks', '2026-11-11T09:30:00Z'],
    ['2 weeks ago', '2026-11-11T09:30:00Z'],
    ['since last week', '2026-11-18T09:30:00Z'],
    ['the last 10 days', '2026-11-15T09:30:00Z'],
    ['yesterday', '2026-11-23T23:00:00Z'],
    ['today', '2026-11-24T23:00:00Z'],
    ['monday', '2026-11-22T23:00:00Z'],
    ['wednesday', '2026-11-24T23:00:00Z'],
    ['wednesday 18:00', '2026-11-18T17:00:00Z'],
    ['friday', '2026-11-19T23:00:00Z'],
  ])('“%s” is %s', (text, expected) => expect(back(text)).toBe(expected))

  test('what is ahead is refused', () => expect(() => back('2026-11-26')).toThrow(/is not past/))
})

test('any text is a moment on the side that was asked for, or a UserInputError', () => {
  const piece = fc.constantFrom(
    '2026-12-24',
    'monday',
    '2',
    '9999',
    'weeks',
    'years',
    'd',
    'next',
    'ago',
    'at',
    '9:00',
    'Z',
    '-',
    't',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(' ')),
  )
  fc.assert(
    fc.property(texts, fc.constantFrom('ahead' as const, 'back' as const), (text, way) => {
      try {
        const side = Temporal.Instant.compare(momentOf(text, way, { now, zone }), now)
        expect(side).toBe(way === 'ahead' ? 1 : -1)
      } catch (error) {
        expect(error).toBeInstanceOf(UserInputError)
      }
    }),
    { numRuns: 1000 },
  )
})
