// One thread of slots.ts: its share of the zones, with all schedules.
import { seededRandom } from '#bench/corpus.ts'
import type { Schedule } from '#core/schedule.ts'
import { nextSlot, slotsBetween } from '#digests/schedule.ts'
import { digestsTold } from './digests-told.ts'
import type { Found } from './found.ts'
import { instant, recorded, type Verdict, type ZonedRule } from './slots-recorded.ts'
import { answer, type Share } from './threads.ts'
import { instantOf, offsetsOf, ZONES } from './zones.ts'

const FROM = Date.UTC(2010, 0, 1)
const UNTIL = Date.UTC(2020, 0, 1)
const DAY = 24 * 60 * 60_000

const YEAR = 365 * DAY
/** How many moments' next slots are looked at, and every how many schedules go through real passes. */
const MOMENTS = 50
const TOLD = 10

type Rule = Pick<Schedule, 'frequency' | 'day' | 'time'>

const RULES: readonly Rule[] = [
  ...['02:30', '00:00', '23:59', '01:30', '03:00', '12:00', '00:30'].map((time): Rule => ({ frequency: 'daily', day: 1, time })),
  { frequency: 'weekly', day: 7, time: '02:30' },
  { frequency: 'weekly', day: 7, time: '00:00' },
  { frequency: 'weekly', day: 6, time: '23:59' },
  { frequency: 'weekly', day: 5, time: '00:00' },
  { frequency: 'weekly', day: 5, time: '02:30' },
  { frequency: 'weekly', day: 1, time: '09:00' },
  { frequency: 'monthly', day: 31, time: '02:30' },
  { frequency: 'monthly', day: 31, time: '00:00' },
  { frequency: 'monthly', day: 30, time: '23:59' },
  { frequency: 'monthly', day: 29, time: '12:00' },
  { frequency: 'monthly', day: 28, time: '02:00' },
  { frequency: 'monthly', day: 1, time: '00:00' },
  { frequency: 'monthly', day: 26, time: '02:30' },
]

await answer(async ({ firstSeed, step, tries }: Share): Promise<Found> => {
  const found = { tried: 0, lost: 0, twice: 0, corrupt: 0, wrong: [] as string[] }
  for (let nth = 0; nth < tries; nth++) {
    const at = firstSeed - 1 + nth * step
    const zone = ZONES[at % ZONES.length] ?? 'UTC'
    const spans = offsetsOf(zone, FROM - DAY, UNTIL + DAY)
    for (const [which, of] of RULES.entries()) {
      const rule = { ...of, zone }
      const random = seededRandom(at * RULES.length + which)
      const expected = slotsOf(rule, spans)
      const verdicts = [computed(rule, expected, random), recorded(rule, expected, [FROM, UNTIL], random)]
      const { end = FROM + YEAR } = spans[Math.floor(random() * (spans.length - 1))] ?? {}
      if (which % TOLD === at % TOLD) verdicts.push(await digestsTold(rule, expected, Math.max(end, FROM + YEAR), random))
      for (const { lost, twice, wrong } of verdicts) {
        found.lost += lost
        found.twice += twice
        found.wrong.push(...wrong.map((one) => `${zone}, ${of.frequency} ${of.day} ${of.time}: ${one}`))
      }
      found.tried += expected.length
    }
  }
  return found
})

/** What schedule.ts makes of the whole time, and of some moments of it. */
function computed(rule: ZonedRule, expected: readonly number[], random: () => number): Verdict {
  const slots = slotsBetween(rule, instant(FROM - 1), instant(UNTIL - 1)).map(({ epochMilliseconds }) => epochMilliseconds)
  const found = new Set(slots)
  const known = new Set(expected)
  const missing = expected.filter((at) => !found.has(at))
  const strange = slots.filter((at, nth) => !known.has(at) || at === slots[nth - 1])
  const moments = Array.from({ length: MOMENTS }, () => FROM + Math.floor(random() * (UNTIL - FROM - YEAR)))
  const astray = moments.filter((now) => {
    return nextSlot(rule, instant(now)).epochMilliseconds !== expected.find((at) => at > now)
  })
  return {
    lost: missing.length + astray.length,
    twice: strange.length,
    wrong: [
      ...missing.map((at) => `${instant(at)} is missing`),
      ...strange.map((at) => `${instant(at)} is no slot`),
      ...astray.map((now) => `what comes after ${instant(now)} is wrong`),
    ],
  }
}

/** All slots in [FROM, UNTIL), by walking through the calendar; what falls on one moment is one. */
function slotsOf({ frequency, day, time }: ZonedRule, spans: ReturnType<typeof offsetsOf>): number[] {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const slots = new Set<number>()
  for (let date = FROM - 3 * DAY; date < UNTIL + 3 * DAY; date += DAY) {
    const on = new Date(date)
    const length = new Date(Date.UTC(on.getUTCFullYear(), on.getUTCMonth() + 1, 0)).getUTCDate()
    const isDay = {
      daily: true,
      weekly: (on.getUTCDay() || 7) === day,
      monthly: on.getUTCDate() === Math.min(day, length),
    }[frequency]
    if (isDay) slots.add(instantOf(date + (hours * 60 + minutes) * 60_000, spans))
  }
  return [...slots].filter((at) => at >= FROM && at < UNTIL).sort((a, b) => a - b)
}
