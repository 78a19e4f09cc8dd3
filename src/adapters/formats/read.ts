// Bytes of a file or an answer in, records and skips out, a batch at a time: whatever the format, in memory that stays flat.
import { setImmediate as turn } from 'node:timers/promises'
import type { PaperRecord } from '#core/paper.ts'
import { createDecoder } from './decode.ts'
import type { Envelope, Format, Reader, Sink } from './reader.ts'
import { describeUnknown, detectFormat, ENOUGH } from './registry.ts'

export interface Skip {
  readonly line: number
  readonly why: string
}

/** Milliseconds of reading after which others have their turn. */
const LONGEST_TURN = 10
/** Bytes that are read at once. */
const PIECE = 32_768

/** What was found since the batch before. `envelope` holds all that the document said of itself so far. */
export interface Batch {
  readonly format: Format
  readonly records: readonly PaperRecord[]
  readonly skips: readonly Skip[]
  readonly envelope: Envelope
}

/** The text is in none of the formats; `what` goes on from "The file". */
export class UnknownFormat extends Error {
  readonly what: string

  constructor(what: string) {
    super(`unknown format: ${what}`)
    this.what = what
  }
}

/**
 * Yields at least one batch. Rejects with UnknownFormat, before the first one, where no format knows the text's start.
 * Where `bytes` rejects later, what was whole before is yielded first.
 */
export async function* readPapers(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Batch, void> {
  const decoder = createDecoder()
  const found = collector()
  let start = ''
  let reading: { format: Format; reader: Reader } | undefined

  const write = (text: string, last: boolean) => {
    if (reading === undefined) {
      start += text
      if (start.length < ENOUGH && !last) return undefined
      const format = detectFormat(start)
      if (format === undefined) throw new UnknownFormat(describeUnknown(start))
      reading = { format, reader: format.read(found.sink) }
      reading.reader.write(start)
      start = ''
    } else reading.reader.write(text)
    if (last) reading.reader.end()
    return found.batch(reading.format)
  }

  try {
    let began = performance.now()
    for await (const chunk of bytes) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const batch = write(decoder.write(chunk.subarray(at, at + PIECE)), false)
        if (batch !== undefined && (batch.records.length > 0 || batch.skips.length > 0)) yield batch
        if (performance.now() - began < LONGEST_TURN) continue
        await turn()
        began = performance.now()
      }
    }
  } catch (error) {
    if (error instanceof UnknownFormat || (reading === undefined && detectFormat(start) === undefined)) throw error
    const batch = write(decoder.end(), true)
    if (batch !== undefined) yield batch
    throw error
  }
  const batch = write(decoder.end(), true)
  if (batch !== undefined) yield batch
}

function collector(): { sink: Sink; batch(format: Format): Batch } {
  let records: PaperRecord[] = []
  let skips: Skip[] = []
  let envelope: Envelope = {}
  return {
    sink: {
      record: (record) => records.push(record),
      skip: (line, why) => skips.push({ line, why }),
      envelope: (facts) => {
        envelope = { ...envelope, ...facts }
      },
    },
    batch(format) {
      const batch = { format, records, skips, envelope }
      records = []
      skips = []
      return batch
    },
  }
}
