// The table of formats: adding one is adding its file and its line here. The first that knows a document by its start reads it.
import { atom } from './atom.ts'
import { bibtex } from './bibtex.ts'
import { ndjson } from './ndjson.ts'
import { oai } from './oai.ts'
import { rdf } from './rdf.ts'
import type { Format } from './reader.ts'
import { rootName } from './root.ts'
import { rss } from './rss.ts'

const formats = [atom, rss, rdf, oai, ndjson, bibtex] as const

/** How much of a text is enough to know its format by. */
export const ENOUGH = 16_384

export function detectFormat(start: string): Format | undefined {
  return formats.find((format) => format.detect(start))
}

/** What a text is that no format knows, as the end of a sentence: "It is empty". */
export function describeUnknown(start: string): string {
  const bare = start.trim()
  if (bare === '') return 'is empty'
  if (start.includes('\0')) return 'is not a text file'
  const root = rootName(start)
  if (root === 'html') return 'is a web page, not a feed'
  if (root !== undefined) return `is XML of a kind Paperboy does not know, <${root}>`
  if (bare.startsWith('[') || bare.startsWith('{')) return 'is JSON, but not one object a line'
  return 'is in no format Paperboy knows'
}
