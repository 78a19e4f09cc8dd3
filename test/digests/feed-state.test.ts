import { expect, test } from 'vitest'
import { SourceError } from '#core/errors.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { afterBatch, afterFailure } from '#digests/feed-state.ts'
import { aRecord } from '#test/builders.ts'

const at = (text: string) => Temporal.Instant.from(text)
const monday = at('2026-11-16T06:00:00Z')
const aBatch = (parts: Partial<FeedBatch> = {}): FeedBatch => ({
  kind: 'records',
  records: [aRecord()],
  skipped: [],
  digest: 'one',
  ...parts,
})
const before: FeedState = afterBatch('cs.LG', undefined, aBatch({ etag: 'e1' }), monday)

test('a batch that is another than before is fresh, and its validators are kept', () => {
  expect(before).toMatchObject({ state: 'fresh', etag: 'e1', batch: 'one', failures: 0, changedAt: monday.toString() })
})

test('the same batch again is waiting, whether the source says so or not', () => {
  expect(afterBatch('cs.LG', before, aBatch(), monday.add({ hours: 1 })).state).toBe('waiting')
  const same = afterBatch('cs.LG', before, { kind: 'same', records: [], skipped: [], digest: 'none' }, monday.add({ hours: 1 }))
  expect(same).toMatchObject({ state: 'waiting', etag: 'e1', batch: 'one' })
})

test('an empty batch is quiet, over a weekend too', () => {
  const quiet = afterBatch('cs.LG', before, aBatch({ records: [], digest: 'none' }), monday.add({ hours: 48 }))
  expect(quiet.state).toBe('quiet')
  expect(
    afterBatch('cs.LG', quiet, { kind: 'same', records: [], skipped: [], digest: 'none' }, monday.add({ hours: 72 })).state,
  ).toBe('quiet')
})

test('what has not changed for five days is stalled', () => {
  expect(afterBatch('cs.LG', before, aBatch(), monday.add({ hours: 120 })).state).toBe('stalled')
})

test('a failure keeps what is known of the feed and waits longer each time, six hours at most', () => {
  const waits: number[] = []
  let state: FeedState = before
  for (let failure = 0; failure < 9; failure++) {
    state = afterFailure('cs.LG', state, new SourceError('no answer'), monday)
    waits.push(
      at(state.notBefore ?? '')
        .since(monday)
        .total('minutes'),
    )
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360])
  expect(state).toMatchObject({ state: 'failed', etag: 'e1', batch: 'one', failures: 9, error: 'no answer' })
  expect(afterBatch('cs.LG', state, aBatch(), monday)).not.toHaveProperty('notBefore')
})

test.each([
  [1, 60],
  [600, 600],
  [1e9, 86_400],
])('a source that asks for %d seconds is left alone for %d', (retryAfter, seconds) => {
  const state = afterFailure('cs.LG', undefined, new SourceError('busy', { retryAfter }), monday)
  expect(
    at(state.notBefore ?? '')
      .since(monday)
      .total('seconds'),
  ).toBe(seconds)
})
