// The options of the digest commands: a day, a time, a zone and a template, read from what people type.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { LAST_DAY, WEEKDAYS } from './slot-words.ts'
import { readWallTime } from './wall-time.ts'
import { resolveZone } from './zone.ts'

const DAY_OF_MONTH = /^(?:day\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?$/i

export const weekday = z.enum(WEEKDAYS).default('monday').meta({ description: 'The weekday; Monday unless given' })

export const dayOfMonth = z
  .string()
  .transform((text, context) => {
    const day = text.trim().toLowerCase() === 'last' ? LAST_DAY : Number(DAY_OF_MONTH.exec(text.trim())?.[1] ?? Number.NaN)
    if (day >= 1 && day <= LAST_DAY) return day
    context.addIssue({
      code: 'custom',
      message: `“${text.slice(0, 60)}” is not a day of the month: it is a number from 1 to 31, or last.`,
    })
    return z.NEVER
  })
  .optional()
  .meta({ description: 'The day of the month, 1 to 31 or last; the first unless given' })

export const time = z
  .string()
  .transform((text, context) => {
    const wallTime = readWallTime(text.trim())
    if (wallTime !== undefined) return wallTime
    context.addIssue({ code: 'custom', message: `“${text.slice(0, 60)}” is not a time: it is written like 09:00 or 17:30.` })
    return z.NEVER
  })
  .optional()
  .meta({ description: 'The time of day; 09:00 unless given' })

export const zone = z
  .string()
  .transform((text, context) => {
    try {
      return resolveZone(text)
    } catch (error) {
      if (!(error instanceof UserInputError)) throw error
      context.addIssue({ code: 'custom', message: [error.message, error.hint].join(' ') })
      return z.NEVER
    }
  })
  .optional()
  .meta({ description: 'The time zone, for example Europe/Berlin; yours where it is known' })

export const empty = z
  .enum(['skip', 'line'])
  .optional()
  .meta({ description: 'A digest without papers: skip it, or post a line that says so; as before, else skip, unless given' })

export const template = z.string().optional().meta({ description: 'The template; as before, else “digest”, unless given' })

export const templateToTry = z
  .string()
  .optional()
  .meta({ description: 'A template to try out; that of the digest here unless given' })
