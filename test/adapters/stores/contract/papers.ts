// The contract of PaperStore's questions: by id and number, by author, by date, by score, by change.
import { describe, expect } from 'vitest'
import type { ComputedScore } from '#core/paper.ts'
import { ids, key, LATER, NOON, type OpenStore, putPapers, record, storeTest } from './opening.ts'

const score = (value: number): ComputedScore => ({ value, parts: [{ signal: 'citations', share: 1 }] })
const titles = (papers: readonly { title: string }[]) => papers.map(({ title }) => title)

export function paperContract(open: OpenStore): void {
  const test = storeTest(open)

  describe('papers', () => {
    test('come in the order asked, and unknown ids and numbers are left out', async (store) => {
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const asked = ids('arxiv:2603.00002', 'doi:10.1/unknown', 'arxiv:2603.00001')
      expect((await store.papers.byIds(asked)).map(({ number }) => number)).toEqual([b, a])
      expect((await store.papers.byNumbers([b!, 999, a!])).map(({ number }) => number)).toEqual([b, a])
      expect(await store.papers.byIds([])).toEqual([])
    })

    test('of authors are found by any of their keys, each once', async ({ papers }) => {
      const together = record('2603.00001', { authors: [{ name: 'Ada Lovelace' }, { name: 'José García' }] })
      await papers.put([together, record('2603.00002'), record('2603.00003', { authors: [{ name: 'Kurt Gödel' }] })], NOON)
      const found = await papers.byAuthors([key('Ada Lovelace'), key('Jose Garcia')])
      expect(titles(found)).toEqual(['On 2603.00001', 'On 2603.00002'])
      expect(await papers.byAuthors([])).toEqual([])
    })

    test('of an ORCID are found whichever way it is written, and no longer where a merge takes it away', async ({ papers }) => {
      const by = (orcid?: string) => ({ authors: [{ name: 'Ada Lovelace', ...(orcid !== undefined && { orcid }) }] })
      const [bare, link] = ['0000-0002-1825-009x', 'https://orcid.org/0000-0002-1825-009X']
      await papers.put([record('2603.00002', by(link)), record('2603.00001', { ...by(bare), source: 'feed' })], NOON)
      const found = async () => titles(await papers.byOrcid('0000-0002-1825-009X'))
      expect(await found()).toEqual(['On 2603.00002', 'On 2603.00001'])
      await papers.put([record('2603.00001', by())], NOON)
      await papers.put([record('2603.00002', { citations: 2, ...by(link) })], NOON)
      expect(await found()).toEqual(['On 2603.00002'])
      await papers.put([record('2603.00003', by(link))], NOON)
      await papers.put([record('2603.00002', { ids: ids('arxiv:2603.00002', 'arxiv:2603.00003') })], NOON)
      expect(await papers.byOrcid('0000-0002-1825-009X')).toHaveLength(1)
      expect(await papers.byOrcid('0000-0000-0000-0000')).toEqual([])
    })

    test('leave the authors that a merge leaves out', async ({ papers }) => {
      await papers.put([record('2603.00001', { source: 'feed', authors: [{ name: 'A. Lovelace' }] })], NOON)
      await papers.put([record('2603.00001', { authors: [{ name: 'Ada Lovelace' }, { name: 'Kurt Gödel' }] })], NOON)
      const [paper] = await papers.byIds(ids('arxiv:2603.00001'))
      const known = await papers.authorsByFamily('lovelace', 5)
      expect(known.map(({ name }) => name)).toEqual(
        paper?.authors.map(({ name }) => name).filter((name) => name.includes('Lovelace')),
      )
      expect(await papers.byAuthors([key('Kurt Gödel')])).toHaveLength(1)
    })

    test('first seen in a window come oldest first, a page at a time, its end left out', async (store) => {
      const times = ['2026-03-02T12:00:00Z', '2026-03-02T12:00:00.5Z', '2026-03-02T12:00:01Z', '2026-03-02T12:00:02Z']
      const numbers: number[] = []
      for (const [at, time] of times.toReversed().entries())
        numbers.unshift(...(await putPapers(store, [`2603.0000${at}`], time)))
      const first = await store.papers.firstSeenBetween(times[0]!, times[3]!, { limit: 2 })
      expect(first.map(({ number }) => number)).toEqual(numbers.slice(0, 2))
      expect(first[1]?.firstSeen).toBe(times[1])
      const rest = await store.papers.firstSeenBetween(times[0]!, times[3]!, { after: first[1]!.number, limit: 2 })
      expect(rest.map(({ number }) => number)).toEqual(numbers.slice(2, 3))
    })

    test('come newest publication first, those without a date last', async ({ papers }) => {
      const dates = ['2024', '2026-03-01', '2025-12', '2026-03-01T08:00:00Z']
      const dated = dates.map((published, at) => record(`2603.0000${at}`, { published }))
      const { published: _, ...undated } = record('2603.00009')
      await papers.put([undated, ...dated], NOON)
      const all = await papers.newest({}, { offset: 0, limit: 9 })
      expect(all.map(({ published }) => published)).toEqual(['2026-03-01T08:00:00Z', '2026-03-01', '2025-12', '2024', undefined])
      expect(titles(await papers.newest({}, { offset: 1, limit: 2 }))).toEqual(titles(all.slice(1, 3)))
      expect(await papers.newest({ since: '2025-12' }, { offset: 0, limit: 9 })).toHaveLength(3)
    })

    test('are counted by day under their primary category alone, or its archive', async ({ papers }) => {
      const of = (at: number, published: string, ...categories: string[]) => record(`2603.0000${at}`, { published, categories })
      await papers.put(
        [
          of(1, '2026-03-01T08:00:00Z', 'cs.LG', 'stat.ML'),
          of(2, '2026-03-01', 'cs.LG'),
          of(3, '2026-02-01', 'cs.LG'),
          of(4, '2026-03-01', 'stat.ML', 'cs.LG'),
          of(5, '2026-03-01', 'cs.LGX'),
        ],
        NOON,
      )
      expect(await papers.primaryByDay('CS.lg')).toEqual([
        { day: '2026-02-01', papers: 1 },
        { day: '2026-03-01', papers: 2 },
      ])
      expect(await papers.primaryByDay('cs')).toEqual([
        { day: '2026-02-01', papers: 1 },
        { day: '2026-03-01', papers: 3 },
      ])
      expect(await papers.primaryByDay('c%')).toEqual([])
    })

    test('of a category answer to its archive, its badge and itself in any letter case', async ({ papers }) => {
      const both = record('2603.00001', { categories: ['stat.ML', 'cs.LG'] })
      const { categories: _, ...none } = record('2603.00004')
      await papers.put(
        [both, record('2603.00002', { categories: ['cs.CL'] }), record('2603.00003', { categories: ['math.LO'] }), none],
        NOON,
      )
      const newest = async (category: string) => titles(await papers.newest({ category }, { offset: 0, limit: 9 })).toSorted()
      expect(await newest('cs')).toEqual(['On 2603.00001', 'On 2603.00002'])
      expect(await newest('CS.lg')).toEqual(['On 2603.00001'])
      expect(await newest('ML')).toEqual(['On 2603.00001'])
      for (const nothing of ['c', 's.LG', '%', '_s']) expect(await newest(nothing)).toEqual([])
    })

    test('with a score come best first, the one a source gives before the computed one', async ({ papers }) => {
      const given = record('2603.00001', { score: 50, categories: ['math.LO'] })
      const old = record('2603.00004', { score: 99, published: '2020' })
      const [a, b, c] = await papers.put([given, record('2603.00002'), record('2603.00003'), old], NOON)
      await papers.setScores(
        new Map([
          [a!.number, score(90)],
          [b!.number, score(70)],
          [c!.number, null],
        ]),
      )
      const best = await papers.best({ since: '2026' }, { offset: 0, limit: 9 })
      expect(titles(best)).toEqual(['On 2603.00002', 'On 2603.00001'])
      expect(best[0]?.computedScore).toEqual(score(70))
      expect(titles(await papers.best({ since: '2026', category: 'math' }, { offset: 0, limit: 9 }))).toEqual(['On 2603.00001'])
      expect(titles(await papers.best({ since: '2026' }, { offset: 1, limit: 1 }))).toEqual(['On 2603.00001'])
    })

    test('lose a computed score, and keep one through a merge', async ({ papers }) => {
      const [a, b] = await papers.put([record('2603.00001'), record('2603.00002')], NOON)
      await papers.setScores(
        new Map([
          [a!.number, score(10)],
          [b!.number, score(20)],
        ]),
      )
      await papers.setScores(new Map([[a!.number, null]]))
      await papers.put([record('2603.00002', { citations: 4 })], NOON)
      const [lost, kept] = await papers.byNumbers([a!.number, b!.number])
      expect(lost).not.toHaveProperty('computedScore')
      expect(kept?.computedScore).toEqual(score(20))
      expect(titles(await papers.best({ since: '' }, { offset: 0, limit: 9 }))).toEqual(['On 2603.00002'])
    })

    test('wait for a tick from their addition on, oldest first, until they are marked', async (store) => {
      const [late] = await putPapers(store, ['2603.00001'], LATER)
      const [early, other] = await putPapers(store, ['2603.00002', '2603.00003'], NOON)
      await store.papers.put([record('2603.00001', { citations: 2 })], LATER)
      expect((await store.papers.unmatched(2)).map(({ paper }) => paper.number)).toEqual([early, other])
      await store.papers.markMatched([early!])
      await store.papers.put([record('2603.00002', { citations: 2 })], LATER)
      expect((await store.papers.unmatched(9)).map(({ paper }) => paper.number)).toEqual([other, late])
    })
  })

  describe('authors', () => {
    test('are completed from any of their names, the most prolific first', async ({ papers }) => {
      const names = ['Eric J. Michaud', 'Erika Mustermann', 'Michał Świątek', 'Jan Eric Solo', 'Luc van der Erikson']
      await papers.put(
        names.map((name, at) => record(`2603.0000${at}`, { authors: [{ name }] })),
        NOON,
      )
      await papers.put([record('2603.00010', { authors: [{ name: 'Erika Mustermann' }] })], NOON)
      const completed = async (prefix: string, limit = 9) => (await papers.authorsByPrefix(prefix, limit)).map(({ name }) => name)
      expect((await completed('eri'))[0]).toBe('Erika Mustermann')
      expect((await completed('eri')).toSorted()).toEqual([
        'Eric J. Michaud',
        'Erika Mustermann',
        'Jan Eric Solo',
        'Luc van der Erikson',
      ])
      expect((await completed('mich')).toSorted()).toEqual(['Eric J. Michaud', 'Michał Świątek'])
      expect(await completed('eric j mi')).toEqual(['Eric J. Michaud'])
      expect(await completed('van der e')).toEqual(['Luc van der Erikson'])
      expect(await completed('swi')).toEqual(['Michał Świątek'])
      expect(await completed('eri', 1)).toEqual(['Erika Mustermann'])
      for (const nothing of ['xyz', '%', '_ric']) expect(await completed(nothing)).toEqual([])
    })

    test('are completed as well where thousands begin so', async ({ papers }) => {
      const many = Array.from({ length: 2100 }, (_, at) => record(`2604.${10_000 + at}`, { authors: [{ name: `Mara M${at}` }] }))
      const busy = [1, 2, 3, 4].map((at) => record(`2605.0000${at}`, { authors: [{ name: 'Xu Marais' }] }))
      await papers.put([...many, ...busy], NOON)
      expect((await papers.authorsByPrefix('mar', 3)).map(({ name, papers }) => [name, papers])).toEqual([
        ['Xu Marais', 4],
        ['Mara M0', 1],
        ['Mara M1', 1],
      ])
      expect((await papers.authorsByPrefix('mar', 1)).map(({ name }) => name)).toEqual(['Xu Marais'])
    })

    test('of a family name are all who bear it, the most prolific first', async ({ papers }) => {
      const names = ['José García', 'Ana Garcia', 'Ana Garcia', 'Pedro Garciaz']
      await papers.put(
        names.map((name, at) => record(`2603.0000${at}`, { authors: [{ name }, { name: 'Ada Lovelace' }] })),
        NOON,
      )
      expect(await papers.authorsByFamily('garcia', 9)).toEqual([
        { key: key('Ana Garcia'), name: 'Ana Garcia', papers: 2 },
        { key: key('José García'), name: 'José García', papers: 1 },
      ])
      expect(await papers.authorsByFamily('garcia', 1)).toHaveLength(1)
    })
  })

  describe('changes', () => {
    test('come in order and whole, page by page, up to the latest cursor', async (store) => {
      const { papers } = store
      expect((await papers.changesAfter('', 5)).cursor).toBe(await papers.latestCursor())
      const numbers = await putPapers(store, ['2603.00001', '2603.00002', '2603.00003'])
      const first = await papers.changesAfter('', 2)
      expect(first.papers.map(({ number }) => number)).toEqual(numbers.slice(0, 2))
      expect(first.cursor).not.toBe(await papers.latestCursor())
      const rest = await papers.changesAfter(first.cursor, 2)
      expect(rest.papers.map(({ number }) => number)).toEqual(numbers.slice(2))
      expect(rest.cursor).toBe(await papers.latestCursor())
      expect(await papers.changesAfter(rest.cursor, 2)).toEqual({ papers: [], gone: [], cursor: rest.cursor })
    })

    test('are merges, scores and papers that were joined into others', async (store) => {
      const { papers } = store
      const [a, b] = await putPapers(store, ['2603.00001', '2603.00002'])
      const start = await papers.latestCursor()
      await papers.put([record('2603.00002', { citations: 5 })], NOON)
      const merged = await papers.changesAfter(start, 9)
      expect(merged.papers.map(({ number }) => number)).toEqual([b])
      await papers.setScores(new Map([[a!, score(10)]]))
      const scored = await papers.changesAfter(merged.cursor, 9)
      expect(scored.papers.map(({ computedScore }) => computedScore)).toEqual([score(10)])
      await papers.setScores(
        new Map([
          [a!, score(10)],
          [b!, null],
        ]),
      )
      expect(await papers.latestCursor()).toBe(scored.cursor)
      await papers.put([record('2603.00001', { ids: ids('arxiv:2603.00001', 'arxiv:2603.00002') })], NOON)
      const joined = await papers.changesAfter(scored.cursor, 9)
      expect(joined).toMatchObject({ gone: [b], papers: [{ number: a }] })
      expect(joined.cursor).toBe(await papers.latestCursor())
      expect(await papers.changesAfter('', 9)).toMatchObject({ gone: [b], papers: [{ number: a }] })
    })
  })
}
