// What batches of all feeds have in common: what is known by for the next time, and the answer that nothing changed.
import { createHash } from 'node:crypto'
import type { HttpAnswer } from '#adapters/http/client.ts'
import type { FeedBatch } from '#core/ports/source.ts'

type Validators = Pick<FeedBatch, 'etag' | 'lastModified'>

/** What to say of this answer the next time. */
export function validatorsOf({ etag, lastModified }: HttpAnswer): Validators {
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) }
}

/** Of a source that says itself that nothing changed since. */
export function unchanged(known: Validators, answer: HttpAnswer): FeedBatch {
  return { kind: 'same', records: [], skipped: [], digest: digestOf([]), ...known, ...validatorsOf(answer) }
}

/** SHA-256 of what the entries say, in whatever order. */
export function digestOf(contents: readonly string[]): string {
  return createHash('sha256').update(contents.toSorted().join('\n')).digest('hex')
}
