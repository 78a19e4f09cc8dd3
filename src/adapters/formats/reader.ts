// What every format is: how its documents begin, and a reader that takes text in piece by piece and gives records and skips.
import type { PaperRecord } from '#core/paper.ts'

/** What a document says of itself, besides its records. */
export interface Envelope {
  readonly title?: string
  /** How many records the whole answer has, where this page starts, how many a page holds. */
  readonly total?: number
  readonly start?: number
  readonly perPage?: number
  /** The source's own day of the batch, `2026-09-24`. */
  readonly day?: string
  /** OAI-PMH: where the next page begins; absent on the last. */
  readonly resumptionToken?: string
  /** OAI-PMH: the day of the last record's change, where the records are in the order of their days. */
  readonly reached?: string
  /** What the source answered instead of records, and its word for programs. */
  readonly error?: string
  readonly errorCode?: string
  /** The document broke off before its end: what follows `records` is missing. */
  readonly cut?: boolean
}

/** Where a reader puts what it finds, in the document's order; `line` counts from 1. */
export interface Sink {
  record(record: PaperRecord): void
  skip(line: number, why: string): void
  envelope(facts: Envelope): void
}

/** Never throws on any text: what cannot be read is skipped, and a document that is cut says so in its envelope. */
export interface Reader {
  write(text: string): void
  end(): void
}

export interface Format {
  /** As people call it: `arXiv Atom`. */
  readonly name: string
  /** Whether a document that begins so is of this format. `start` holds some thousand characters, or the whole. */
  detect(start: string): boolean
  read(sink: Sink): Reader
}

/** The longest text one paper's entry may have, in characters: beyond it the input is hostile or no paper. */
export const LONGEST_ENTRY = 500_000

/** What is said of an entry that ends too early. */
export const CUT = 'The text ends or breaks off in the middle here; everything before it was read.'
