import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaperId } from '#core/paper-id.ts'
import { analyse } from '#core/text/analyse.ts'
import { and, not, now, openLibrary, or, text } from './library.ts'

let library: Awaited<ReturnType<typeof openLibrary>>

beforeAll(async () => {
  library = await openLibrary([
    {
      id: '2401.00001',
      title: 'Quanta of skill in small networks',
      abstract: 'We count discrete skills while training goes on.',
      authors: [{ name: 'Mira Feld' }, { name: 'Jonas Okoye' }],
      published: '2024-01-10',
      categories: ['cs.LG', 'stat.ML'],
      orgs: ['berkeley'],
    },
    {
      id: '2402.00002',
      title: 'Counting what was learned',
      abstract: 'Skill appears in quanta; a network learns them one by one.',
      authors: [{ name: 'Jonas Feld' }],
      published: '2024-02-20',
      categories: ['cs.CL'],
      score: 81.5,
    },
    {
      id: '2502.00003',
      title: 'Protein folds at sea',
      authors: [{ name: 'Ada Quanta' }],
      published: '2025-02',
      categories: ['q-bio.BM'],
    },
    { id: '2503.00004', title: 'Protein folds on land', published: '2025-03-01', score: 40 },
    { id: '2503.00005', title: 'Protein folds in air', published: '2025-03-01', source: 'sample' },
    { id: '2503.00006', title: 'Protein folds, undated', abstract: 'Größe und Maß: 自然言語.' },
  ])
})
afterAll(async () => library[Symbol.asyncDispose]())

describe('what is selected', () => {
  test('all words, in any field and any of their forms', async () => {
    expect(await library.found(and(text('skills'), text('learning')))).toEqual(['2402.00002'])
    expect((await library.found(text('quanta'))).sort()).toEqual(['2401.00001', '2402.00002', '2502.00003'])
  })

  test('a word in one field alone', async () => {
    expect(await library.found(text('quanta', 'title'))).toEqual(['2401.00001'])
    expect(await library.found(text('quanta', 'abstract'))).toEqual(['2402.00002'])
    expect(await library.found(text('quanta', 'author'))).toEqual(['2502.00003'])
  })

  test('phrases within a text, never across authors', async () => {
    expect(await library.found(text('folds at sea'))).toEqual(['2502.00003'])
    expect(await library.found(text('Jonas Feld', 'author'))).toEqual(['2402.00002'])
    expect(await library.found(text('Feld Jonas', 'author'))).toEqual([])
  })

  test('letters of other scripts, one by one and together', async () => {
    expect(await library.found(text('言語'))).toEqual(['2503.00006'])
    expect(await library.found(text('grosse'))).toEqual(['2503.00006'])
  })

  test('categories in every form, organisations, ids and sources', async () => {
    for (const category of ['cs.LG', 'lg', 'CS.lg', 'stat']) {
      expect(await library.found({ kind: 'category', category })).toEqual(['2401.00001'])
    }
    expect(await library.found({ kind: 'category', category: 'cs' })).toEqual(['2402.00002', '2401.00001'])
    expect(await library.found({ kind: 'org', org: 'berkeley' })).toEqual(['2401.00001'])
    expect(await library.found({ kind: 'id', id: 'arxiv:2502.00003' as PaperId })).toEqual(['2502.00003'])
    expect(await library.found({ kind: 'source', source: 'sample' })).toEqual(['2503.00005'])
  })

  test('a value is no word', async () => {
    expect(await library.found(text('berkeley'))).toEqual([])
    expect(await library.found(text('cs'))).toEqual([])
  })

  test('dates with their ends, relative ones at the moment of the search', async () => {
    expect(await library.found({ kind: 'since', date: '2025' })).toEqual(['2503.00005', '2503.00004', '2502.00003'])
    expect(await library.found({ kind: 'until', date: '2024-01' })).toEqual(['2401.00001'])
    expect(await library.found(and({ kind: 'since', date: '2024-02-20' }, { kind: 'until', date: '2025-02-01' }))).toEqual([
      '2502.00003',
      '2402.00002',
    ])
    const days = now.toZonedDateTimeISO('UTC').toPlainDate().since('2025-03-01', { largestUnit: 'days' }).days
    expect(await library.found({ kind: 'since', date: { days } })).toEqual(['2503.00005', '2503.00004'])
    expect(await library.found({ kind: 'since', date: { days: days - 1 } })).toEqual([])
  })

  test('scores, and no comparison for a paper without one', async () => {
    expect(await library.found({ kind: 'score', comparison: '>', value: 40 })).toEqual(['2402.00002'])
    expect(await library.found({ kind: 'score', comparison: '<=', value: 40 })).toEqual(['2503.00004'])
    expect(await library.found(not({ kind: 'score', comparison: '>', value: 0 }))).toHaveLength(4)
  })

  test('what is not asked for alone, and mixtures of everything', async () => {
    expect(await library.found(not(text('protein')))).toEqual(['2402.00002', '2401.00001'])
    expect(await library.found(and(text('protein'), not(text('sea')), { kind: 'since', date: '2025' }))).toHaveLength(2)
    const mixture = or(
      { kind: 'score', comparison: '>', value: 80 },
      text('sea'),
      and({ kind: 'until', date: '2024' }, not(text('learned'))),
    )
    expect((await library.found(mixture)).sort()).toEqual(['2401.00001', '2402.00002', '2502.00003'])
  })

  test('everything, where nothing is asked', async () => {
    expect(await library.found(null)).toHaveLength(6)
  })

  test('nothing at all for words that no paper has', async () => {
    const hits = await library.index.search({ expression: text('zeppelin'), sort: 'relevance' }, { offset: 0, limit: 5 }, now)
    expect(hits).toEqual({ numbers: [], total: 0 })
  })
})

describe('in which order', () => {
  test('by relevance, the title before the abstract before other words', async () => {
    expect(await library.found(text('quanta'))).toEqual(['2401.00001', '2502.00003', '2402.00002'])
  })

  test('by relevance also where a text is one way among others', async () => {
    const [first] = await library.found(or(text('sea'), { kind: 'since', date: '2025' }))
    expect(first).toBe('2502.00003')
  })

  test('equally relevant ones by date, newest first, then the number, highest first', async () => {
    expect(await library.found(and(text('protein', 'title'), { kind: 'since', date: '2025-03' }))).toEqual([
      '2503.00005',
      '2503.00004',
    ])
  })

  test('the newest first, those without a date last', async () => {
    expect(await library.found(text('protein'), 'recent')).toEqual(['2503.00005', '2503.00004', '2502.00003', '2503.00006'])
  })

  test('the best scored first, those without a score after them by date', async () => {
    expect(await library.found(null, 'score')).toEqual([
      '2402.00002',
      '2503.00004',
      '2503.00005',
      '2502.00003',
      '2401.00001',
      '2503.00006',
    ])
    expect(await library.found(text('protein'), 'score')).toEqual(['2503.00004', '2503.00005', '2502.00003', '2503.00006'])
  })

  test('pages add up to the whole, each with the exact total', async () => {
    const query = { expression: text('protein'), sort: 'relevance' as const }
    const whole = await library.index.search(query, { offset: 0, limit: 10 }, now)
    const pages = await Promise.all([0, 2, 4].map((offset) => library.index.search(query, { offset, limit: 2 }, now)))
    expect(pages.flatMap(({ numbers }) => numbers)).toEqual(whole.numbers)
    expect(pages.map(({ total }) => total)).toEqual([4, 4, 4])
  })

  test('a selection comes in the order of numbers', async () => {
    const numbers = await library.index.select({ expression: not(text('sea')), sort: 'relevance' }, now)
    expect(numbers).toHaveLength(5)
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })
})

describe('similar papers', () => {
  const terms = { authors: [], categories: [], orgs: [], ids: [], sources: [], published: null, score: null }

  test('share the rarest terms, and say which, the rarest first', async () => {
    const asked = { ...terms, title: analyse('Protein folds at sea, quanta of skill'), abstract: [] }
    const similar = await library.index.similar(asked, 0, 2)
    expect(await library.ids(similar.map(({ number }) => number))).toEqual(['2402.00002', '2401.00001'])
    expect(similar[0]?.shared).toEqual(analyse('skill quanta'))
  })

  test('leave the paper itself out', async () => {
    const [asked] = await library.store.papers.byIds(['arxiv:2503.00004' as PaperId])
    const similar = await library.index.similar({ ...terms, title: analyse('Protein folds'), abstract: [] }, asked!.number, 10)
    expect(await library.ids(similar.map(({ number }) => number))).toEqual(['2503.00005', '2502.00003', '2503.00006'])
  })

  test('are found by a term that a newer paper shares, though it was asked for before', async () => {
    await using growing = await openLibrary([{ id: '2601.00001', title: 'Zeppelins' }])
    const [asked] = await growing.store.papers.byIds(['arxiv:2601.00001' as PaperId])
    const similar = async () => {
      await growing.index.catchUp()
      const found = await growing.index.similar({ ...terms, title: analyse('Zeppelins'), abstract: [] }, asked!.number, 10)
      return growing.ids(found.map(({ number }) => number))
    }
    expect(await similar()).toEqual([])
    await growing.put({ id: '2601.00002', title: 'The zeppelin' })
    expect(await similar()).toEqual(['2601.00002'])
  })

  test('are none where no term is shared', async () => {
    expect(await library.index.similar({ ...terms, title: ['zeppelin'], abstract: [] }, 0, 5)).toEqual([])
  })
})
