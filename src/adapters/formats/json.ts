// Foreign JSON, field by field: what has the wrong type is as if it were not there.
import { folded } from './record.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Beyond this many values a list is hostile or no list of a paper's. */
const MOST_VALUES = 100_000

export function jsonFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** White space folded; undefined where nothing is left. */
export function jsonText(value: unknown): string | undefined {
  return typeof value === 'string' ? folded(value) : undefined
}

export function jsonList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : []
}

/** The texts of a list. */
export function jsonTexts(value: unknown): string[] {
  return jsonList(value).flatMap((one) => jsonText(one) ?? [])
}

/** The objects of a list. */
export function jsonObjects(value: unknown): Fields[] {
  return jsonList(value).flatMap((one): readonly Fields[] => {
    const fields = jsonFields(one)
    return fields === undefined ? [] : [fields]
  })
}

/** A whole number from 0 on. */
export function jsonCount(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

/** A web address. */
export function jsonLink(value: unknown): string | undefined {
  const text = jsonText(value)
  return text !== undefined && URL.canParse(text) && text.startsWith('http') ? text : undefined
}
