import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRateLimit } from '#core/rate-limit.ts'

const START = Temporal.Instant.from('2026-11-22T09:00:00Z')

function aLimit() {
  let now = START
  const limit = createRateLimit({ now: () => now })
  return {
    ask: (person = 'ada', workspace = 'T1') => limit({ destination: { platform: 'slack', workspace }, person: { id: person } }),
    pass(milliseconds: number) {
      now = now.add({ milliseconds })
    },
  }
}

/** How many of so many questions at once are answered. */
const answered = (ask: () => number, times: number) =>
  Array.from({ length: times }, () => ask()).filter((wait) => wait === 0).length

test('120 questions at once are answered, then two a second', () => {
  const { ask, pass } = aLimit()
  expect(answered(ask, 200)).toBe(120)
  expect(ask()).toBe(1)
  pass(500)
  expect(answered(ask, 5)).toBe(1)
  pass(10_000)
  expect(answered(ask, 50)).toBe(20)
  pass(3_600_000)
  expect(answered(ask, 200)).toBe(120)
})

test('each person has a limit of their own, in each workspace', () => {
  const { ask } = aLimit()
  expect(answered(ask, 130)).toBe(120)
  expect([ask('grace'), ask('ada', 'T2'), ask()]).toEqual([0, 0, 1])
})

test('a clock that is put back takes nothing away, and gives nothing twice', () => {
  const { ask, pass } = aLimit()
  expect(answered(ask, 119)).toBe(119)
  pass(-60_000)
  expect([ask(), ask()]).toEqual([0, 1])
})

test('the memory has an end: whoever asked nothing for longest is forgotten', () => {
  const { ask } = aLimit()
  answered(() => ask('ada'), 121)
  for (let person = 0; person < 9_999; person++) ask(`person ${person}`)
  expect(ask('ada')).toBe(1)
  for (let person = 0; person < 10_000; person++) ask(`another ${person}`)
  expect(ask('ada')).toBe(0)
})

test('in no time is more answered than the burst and two a second', () => {
  const step = fc.record({ wait: fc.integer({ min: 0, max: 5_000 }), questions: fc.integer({ min: 0, max: 60 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { ask, pass } = aLimit()
      let seconds = 0
      let said = 0
      for (const { wait, questions } of steps) {
        pass(wait)
        seconds += wait / 1000
        said += answered(ask, questions)
        expect(said).toBeLessThanOrEqual(120 + seconds * 2 + 1e-6)
      }
    }),
  )
})

test('after the time that it names, a question is answered', () => {
  const { ask, pass } = aLimit()
  answered(ask, 120)
  pass(ask() * 1000)
  expect(ask()).toBe(0)
})
