import { expect, test } from 'vitest'
import { SourceError } from '#core/errors.ts'
import type { FeedState } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { afterAnnouncements, afterFailure } from '#digests/feed-state.ts'
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
const after = (before: FeedState | undefined, batch: FeedBatch, now: Temporal.Instant) =>
  afterAnnouncements('cs.LG', before, batch, [], now)
const before: FeedState = after(undefined, aBatch({ etag: 'e1' }), monday)

test('a batch that is another than before is fresh, and its validators are kept', () => {
  expect(before).toMatchObject({ state: 'fresh', etag: 'e1', batch: 'one', failures: 0, changedAt: monday.toString() })
})

test('the same batch again is waiting, whether the source says so or not', () => {
  expect(after(before, aBatch(), monday.add({ hours: 1 })).state).toBe('waiting')
  const same = after(before, { kind: 'same', records: [], skipped: [], digest: 'none' }, monday.add({ hours: 1 }))
  expect(same).toMatchObject({ state: 'waiting', etag: 'e1', batch: 'one' })
})

test('an empty batch is quiet, over a weekend too', () => {
  const quiet = after(before, aBatch({ records: [], digest: 'none' }), monday.add({ hours: 48 }))
  expect(quiet.state).toBe('quiet')
  expect(after(quiet, { kind: 'same', records: [], skipped: [], digest: 'none' }, monday.add({ hours: 72 })).state).toBe('quiet')
})

test('what has not changed on three days of announcements is stalled, and no weekend or holiday is', () => {
  expect(after(before, aBatch(), at('2026-11-20T04:59:00Z')).state).toBe('waiting')
  expect(after(before, aBatch(), at('2026-11-20T05:00:00Z')).state).toBe('stalled')
  const wednesday = after(undefined, aBatch(), at('2026-11-25T06:00:00Z'))
  const nothing = aBatch({ records: [], digest: 'none' })
  for (const now of ['2026-11-26T06:00:00Z', '2026-11-27T06:00:00Z', '2026-11-29T06:00:00Z', '2026-12-01T04:59:00Z']) {
    expect(after(wednesday, nothing, at(now)).state).toBe('quiet')
  }
  expect(after(wednesday, nothing, at('2026-12-01T05:00:00Z')).state).toBe('stalled')
})

test('a category that has nothing for weeks is quiet once the archive says so, and stalled where the archive has papers', () => {
  const nothing = aBatch({ records: [], digest: 'none' })
  const later = monday.add({ hours: 14 * 24 })
  const known = { ...before, coverage: { from: '2026-11-15', until: '2026-11-27' } }
  expect(after(known, nothing, later).state).toBe('quiet')
  expect(after({ ...before, coverage: { from: '2026-11-15', until: '2026-11-27', fromArchive: 3 } }, nothing, later).state).toBe(
    'stalled',
  )
})

test('a batch of an earlier day is no new one, and the last one stays what the source is asked about', () => {
  const tuesday = after(before, aBatch({ digest: 'two', day: '2026-11-17', etag: 'e2' }), monday.add({ hours: 24 }))
  const again = after(tuesday, aBatch({ day: '2026-11-16', etag: 'e1' }), monday.add({ hours: 25 }))
  expect(again).toMatchObject({ state: 'waiting', batch: 'two', etag: 'e2', changedAt: tuesday.changedAt })
  expect(again.coverage).toMatchObject({ day: '2026-11-17' })
})

test('says why what could not be read was not, until all could be', () => {
  const why = (...reasons: string[]) => reasons.map((why, at) => ({ where: `cs.LG:${at}`, why }))
  const some = after(
    before,
    aBatch({ digest: 'two', skipped: why('Its XML is broken.', 'It has no title.', 'It has no title.') }),
    monday,
  )
  expect(some.unread).toEqual([
    { why: 'It has no title.', papers: 2 },
    { why: 'Its XML is broken.', papers: 1 },
  ])
  expect(after(some, { kind: 'same', records: [], skipped: [], digest: 'none' }, monday).unread).toEqual(some.unread)
  expect(after(some, aBatch({ digest: 'three' }), monday)).not.toHaveProperty('unread')
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
  expect(after(state, aBatch(), monday)).not.toHaveProperty('notBefore')
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
