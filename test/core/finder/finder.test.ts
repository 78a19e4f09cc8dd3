import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { SourceError } from '#core/errors.ts'
import { createFinder, type Finder } from '#core/finder.ts'
import type { PaperId } from '#core/paper-id.ts'
import { createPapers } from '#core/papers.ts'
import type { Catalogue } from '#core/ports/catalogue.ts'
import { parseQuery } from '#core/query/parse.ts'
import { aRecord } from '#test/builders.ts'
import { type ACatalogue, aCatalogue } from './a-catalogue.ts'

const START = Temporal.Instant.from('2026-11-22T09:00:00Z')
const OLD = aRecord({ source: 'arxiv-api', ids: ['arxiv:2303.13506'], title: 'The quantization model', published: '2023-03-23' })
const NEW = aRecord({ source: 'arxiv-api', ids: ['arxiv:2611.20001'], title: 'Moths around a lamp', published: '2026-11-20' })
const PAGE = { offset: 0, limit: 5 }

let arxiv: ACatalogue
let now: Temporal.Instant
let deadlines: AbortController[]
let find: Finder
let store: Awaited<ReturnType<typeof openSqliteStore>>
let more: (catalogues: readonly Catalogue[]) => Finder
let close: () => Promise<void>

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-'))
  store = await openSqliteStore(':memory:')
  const index = await openPaperIndex({ path: join(folder, 'index.db'), store })
  arxiv = aCatalogue()
  now = START
  deadlines = []
  const clock = { now: () => now }
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  more = (catalogues) =>
    createFinder({
      papers: createPapers({ store, index, clock }),
      store,
      index,
      clock,
      log: silent,
      catalogues: async () => catalogues,
      deadline: () => {
        const controller = new AbortController()
        deadlines.push(controller)
        return controller.signal
      },
    })
  find = more([arxiv])
  close = async () => {
    await index.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
})
afterEach(() => close())

const later = (seconds: number) => {
  now = now.add({ seconds })
}
const waiting = async () => (await store.papers.unmatched(10)).map(({ paper }) => paper.ids[0])
const failure = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (error) => error,
  )
  return `${error?.code}: ${error?.message} | ${error?.hint}`
}
/** Lets everything go on that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
}

describe('a paper', () => {
  test('that is known here is asked nobody', async () => {
    await store.papers.put([OLD], now.toString())
    expect((await find.paper('2303.13506')).title).toBe(OLD.title)
    expect(arxiv.asked).toEqual([])
  })

  test('that is not known here is asked of the source, kept, and known from then on', async () => {
    arxiv.answers([OLD])
    expect((await find.paper('https://arxiv.org/abs/2303.13506v2')).title).toBe(OLD.title)
    expect(arxiv.asked).toEqual([{ kind: 'papers', ids: ['arxiv:2303.13506'] }])
    await find.paper('2303.13506')
    expect(arxiv.asked).toHaveLength(1)
    expect((await find.search(parseQuery('quantization'), PAGE)).total).toBe(1)
  })

  test('is no news where it is old, and waits to be matched where it is of the last 30 days', async () => {
    arxiv.answers([OLD, NEW])
    await find.paper('2303.13506')
    expect(await waiting()).toEqual(['arxiv:2611.20001'])
  })

  test('that waits to be matched goes on waiting, however old', async () => {
    await store.papers.put([OLD], now.toString())
    arxiv.answers([{ ...OLD, abstract: 'More is known of it.' }])
    await find.papers(['arxiv:2303.13506', 'arxiv:2303.99998'] as PaperId[])
    expect(await waiting()).toEqual(['arxiv:2303.13506'])
  })

  test('that the source does not know is said so, and not asked for again within the hour', async () => {
    const said = 'not-found: arXiv has no paper 2303.99999. | Check the id, or look for words of its title: search and the words'
    expect(await failure(find.paper('2303.99999'))).toBe(said)
    expect(await failure(find.paper('2303.99999'))).toBe(said)
    expect(arxiv.asked).toHaveLength(1)
    later(3600)
    await failure(find.paper('2303.99999'))
    expect(arxiv.asked).toHaveLength(2)
  })

  test('is asked of each source that may know it', async () => {
    const crossref = aCatalogue({ name: 'Crossref', takes: (question) => (question.kind === 'papers' ? question : undefined) })
    const openAlex = aCatalogue({ name: 'OpenAlex' })
    const none = aCatalogue({ takes: () => undefined })
    const both = more([none, crossref, openAlex])
    expect(await failure(both.paper('10.1234/moths'))).toContain('Crossref and OpenAlex have no paper 10.1234/moths.')
    openAlex.answers([aRecord({ source: 'openalex', ids: ['doi:10.1234/lamps'], title: 'Lamps' })])
    expect((await both.paper('10.1234/lamps')).title).toBe('Lamps')
    expect(none.asked).toEqual([])
  })

  test('is asked of no source by a text that is longer than any title', async () => {
    expect(await failure(find.paper('moths around a lamp '.repeat(60)))).toContain('No paper here has the title')
    expect(arxiv.asked).toEqual([])
  })

  test('is found by the words of its title, of which there are several', async () => {
    arxiv.answers([OLD])
    expect((await find.paper('The Quantization Model')).ids[0]).toBe('arxiv:2303.13506')
    expect(await failure(find.paper('moths'))).toContain('No paper here has the title “moths”.')
    expect(await failure(find.paper('moths in winter'))).toContain('| arXiv was asked, too. ')
    expect(arxiv.asked).toHaveLength(2)
  })
})

describe('papers', () => {
  test('that are not known are asked for together, without those that the source did not know lately', async () => {
    const ids = ['arxiv:2303.13506', 'arxiv:2303.99999', 'arxiv:2611.20001'] as PaperId[]
    await store.papers.put([NEW], now.toString())
    arxiv.answers([OLD])
    const { papers, told } = await find.papers(ids)
    expect(papers.map((paper) => paper.ids[0])).toEqual(['arxiv:2303.13506', 'arxiv:2611.20001'])
    expect(told).toEqual([{ source: 'arXiv', outcome: 'answered' }])
    await find.papers([...ids, 'arxiv:2303.99998' as PaperId])
    expect(arxiv.asked).toEqual([
      { kind: 'papers', ids: ['arxiv:2303.13506', 'arxiv:2303.99999'] },
      { kind: 'papers', ids: ['arxiv:2303.99998'] },
    ])
  })
})

describe('an author', () => {
  const by = (name: string, many: number) =>
    Array.from({ length: many }, (_, at) =>
      aRecord({ ids: [`arxiv:2303.1${at}${many}01`], title: `Lamp ${at}`, published: '2023-03-23', authors: [name] }),
    )

  test('who is not known here is asked for, by a lone family name too', async () => {
    arxiv.answers(by('Ada Byron', 3))
    expect(await find.author('Byron', 'date')).toMatchObject({ kind: 'author', profile: { papers: { length: 3 } } })
    expect(arxiv.asked).toEqual([{ kind: 'author', name: 'Byron' }])
  })

  test('with few papers is asked for once a day', async () => {
    await store.papers.put(by('Ada Byron', 4), now.toString())
    for (const seconds of [0, 60, 86_339]) {
      later(seconds)
      await find.author('Ada Byron', 'impact')
    }
    expect(arxiv.asked).toHaveLength(1)
    later(1)
    await find.author('Byron, Ada', 'impact')
    expect(arxiv.asked).toHaveLength(2)
  })

  test('with enough papers, or who may be several people, is asked nobody', async () => {
    await store.papers.put([...by('Ada Byron', 5), ...by('Jun Li', 1), ...by('Ke Li', 2)], now.toString())
    expect((await find.author('Ada Byron', 'date')).told).toEqual([])
    expect((await find.author('Li', 'date')).kind).toBe('candidates')
    expect(arxiv.asked).toEqual([])
  })

  test('whom nobody knows is said to be asked for', async () =>
    expect(await failure(find.author('Nora Nobody', 'date'))).toMatch(
      /^not-found: No paper here is by “Nora Nobody”\. \| arXiv was asked, too\. Check/,
    ))
})

describe('what is near a paper', () => {
  test('is asked of the source where little is near here, once a day', async () => {
    const scholar = aCatalogue({ name: 'Semantic Scholar', takes: (question) => question })
    find = more([arxiv, scholar])
    await store.papers.put([OLD], now.toString())
    const paper = await find.paper('2303.13506')
    scholar.answers([aRecord({ ids: ['arxiv:2303.00001'], title: 'Another quantization model', published: '2023-03-01' })])
    const { near, told } = await find.related(paper, 2)
    expect(near.map((one) => one.paper.title)).toEqual(['Another quantization model'])
    expect(told).toEqual([{ source: 'Semantic Scholar', outcome: 'answered' }])
    await find.related(paper, 2)
    expect((await find.related(paper, 1)).told).toEqual([])
    expect(scholar.asked).toEqual([{ kind: 'related', paper }])
  })
})

describe('a search', () => {
  test('without a hit is asked of the source, and found here then', async () => {
    arxiv.answers([OLD, NEW])
    expect(await find.search(parseQuery('moths lamp'), PAGE)).toMatchObject({ total: 1, papers: [{ title: NEW.title }] })
    expect(arxiv.asked).toMatchObject([{ kind: 'search', query: parseQuery('moths lamp') }])
    expect((await find.search(parseQuery('quantization'), PAGE)).told).toEqual([])
  })

  test('by ids alone asks for the papers', async () => {
    await find.search(parseQuery('2303.13506 OR 2611.20001'), PAGE)
    expect(arxiv.asked).toEqual([{ kind: 'papers', ids: ['arxiv:2303.13506', 'arxiv:2611.20001'] }])
  })

  test('without a hit anywhere is not asked again within the hour, however it is written', async () => {
    await find.search(parseQuery('zebra fish'), PAGE)
    await find.search(parseQuery('zebra   AND fish'), PAGE)
    expect(arxiv.asked).toHaveLength(1)
  })
})

describe('a source', () => {
  test.each([
    ['cannot be asked', new SourceError('No.'), 'failed', 'arXiv could not be asked: ask again later.', 60],
    [
      'wants to be left alone',
      new SourceError('No.', { retryAfter: 300 }),
      'refused',
      'arXiv may not be asked for a while: ask',
      300,
    ],
  ])('that %s is left alone for as long as it takes', async (_, error, outcome, words, seconds) => {
    arxiv.answers(error)
    expect(await failure(find.paper('2303.13506'))).toContain(`The paper 2303.13506 is not known here. | ${words}`)
    expect((await find.search(parseQuery('moths'), PAGE)).told).toEqual([{ source: 'arXiv', outcome }])
    later(seconds - 1)
    expect((await more([arxiv]).search(parseQuery('moths'), PAGE)).told).toEqual([{ source: 'arXiv', outcome }])
    expect(arxiv.asked).toHaveLength(1)
    arxiv.answers([NEW])
    later(1)
    expect((await find.search(parseQuery('moths'), PAGE)).total).toBe(1)
  })

  test('of several that cannot be asked is left alone as the others are', async () => {
    const sources = ['arXiv', 'Crossref', 'OpenAlex'].map((name) => aCatalogue({ name }))
    for (const source of sources) source.answers(new SourceError('No.'))
    const all = more(sources)
    for (let times = 0; times < 2; times++)
      expect(await failure(all.paper('10.1234/moths'))).toContain('| arXiv, Crossref and OpenAlex could not be asked: ask again')
    expect(sources.map(({ asked }) => asked.length)).toEqual([1, 1, 1])
  })

  test('that finds a question wrong is asked others', async () => {
    arxiv.answers(new SourceError('What?', { status: 400 }))
    expect((await find.search(parseQuery('moths'), PAGE)).told).toEqual([{ source: 'arXiv', outcome: 'failed' }])
    arxiv.answers([OLD])
    expect((await find.paper('2303.13506')).title).toBe(OLD.title)
  })

  test('that does not answer in time is said so, and left alone for a minute', async () => {
    arxiv.hold()
    const asked = failure(find.paper('2303.13506'))
    await turns()
    deadlines[0]?.abort()
    expect(await asked).toContain('| arXiv could not be asked in time: ask again later. Check the id')
    expect(await failure(find.author('Ada Byron', 'date'))).toContain('arXiv could not be asked in time')
    expect(arxiv.asked).toHaveLength(1)
  })

  test('is asked the same once, however many ask, and no more at once than can be answered', async () => {
    const answer = arxiv.hold()
    const same = Array.from({ length: 3 }, () => find.paper('2303.13506'))
    await turns()
    const others = [1, 2, 3, 4].map((last) => find.papers([`arxiv:2303.9999${last}` as PaperId]))
    await turns()
    expect(arxiv.asked).toHaveLength(3)
    arxiv.answers([OLD])
    answer()
    expect(new Set((await Promise.all(same)).map(({ title }) => title))).toEqual(new Set([OLD.title]))
    expect((await Promise.all(others)).map(({ told }) => told[0]?.outcome)).toEqual(['answered', 'answered', 'busy', 'busy'])
    expect((await find.papers(['arxiv:2303.99994' as PaperId])).told).toEqual([{ source: 'arXiv', outcome: 'answered' }])
  })

  test('is waited for by few people, so that others are answered', async () => {
    const answer = arxiv.hold()
    const all = Array.from({ length: 20 }, () => find.papers(['arxiv:2303.99999' as PaperId]))
    await turns()
    answer()
    const outcomes = (await Promise.all(all)).map(({ told }) => told[0]?.outcome)
    expect(outcomes.filter((outcome) => outcome === 'busy')).toHaveLength(12)
    expect(arxiv.asked).toHaveLength(1)
  })

  test('that answered is not asked the same by a process that starts later', async () => {
    await find.search(parseQuery('moths'), PAGE)
    await more([arxiv]).search(parseQuery('moths'), PAGE)
    expect(arxiv.asked).toHaveLength(1)
  })

  test('is asked again where the clock was put back behind its answer', async () => {
    await find.search(parseQuery('moths'), PAGE)
    later(-10_000)
    await find.search(parseQuery('moths'), PAGE)
    expect(arxiv.asked).toHaveLength(2)
  })
})
