import fc from 'fast-check'
import { expect, test } from 'vitest'
import { announcementDays, arxivDay, daysAfter } from '#core/announcement-days.ts'
import type { FeedState, Reading } from '#core/ports/feed-store.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { archiveBatch, missedDays } from '#digests/coverage.ts'
import { afterAnnouncements } from '#digests/feed-state.ts'
import { aRecord } from '#test/builders.ts'

const at = (text: string) => Temporal.Instant.from(text)
const monday = at('2026-11-16T06:00:00Z')
const hours = (many: number) => monday.add({ hours: many })

function aBatch(papers: number, { day, first = 0, ...parts }: Partial<FeedBatch> & { first?: number } = {}): FeedBatch {
  const records = Array.from({ length: papers }, (_, nth) =>
    aRecord({ ids: [`arxiv:2611.${String(first + nth).padStart(5, '0')}`] }),
  )
  return {
    kind: 'records',
    records,
    skipped: [],
    digest: `${first} ${papers}`,
    ...(day !== undefined && { day }),
    ...parts,
  }
}
const SAME: FeedBatch = { kind: 'same', records: [], skipped: [], digest: 'none' }

/** What is known after these answers, one after the other, with what was read before. */
function known(answers: readonly (readonly [FeedBatch, Temporal.Instant])[], lately: readonly Reading[] = []) {
  const readings = [...lately]
  let state: FeedState | undefined
  for (const [batch, now] of answers) {
    state = afterAnnouncements('cs.LG', state, batch, readings, now)
    const isKnown = readings.some((reading) => reading.batch === batch.digest)
    if (batch.records.length > 0 && !isKnown) readings.push(aReading(batch.digest, now.toString(), batch.records.length))
  }
  return state?.coverage
}
const aReading = (batch: string, when: string, offered: number): Reading => {
  return { feed: 'cs.LG', batch, at: when, offered, added: offered, merged: 0, failed: 0 }
}

test('a day is known once its batch was read twice, whether the source says that it is the same or shows it again', () => {
  const batch = aBatch(5, { day: '2026-11-16' })
  expect(known([[batch, monday]])).toMatchObject({ until: '2026-11-15', day: '2026-11-16' })
  expect(
    known([
      [batch, monday],
      [batch, hours(1)],
    ]),
  ).toMatchObject({ until: '2026-11-16' })
  expect(
    known([
      [batch, monday],
      [SAME, hours(1)],
    ]),
  ).toMatchObject({ until: '2026-11-16' })
})

test.each([
  [
    'has nothing, and says so again',
    [
      [aBatch(0), monday],
      [aBatch(0), hours(1)],
      [SAME, hours(2)],
    ],
  ],
  [
    'has what could not be read',
    [
      [aBatch(5, { skipped: [{ where: '', why: '' }] }), monday],
      [SAME, hours(1)],
    ],
  ],
  [
    'says that it is of a day to come',
    [
      [aBatch(5, { day: '2026-11-19' }), monday],
      [SAME, hours(1)],
    ],
  ],
  [
    'had papers, and then nothing',
    [
      [aBatch(5, { day: '2026-11-16' }), monday],
      [aBatch(0), hours(1)],
      [SAME, hours(2)],
    ],
  ],
] as const)('a day whose batch %s is not known', (_, answers) => {
  expect(known(answers)?.until).toBe('2026-11-15')
})

test("yesterday's batch does not stand for today, whatever date it bears", () => {
  const batch = aBatch(5, { day: '2026-11-16' })
  const first = [
    [batch, monday],
    [batch, hours(1)],
  ] as const
  for (const day of ['2026-11-16', '2026-11-17', undefined]) {
    const { day: _, ...undated } = batch
    const again = { ...undated, ...(day && { day }) }
    expect(known([...first, [again, hours(25)], [again, hours(26)]])?.until).toBe('2026-11-16')
  }
  const other = aBatch(5, { day: '2026-11-17', first: 10 })
  const back = { ...batch, day: '2026-11-17' }
  expect(known([...first, [other, hours(25)], [back, hours(26)], [back, hours(27)]])?.until).toBe('2026-11-16')
})

test("yesterday's batch that was first read today does not stand for today either, once today's began to come", () => {
  const yesterdays = aBatch(10, { day: '2026-11-16' })
  const few = aBatch(4, { day: '2026-11-17', first: 20 })
  const redated = { ...yesterdays, day: '2026-11-17' }
  const answers = [yesterdays, few, redated, redated].map((batch, nth) => [batch, hours(24 + nth)] as const)
  expect(known(answers, [aReading('0', '2026-11-13T06:00:00Z', 10)])?.until).toBe('2026-11-16')
})

test('a batch far smaller than the last ones is not taken for all of its day', () => {
  const lately = [5, 5, 70].map((papers, nth) => aReading(`${nth}`, `2026-11-1${nth}T06:00:00Z`, papers))
  const archived = aReading(archiveBatch('2026-11-09', '2026-11-10', 0), '2026-11-12T06:00:00Z', 900)
  const few = aBatch(34, { day: '2026-11-16' })
  const enough = aBatch(35, { day: '2026-11-16' })
  expect(
    known(
      [
        [few, monday],
        [SAME, hours(1)],
      ],
      [...lately, archived],
    )?.until,
  ).toBe('2026-11-15')
  expect(
    known(
      [
        [enough, monday],
        [SAME, hours(1)],
      ],
      [...lately, archived],
    )?.until,
  ).toBe('2026-11-16')
})

test('a day is known only after the days before it', () => {
  const answers = [
    [aBatch(5, { day: '2026-11-16' }), monday],
    [SAME, hours(1)],
    [aBatch(5, { day: '2026-11-18', first: 10 }), hours(48)],
    [SAME, hours(49)],
  ] as const
  const coverage = known(answers)
  expect(coverage).toMatchObject({ until: '2026-11-16', day: '2026-11-18' })
  expect(coverage && missedDays(coverage, hours(49))).toEqual(['2026-11-17'])
})

test('nothing is missed over a weekend, nor before the day is over', () => {
  const coverage = { until: '2026-11-20' }
  expect(missedDays(coverage, at('2026-11-24T04:59:00Z'))).toEqual([])
  expect(missedDays(coverage, at('2026-11-24T05:00:00Z'))).toEqual(['2026-11-23'])
  expect(missedDays({ until: '2026-01-01' }, monday)[0]).toBe('2026-10-19')
})

test('whatever a source answers when, no day is known whose whole batch was not read on that day', () => {
  // Each day has the papers of its own; the source shows them, fewer, none, those of the day before, or nothing at all.
  const answer = fc.record({
    hour: fc.integer({ min: 0, max: 16 }),
    shows: fc.constantFrom('all', 'few', 'none', 'old', 'redated'),
  })
  const day = fc.array(answer, { maxLength: 4 })
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 8 }), (days) => {
      const lately = [10, 10, 10].map((papers, nth) => aReading(`${nth}`, `2026-11-1${nth}T06:00:00Z`, papers))
      const answers = days.flatMap((ofDay, nth) =>
        ofDay
          .toSorted((a, b) => a.hour - b.hour)
          .map(({ hour, shows }): [FeedBatch, Temporal.Instant] => {
            const now = hours(nth * 24 + hour)
            const date = arxivDay(now)
            const [own, before] = [100 * (nth + 1), 100 * nth]
            if (shows === 'none') return [aBatch(0, { day: date, digest: 'none' }), now]
            if (shows === 'old') return [aBatch(10, { day: arxivDay(hours(nth * 24 - 24)), first: before }), now]
            if (shows === 'redated') return [aBatch(10, { day: date, first: before }), now]
            return [aBatch(shows === 'few' ? 4 : 10, { day: date, first: own }), now]
          }),
      )
      const [first] = answers
      const until = known(answers, [...lately, aReading('0 10', '2026-11-15T06:00:00Z', 10)])?.until
      if (first === undefined || until === undefined) return
      // A batch of an earlier day that was never read before cannot be told from today's.
      const shown = new Map([['0 10', '2026-11-15']])
      for (const [{ digest, day = '' }] of answers) if (!shown.has(digest)) shown.set(digest, day)
      const whole = new Set([...shown].flatMap(([digest, day]) => (digest.endsWith(' 10') ? [day] : [])))
      const began = daysAfter(arxivDay(first[1]), -1)
      expect(announcementDays(began, until).filter((day) => !whole.has(day))).toEqual([])
    }),
  )
})
