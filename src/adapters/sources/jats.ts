// The text of titles and abstracts as publishers deposit them: JATS or HTML tags, indented lines, references, a heading before.
import { decodeReferences } from '#adapters/formats/entities.ts'
import { folded } from '#adapters/formats/record.ts'

const BLOCK = /<\/?(?:jats:)?(?:p|sec|title|list|list-item|disp-formula|break)(?:\s[^<>]{0,2000})?\/?>/gi
const TAG = /<\/?(?:[a-z][a-z0-9]{0,20}:)?[a-z][a-z0-9-]{0,30}(?:\s[^<>]{0,2000})?\/?>/gi
const HEADING = /^(?:abstract|summary)[:.]?\s+(?=\p{Lu})/iu

/** One line of text; undefined where nothing is left. Linear, never throws. */
export function jatsText(markup: string | undefined): string | undefined {
  if (markup === undefined) return undefined
  return folded(decodeReferences(markup.replace(BLOCK, ' ').replace(TAG, '')))
}

/** The same without the heading that says what it is. */
export function jatsAbstract(markup: string | undefined): string | undefined {
  return withoutHeading(jatsText(markup))
}

/** `Abstract We show …` → `We show …`. */
export function withoutHeading(text: string | undefined): string | undefined {
  return folded(text?.replace(HEADING, ''))
}
