import { expect, test } from 'vitest'
import { announcementOf } from '#adapters/sources/arxiv/announcement.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'

function of(published: string, more: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: 'arxiv-oai',
    ids: ['arxiv:2609.10001' as PaperId],
    title: 'A paper',
    authors: [],
    version: 1,
    published,
    updated: published,
    categories: ['cs.LG'],
    ...more,
  }
}
const replaced = (published: string, updated: string) => of(published, { version: 2, updated })

test.for([
  ['on Monday before the deadline', '2026-09-21T17:59:00Z', '2026-09-22'],
  ['on Monday after it', '2026-09-21T18:00:00Z', '2026-09-23'],
  ['on Thursday after it', '2026-09-24T18:00:00Z', '2026-09-28'],
  ['on Friday before it', '2026-09-25T17:59:00Z', '2026-09-28'],
  ['on Friday after it', '2026-09-25T18:00:00Z', '2026-09-29'],
  ['on Saturday', '2026-09-26T12:00:00Z', '2026-09-29'],
  ['on Sunday', '2026-09-27T12:00:00Z', '2026-09-29'],
  ['in winter, an hour later', '2026-12-07T18:59:00Z', '2026-12-08'],
] as const)('what was submitted %s is announced under the next date, and new from then on', ([, submitted, announced]) => {
  const dayAfter = Temporal.PlainDate.from(announced).add({ days: 1 }).toString()
  const again = replaced(submitted, `${announced}T20:00:00Z`)
  expect(announcementOf(again, 'cs.LG', announced)).toBe('new')
  expect(announcementOf(again, 'cs.LG', dayAfter)).toBe('replace')
})

test('a first version that moderators held back for days is new', () => {
  expect(announcementOf(of('2026-09-17T12:00:00Z'), 'cs.LG', '2026-09-24')).toBe('new')
  expect(announcementOf(of('2026-09-01T12:00:00Z'), 'cs.LG', '2026-09-24')).toBeUndefined()
})

test('a version of long ago says nothing of why the record changed', () => {
  expect(announcementOf(replaced('2024-01-10T12:00:00Z', '2024-03-10T12:00:00Z'), 'cs.LG', '2026-09-24')).toBeUndefined()
  expect(announcementOf(of('2026'), 'cs.LG', '2026-09-24')).toBeUndefined()
})

test('a paper is at home in its first category, and in that one’s archive', () => {
  const paper = of('2026-09-24T12:00:00Z', { categories: ['stat.ML', 'cs.LG'] })
  expect(announcementOf(paper, 'stat.ML', '2026-09-24')).toBe('new')
  expect(announcementOf(paper, 'stat', '2026-09-24')).toBe('new')
  expect(announcementOf(paper, 'cs.LG', '2026-09-24')).toBe('cross')
  expect(announcementOf(of('2026-09-24T12:00:00Z', { categories: [] }), 'cs.LG', '2026-09-24')).toBe('cross')
})
