// Foreign JSON, field by field: what has the wrong type is as if it were not there.
import { folded } from './record.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Beyond this many values a list is hostile or no list of a paper's. */
const MOST_VALUES = 100_000
/** The same of a text, and of one that names something: a person, a place, a day, an id. In characters. */
const LONGEST_TEXT = 100_000
const LONGEST_LABEL = 500
const LONGEST_LINK = 2000

/** A text that is no longer is parsed before anybody notices, whatever is in it. */
const HARMLESS = 20_000
/** Lists and objects within each other, and all in all. */
const DEEPEST = 64
const MOST_OPENED = 400_000
const [QUOTE, ESCAPE, LIST, LIST_END, OBJECT, OBJECT_END] = [...'"\\[]{}'].map((sign) => sign.charCodeAt(0))

/**
 * As JSON.parse. Throws SyntaxError too where the text nests more deeply, or holds more lists and objects, than any answer does: they
 * would hold everybody up for half a second.
 */
export function parseJson(text: string): unknown {
  if (text.length > HARMLESS && isTooMuch(text)) throw new SyntaxError('more than any answer holds')
  return JSON.parse(text)
}

function isTooMuch(text: string): boolean {
  let depth = 0
  let opened = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (isText) {
      if (sign === ESCAPE) at++
      else if (sign === QUOTE) isText = false
    } else if (sign === QUOTE) isText = true
    else if (sign === LIST || sign === OBJECT) {
      if (++depth > DEEPEST || ++opened > MOST_OPENED) return true
    } else if (sign === LIST_END || sign === OBJECT_END) depth--
  }
  return false
}

export function jsonFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** White space folded, cut where it has no end; undefined where nothing is left. */
export function jsonText(value: unknown, longest = LONGEST_TEXT): string | undefined {
  return typeof value === 'string' ? folded(value.slice(0, longest).toWellFormed()) : undefined
}

/** The same of a text that names something. */
export function jsonLabel(value: unknown): string | undefined {
  return jsonText(value, LONGEST_LABEL)
}

export function jsonList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_VALUES) : []
}

/** The names in a list. */
export function jsonLabels(value: unknown): string[] {
  return jsonList(value).flatMap((one) => jsonLabel(one) ?? [])
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
  const text = jsonText(value, LONGEST_LINK)
  return text !== undefined && URL.canParse(text) && text.startsWith('http') ? text : undefined
}
