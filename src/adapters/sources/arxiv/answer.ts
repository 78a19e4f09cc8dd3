// What arXiv answered, whichever of its services: read whole, and asked for again where it is not.
import { type Batch, readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import { wasNeverSent } from '#adapters/http/never-sent.ts'
import { SourceError } from '#core/errors.ts'

/** No page holds so many entries: what has more that cannot be read is none. */
const MOST_SKIPS = 10_000

/** How often the same is asked for, where nobody waits for it. */
const TRIES = 3

export type Answer = Pick<Batch, 'records' | 'skips' | 'envelope'>

/** `of` is what was asked for, as it stands in the sentence: `cs.LG`. Rejects with SourceError where the bytes are no such answer. */
export async function readAnswer(of: string, bytes: Uint8Array): Promise<Answer> {
  try {
    const batches = await Array.fromAsync(readPapers([bytes]))
    return {
      records: batches.flatMap((batch) => batch.records),
      skips: batches.flatMap((batch) => batch.skips).slice(0, MOST_SKIPS),
      envelope: batches.at(-1)?.envelope ?? {},
    }
  } catch (error) {
    if (error instanceof UnknownFormat) throw new SourceError(`What arXiv answered for ${of} ${error.what}.`, { cause: error })
    throw error
  }
}

/**
 * Asks up to `tries` times, where what came was no whole answer or the connection broke. What arXiv refuses it would refuse
 * again, where it wants to be left alone it is, and where there is no way to it there is none a moment later.
 */
export async function untilWhole<T>(ask: () => Promise<T>, signal: AbortSignal | undefined, tries = TRIES): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await ask()
    } catch (error) {
      const isRefused = !(error instanceof SourceError) || error.retryAfter !== undefined || error.status !== undefined
      if (tried === tries || isRefused || wasNeverSent(error) || signal?.aborted) throw error
    }
  }
}
