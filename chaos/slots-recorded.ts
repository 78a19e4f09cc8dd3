// Ticks that come at any time against a schedule: late, in leaps, after an outage, with the clock set back. Each slot is to be
// recorded once, and the windows of what is posted are to follow each other without a gap.
import type { Schedule, Slot } from '#core/schedule.ts'
import { slotsDue } from '#digests/digests-due.ts'

export interface Verdict {
  readonly lost: number
  readonly twice: number
  readonly wrong: readonly string[]
}

export type ZonedRule = Pick<Schedule, 'frequency' | 'day' | 'time' | 'zone'>

const HOUR = 3_600_000
/** In hours, each as often as it stands here: the next tick soon or some days later, an outage, the clock set back. */
const LEAPS = [
  [0.3, 0.4],
  [0.3, 0.4],
  [1, 12],
  [1, 72],
  [1, 72],
  [1, 72],
  [12, 72],
  [12, 72],
  [72, 1500],
  [-2, 0],
] as const

export function scheduleOf(rule: ZonedRule, createdAt: string): Schedule {
  return {
    ...rule,
    id: 'S',
    destination: { platform: 'terminal', workspace: 'local', channel: 'terminal' },
    template: 'digest',
    whenEmpty: 'skip',
    owner: { id: 'ada', name: 'Ada' },
    createdAt,
  }
}

/** The next tick after one at `now`; milliseconds. */
export function leap(now: number, random: () => number): number {
  const [from, to] = LEAPS[Math.floor(random() * LEAPS.length)] ?? [1, 2]
  return now + Math.round((from + random() * (to - from)) * HOUR)
}

/** `expected`: all slots in [from, until), milliseconds. */
export function recorded(
  rule: ZonedRule,
  expected: readonly number[],
  span: readonly [number, number],
  random: () => number,
): Verdict {
  const [from, until] = span
  const schedule = scheduleOf(rule, instant(from - 1).toString())
  const slots = new Map<number, Slot>()
  let twice = 0
  let last: Slot | undefined
  const posted: Slot[] = []
  for (let now = from; now < until; now = leap(now, random)) tickAt(now)
  tickAt(until - 1)
  const gaps = posted.filter(({ from }, at) => at > 0 && from !== posted[at - 1]?.to)
  const late = posted.filter(({ at, to }) => at !== to)
  const known = new Set(expected)
  const missing = expected.filter((at) => !slots.has(at))
  const strange = [...slots.keys()].filter((at) => !known.has(at))
  return {
    lost: missing.length,
    twice: twice + strange.length,
    wrong: [
      ...missing.map((at) => `the slot ${instant(at)} was not recorded`),
      ...strange.map((at) => `${instant(at)} is no slot`),
      ...gaps.map(({ from }) => `the window from ${from} does not begin where the one before ended`),
      ...late.map(({ at, to }) => `the window of ${at} ends at ${to}`),
    ],
  }

  function tickAt(now: number): void {
    const due = slotsDue(schedule, {}, last, instant(now))
    for (const slot of due) {
      const at = Temporal.Instant.from(slot.at).epochMilliseconds
      if (slots.has(at)) twice++
      slots.set(at, slot)
      if (slot.outcome === 'posted') posted.push(slot)
    }
    last = due.at(-1) ?? last
  }
}

export function instant(milliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds)
}
