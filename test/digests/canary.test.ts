import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import { tick } from '#digests/tick.ts'
import { aRecord } from '#test/builders.ts'
import { aWorld } from './world.ts'

const papers = (count: number, parts: Partial<PaperRecord> = {}): PaperRecord[] =>
  Array.from({ length: count }, (_, at) => ({
    ...aRecord({ ids: [`arxiv:2611.0000${at}`], announcement: 'new', abstract: 'About something.' }),
    ...parts,
  }))

async function aFeed() {
  const world = aWorld(await openSqliteStore(':memory:'))
  const shown = { batch: [] as readonly PaperRecord[], unread: 0 }
  const read = async (): Promise<FeedBatch> => ({
    kind: 'records',
    records: shown.batch,
    skipped: Array.from({ length: shown.unread }, (_, at) => ({ where: `cs.LG:${at}`, why: 'It has no title.' })),
    digest: JSON.stringify(shown.batch),
  })
  const dependencies = { ...world.dependencies, source: { name: 'arxiv-rss', read } as const, categories: ['cs.LG'] }
  const run = async (batch: readonly PaperRecord[], unread = 0) => {
    Object.assign(shown, { batch, unread })
    await tick(dependencies, world.pass({ hours: 24 }))
    return world.store.feeds.get('cs.LG')
  }
  return { ...world, run }
}

const without = (field: keyof PaperRecord) => papers(4).map(({ [field]: _, ...rest }) => rest as PaperRecord)

test.each([
  ['most cannot be read', papers(2), 3, 'most of its 5 papers cannot be read'],
  ['most have no id of arXiv', papers(4, { ids: ['source:feed:x'] as never }), 0, 'most of its 4 papers have no id of arXiv'],
  ['no authors are left', papers(4, { authors: [] }), 0, 'most of its 4 papers have no authors any more'],
  ['no abstracts are left', without('abstract'), 0, 'most of its 4 papers have no abstract any more'],
  ['none says whether it is new', without('announcement'), 0, 'have no word on whether they are new any more'],
])('a feed of which %s has failed, and nothing of it is taken', async (_, batch, unread, sentence) => {
  const { run, store } = await aFeed()
  await run(papers(5))
  const before = await store.papers.count()
  const state = await run(batch, unread)
  expect(state).toMatchObject({ state: 'failed', failures: 1 })
  expect(state?.error).toContain(sentence)
  expect(state?.error).toContain('The feed of cs.LG has another form than before')
  expect(await store.papers.count()).toBe(before)
  expect(state?.coverage?.day).toBe('2026-11-17')
})

test('what never had a field has lost none, and of a few papers nothing is told', async () => {
  const { run } = await aFeed()
  expect((await run(without('abstract')))?.state).toBe('fresh')
  expect((await run(papers(5)))?.state).toBe('fresh')
  expect((await run(without('abstract').slice(0, 2)))?.state).toBe('fresh')
  expect((await run(papers(4), 3))?.state).toBe('fresh')
})
