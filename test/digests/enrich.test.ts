import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { findAuthor } from '#core/author-page.ts'
import { SourceError } from '#core/errors.ts'
import type { Paper, PaperRecord, SourceName } from '#core/paper.ts'
import type { Enricher } from '#core/ports/enricher.ts'
import { type EnrichBounds, enrich } from '#digests/enrich.ts'
import { tick } from '#digests/tick.ts'
import { aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const MUCH: EnrichBounds = { batches: 100, papers: 1000, longest: { minutes: 1 } }

type Said = Partial<PaperRecord>

/** A source that says of each paper what `says` says, nothing where that is undefined; what it throws is how it fails. */
function aSource(says: (paper: Paper) => Said | undefined, { name = 'openalex' as SourceName, most = 10 } = {}) {
  const asked: string[][] = []
  const enricher: Enricher = {
    name,
    most,
    knows: ({ ids }) => ids[0].startsWith('arxiv:'),
    async enrich(papers) {
      asked.push(papers.map(({ title }) => title))
      return papers.flatMap((paper) => {
        const said = says(paper)
        return said === undefined ? [] : [{ source: name, ids: paper.ids, title: paper.title, authors: [], ...said }]
      })
    },
  }
  return { enricher, asked }
}

async function aBot(...sources: ReturnType<typeof aSource>[]) {
  const world = aWorld(await openSqliteStore(':memory:'))
  const told: string[] = []
  const log = {
    ...world.dependencies.log,
    info: (message: string) => told.push(message),
    warn: (message: string) => told.push(message),
  }
  const { clock } = world.dependencies
  return {
    ...world,
    told,
    put: (...records: Parameters<typeof aRecord>[0][]) =>
      world.store.papers.put(
        records.map((record, at) => aRecord({ ids: [`arxiv:2611.0000${at}`], title: `Paper ${at}`, ...record })),
        world.now(),
      ),
    enrich: (bounds = MUCH, signal?: AbortSignal) =>
      enrich(
        { store: world.store, enrichers: sources.map(({ enricher }) => enricher), clock, log, ...(signal && { signal }) },
        bounds,
      ),
    async tick() {
      world.pass({ minutes: 1 })
      await tick(world.dependencies, clock.now())
    },
  }
}

describe('what a source says', () => {
  test('is kept with the papers, and asked for again the sooner the younger they are', async () => {
    const source = aSource(() => ({ citations: source.asked.length, tldr: 'Short.', orgs: ['mit'] }))
    const { put, enrich, pass, store } = await aBot(source)
    await put({ published: '2026-11-15' }, { published: '2026-10-01' }, { published: '2020' })
    const days: Record<string, number[]> = {}
    for (let day = 0; day <= 36; day++) {
      const before = source.asked.length
      await enrich()
      for (const title of source.asked.slice(before).flat()) days[title] = [...(days[title] ?? []), day]
      pass({ hours: 24 })
    }
    expect(days).toEqual({
      'Paper 0': [0, 1, 2, 3, 4, 5, 6, 13, 20, 27, 34],
      'Paper 1': [0, 7, 14, 21, 28, 35],
      'Paper 2': [0, 30],
    })
    expect(await store.papers.byNumbers([1])).toMatchObject([{ citations: 16, tldr: 'Short.', orgs: ['mit'] }])
  })

  test('is asked for from the newest paper on, in batches, and of a pass no more than its bounds', async () => {
    const source = aSource(() => ({ citations: 1 }), { most: 2 })
    const { put, enrich } = await aBot(source)
    await put({ published: '2026-11-01' }, { published: '2026-11-15' }, { published: '2024' }, { published: '2026-11-10' })
    await enrich({ ...MUCH, papers: 3 })
    expect(source.asked).toEqual([['Paper 1', 'Paper 3'], ['Paper 0']])
    await enrich({ ...MUCH, batches: 0 })
    expect(source.asked).toHaveLength(2)
    await enrich({ ...MUCH, batches: 1 })
    expect(source.asked).toHaveLength(3)
    await enrich()
    expect(source.asked).toHaveLength(3)
  })

  test('is not asked for where the source cannot know, and as seldom where it knows nothing', async () => {
    const source = aSource(() => undefined)
    const { put, enrich, pass, store, now } = await aBot(source)
    const posts = Array.from({ length: 30 }, (_, at) => ({ ids: [`source:feed:${at}`], title: `Post ${at}` }))
    await put({}, ...posts)
    await enrich()
    await enrich()
    expect(source.asked).toEqual([['Paper 0']])
    expect(await store.enrichments.waiting('openalex', now())).toBe(0)
    pass({ hours: 24 })
    await enrich({ ...MUCH, batches: 1 })
    expect(source.asked).toEqual([['Paper 0'], ['Paper 0']])
  })

  test('of another paper than those asked about makes no new one', async () => {
    const source = aSource(() => ({ ids: ['doi:10.1/else'] as unknown as PaperRecord['ids'] }))
    const { put, enrich, store } = await aBot(source)
    await put({})
    await enrich()
    expect(await store.papers.count()).toBe(1)
  })

  test('leads from an ORCID to the author’s page', async () => {
    const orcid = '0000-0002-1825-0097'
    const source = aSource(() => ({ authors: [{ name: 'A. Lovelace', orcid }] }))
    const { put, enrich, store } = await aBot(source)
    await put({ authors: [{ name: 'Ada Lovelace' }, { name: 'Emmy Noether' }] })
    await enrich()
    expect(await findAuthor(store, orcid, 'impact')).toMatchObject({
      profile: { name: 'Ada Lovelace', orcid, papers: [{ number: 1 }] },
    })
  })
})

describe('a source that fails', () => {
  test('is left alone for longer each time, its papers stay due, and others are asked as ever', async () => {
    let isDown = true
    const away = aSource(() => {
      if (isDown) throw new SourceError('openalex.example cannot be reached.')
      return { citations: 5 }
    })
    const well = aSource(() => ({ upvotes: 2 }), { name: 'hugging-face' })
    const { put, enrich, pass, store, now, told } = await aBot(away, well)
    await put({})
    for (let minute = 0; minute < 40; minute++) {
      await enrich()
      pass({ minutes: 1 })
    }
    expect(away.asked).toHaveLength(4)
    expect(well.asked).toHaveLength(1)
    expect(told).toEqual(['source does not answer'])
    expect(await store.enrichments.state('openalex')).toMatchObject({ failures: 4, error: 'openalex.example cannot be reached.' })
    expect(await store.enrichments.waiting('openalex', now())).toBe(1)
    isDown = false
    pass({ hours: 6 })
    await enrich()
    expect(told).toEqual(['source does not answer', 'source answers again'])
    expect(await store.papers.byNumbers([1])).toMatchObject([{ citations: 5, upvotes: 2 }])
    expect(await store.enrichments.state('openalex')).toEqual({
      source: 'openalex',
      askedAt: now(),
      answeredAt: now(),
      failures: 0,
    })
  })

  test('is asked again when it said, and one refusal is told nobody', async () => {
    let refusals = 1
    const source = aSource(() => {
      if (refusals-- > 0) throw new SourceError('Asked too often.', { retryAfter: 7200 })
      return {}
    })
    const { put, enrich, pass, told } = await aBot(source)
    await put({})
    await enrich()
    pass({ minutes: 119 })
    await enrich()
    expect(source.asked).toHaveLength(1)
    pass({ minutes: 1 })
    await enrich()
    expect(source.asked).toHaveLength(2)
    expect(told).toEqual([])
  })

  test('on one paper, whenever it is among those asked about, gives what it knows of all others', async () => {
    const source = aSource(({ title }) => {
      if (title === 'Paper 5') throw new SourceError('There is an error (500).')
      return { citations: 1 }
    })
    const { put, enrich, pass, store, now } = await aBot(source)
    await put(...Array.from({ length: 12 }, () => ({ published: '2020-01-01' })))
    for (let hour = 0; hour < 72; hour++) {
      await enrich()
      pass({ hours: 1 })
    }
    const papers = await store.papers.byNumbers(Array.from({ length: 12 }, (_, at) => at + 1))
    expect(papers.filter(({ citations }) => citations === undefined).map(({ title }) => title)).toEqual(['Paper 5'])
    expect(await store.enrichments.waiting('openalex', now())).toBe(0)
  })

  test('is not blamed for an answer that nobody waited for', async () => {
    const stopping = new AbortController()
    const source = aSource(() => {
      stopping.abort()
      throw new SourceError('Did not answer in time.')
    })
    const { put, enrich, store, now } = await aBot(source)
    await put({})
    await enrich(MUCH, stopping.signal)
    expect(await store.enrichments.state('openalex')).toBeUndefined()
    expect(await store.enrichments.waiting('openalex', now())).toBe(1)
    await enrich(MUCH, stopping.signal)
    expect(source.asked).toHaveLength(1)
  })
})

describe('news', () => {
  const topic = (query: string) => aSubscription({ target: { kind: 'topic', query }, cadence: 'now' })

  test('is neither a count nor a summary, of whatever was posted', async () => {
    const source = aSource(() => ({
      citations: source.asked.length,
      upvotes: source.asked.length,
      tldr: `${source.asked.length}.`,
      orgs: ['mit'],
    }))
    const bot = await aBot(source)
    await bot.store.subscriptions.add(topic('paper'))
    await bot.put({}, {})
    await bot.tick()
    expect(bot.platform.posted).toHaveLength(2)
    for (let day = 0; day < 3; day++) {
      await bot.enrich()
      await bot.tick()
      bot.pass({ hours: 24 })
    }
    expect(source.asked).toHaveLength(3)
    expect(bot.platform.posted).toHaveLength(2)
    expect(bot.platform.edited).toEqual([])
    expect(await bot.store.papers.unmatched(9)).toEqual([])
  })

  test('is an organisation that a topic asks for, of a paper of the last 30 days, once', async () => {
    const bot = await aBot(aSource(() => ({ orgs: ['mit'], citations: 1 })))
    await bot.store.subscriptions.add(topic('org:mit'))
    await bot.put({ published: '2026-11-15' }, { published: '2026-10-10' }, { published: '2020' })
    await bot.tick()
    expect(bot.platform.posted).toEqual([])
    await bot.enrich()
    await bot.tick()
    await bot.tick()
    const titles = bot.platform.posted.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'card' ? [block.paper.title] : [])),
    )
    expect(titles).toEqual(['Paper 0'])
  })
})

test('whatever fails, and whenever, no paper is asked about before its turn and each is in the end', async () => {
  const step = fc.record({ hours: fc.integer({ min: 0, max: 60 }), fails: fc.boolean(), papers: fc.nat(2) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      let fails = false
      const answered = new Map<string, string>()
      const source = aSource(
        () => {
          if (fails) throw new SourceError('It is away.')
          return { citations: 1 }
        },
        { most: 2 },
      )
      const bot = await aBot(source)
      let papers = 0
      const step = async (hours: number, more: number) => {
        bot.pass({ hours })
        for (let added = 0; added < more; added++) await bot.put({ ids: [`arxiv:2611.1${++papers}`], title: `Number ${papers}` })
        const before = source.asked.length
        await bot.enrich({ ...MUCH, batches: 2 })
        for (const title of fails ? [] : source.asked.slice(before).flat()) {
          const last = answered.get(title)
          if (last !== undefined) expect(bot.dependencies.clock.now().since(last).total('hours')).toBeGreaterThanOrEqual(24)
          answered.set(title, bot.now())
        }
      }
      for (const { hours, fails: now, papers: more } of steps) {
        fails = now
        await step(hours, more)
      }
      fails = false
      for (let at = 0; at <= papers; at++) await step(7, 0)
      expect(answered.size).toBe(papers)
      await bot.store.close()
    }),
    { numRuns: 60 },
  )
})
