// The options of `quiet`, read from what people type: hours as `22:00-08:00`, days as `sat,sun`, `weekend` or `mon-fri`.
import { z } from 'zod'
import { WEEKDAYS } from './slot-words.ts'
import { readWallTime } from './wall-time.ts'

const MIDNIGHT = '24:00'
const TO = /-|–|—|\bto\b|\buntil\b/
const BETWEEN_DAYS = /[\s,;&+]+/
const RANGE = /^([a-z]+)[-–]([a-z]+)$/
const NAMED: Readonly<Record<string, readonly number[]>> = {
  none: [],
  weekend: [6, 7],
  weekends: [6, 7],
  weekday: [1, 2, 3, 4, 5],
  weekdays: [1, 2, 3, 4, 5],
}

/** Wall times `HH:MM`; equal where there are none. */
export interface Hours {
  readonly from: string
  readonly to: string
}

export const NO_HOURS: Hours = { from: '00:00', to: '00:00' }

export const hours = z
  .string()
  .transform((text, context): Hours | 'off' | readonly number[] => {
    const lower = text.trim().toLowerCase()
    if (lower === 'off') return 'off'
    const read = readHours(lower) ?? readDays(lower)
    if (read !== undefined) return read
    context.addIssue({
      code: 'custom',
      message: `“${text.slice(0, 60)}” are no hours: they are written like 22:00-08:00, or off.`,
    })
    return z.NEVER
  })
  .optional()
  .meta({ description: 'From when to when no alert comes, for example 22:00-08:00; none, or off for no quiet at all' })

export const days = z
  .string()
  .transform((text, context): readonly number[] => {
    const read = readDays(text.trim().toLowerCase())
    if (read !== undefined) return read
    context.addIssue({
      code: 'custom',
      message: `“${text.slice(0, 60)}” are no days: they are written like sat,sun or mon-fri, or weekend, or none.`,
    })
    return z.NEVER
  })
  .optional()
  .meta({ description: 'Days on which no alert comes at all: sat,sun, mon-fri, weekend or none' })

/** Undefined where the text is none. */
function readHours(text: string): Hours | undefined {
  if (text === 'none') return NO_HOURS
  const [from, to, ...more] = text.split(TO).map((time) => (time.trim() === MIDNIGHT ? '00:00' : readWallTime(time.trim())))
  return from === undefined || to === undefined || more.length > 0 || from === to ? undefined : { from, to }
}

/** 1 = Monday … 7 = Sunday, in order; undefined where a word is no day. */
function readDays(text: string): readonly number[] | undefined {
  const words = text.replaceAll(' - ', '-').split(BETWEEN_DAYS)
  const read = words.filter((word) => word !== 'and').map(daysOf)
  if (read.some((part) => part === undefined)) return undefined
  return [...new Set(read.flatMap((part) => part ?? []))].sort((a, b) => a - b)
}

function daysOf(word: string): readonly number[] | undefined {
  if (Object.hasOwn(NAMED, word)) return NAMED[word]
  const [, first = word, last = first] = RANGE.exec(word) ?? []
  const [begin, end] = [dayOf(first), dayOf(last)]
  if (begin === 0 || end === 0) return undefined
  return Array.from({ length: ((end - begin + 7) % 7) + 1 }, (_, at) => ((begin - 1 + at) % 7) + 1)
}

/** 0 where no weekday alone begins so; `s` behind it is forgiven. */
function dayOf(word: string): number {
  const singular = word.endsWith('days') ? word.slice(0, -1) : word
  return singular.length < 2 ? 0 : WEEKDAYS.findIndex((name) => name.startsWith(singular)) + 1
}
