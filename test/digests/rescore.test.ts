import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { rescore } from '#digests/rescore.ts'
import { aDestination, aRecord } from '#test/builders.ts'

const MONDAY = Temporal.Instant.from('2026-11-16T09:00:00Z')

async function aStore(papers: number) {
  const store = await openSqliteStore(':memory:')
  const records = Array.from({ length: papers }, (_, at) =>
    aRecord({ ids: [`arxiv:2611.${10_000 + at}`], title: `Paper ${at}`, authors: [`Author ${at} Number`], citations: at % 7 }),
  )
  await store.papers.put(records, MONDAY.toString())
  return store
}

test('scores are computed once a day, from what sources count and what the group votes', async () => {
  const store = await aStore(30)
  expect(await rescore({ store }, MONDAY)).toBe(30)
  const [before] = await store.papers.byNumbers([1])
  expect(before?.computedScore).toBeUndefined()
  for (const person of ['ada', 'emmy']) await store.votes.toggle(aDestination(), 1, person, MONDAY.toString())
  expect(await rescore({ store }, MONDAY.add({ hours: 23 }))).toBe(0)
  expect(await rescore({ store }, MONDAY.add({ hours: 24 }))).toBe(30)
  const [after] = await store.papers.byNumbers([1])
  expect(after?.computedScore?.parts).toEqual([{ signal: 'votes of the group', share: 1 }])
})

test('between its steps others have their turn, and what they change does no harm', async () => {
  const store = await aStore(1500)
  let turns = 0
  const turn = async () => {
    turns++
    await store.papers.put(
      [aRecord({ ids: [`arxiv:2610.${10_000 + turns}`], title: `Come meanwhile ${turns}` })],
      MONDAY.toString(),
    )
  }
  expect(await rescore({ store, turn }, MONDAY)).toBeGreaterThanOrEqual(1500)
  expect(turns).toBeGreaterThan(20)
  const best = await store.papers.best({ since: '2026-01-01' }, { offset: 0, limit: 5000 })
  expect(best.length).toBe(1500 - Math.ceil(1500 / 7))
})
