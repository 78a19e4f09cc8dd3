import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arxivDay } from '#core/announcement-days.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Archive } from '#core/ports/archive.ts'
import type { FeedSource } from '#core/ports/source.ts'
import type { Subscription } from '#core/subscription.ts'
import { tick } from '#digests/tick.ts'
import { aRecord, aSubscription } from '#test/builders.ts'
import { aWorldWithArchive, noAnswer } from './an-archive.ts'

const category = (name = 'cs.LG', parts: Partial<Subscription> = {}) =>
  aSubscription({ id: name, target: { kind: 'category', category: name }, cadence: 'digest', ...parts })

/** Number `nth` of a day, submitted on the morning before it. */
function paper(day: string, nth: number, parts: Partial<PaperRecord> = {}): PaperRecord {
  const submitted = Temporal.PlainDate.from(day).subtract({ days: day === '2026-11-23' ? 3 : 1 })
  return {
    ...aRecord({
      ids: [`arxiv:26${day.slice(5, 7)}.${day.slice(8)}${String(nth).padStart(3, '0')}`],
      title: `Paper ${nth} of ${day}`,
      published: `${submitted}T12:00:00Z`,
      announcement: 'new',
    }),
    ...parts,
  }
}

async function aBot(...subscriptions: readonly Subscription[]) {
  const world = await aWorldWithArchive(...subscriptions)
  /** Twice, as a day is known then. */
  const read = async (feed: string, records: readonly PaperRecord[]) => {
    world.feeds.set(feed, records)
    await world.run()
    world.pass({ hours: 1 })
    await world.run()
  }
  const told = async () => {
    const matches = await Promise.all(
      subscriptions.map(({ destination }) =>
        world.store.subscriptions.matchesBetween(destination, '2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z'),
      ),
    )
    const papers = await world.store.papers.byNumbers(matches.flat().map(({ paper }) => paper))
    return papers.map(({ title }) => title).toSorted()
  }
  const until = async (feed = 'cs.LG') => (await world.store.feeds.get(feed))?.coverage?.until
  return { ...world, read, told, until }
}

const titles = (...records: readonly PaperRecord[]) => records.map(({ title }) => title).toSorted()
const [monday, tuesday, wednesday, thursday, friday] = ['16', '17', '18', '19', '20'].map((day) => `2026-11-${day}`) as [
  string,
  string,
  string,
  string,
  string,
]

test('what was announced while nobody looked is read from the archive, and told once', async () => {
  const { read, archived, told, until, pass, run } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  const missed = [paper(tuesday, 1), paper(tuesday, 2), paper(wednesday, 1), paper(thursday, 1)]
  for (const one of missed) archived.add(one.title.slice(-10), one)
  pass({ hours: 4 * 24 })
  await read('cs.LG', [paper(friday, 1)])
  expect(archived.asked).toEqual(['cs.LG 2026-11-16..2026-11-20'])
  expect(await told()).toEqual(titles(paper(monday, 1), ...missed, paper(friday, 1)))
  expect(await until()).toBe(friday)
  await run()
  expect(archived.asked).toHaveLength(1)
})

test.each(['answers', 'fails'])(
  'what another process reads of the feed meanwhile stays as it is, where the archive %s',
  async (how) => {
    const { read, archived, pass, store, dependencies, now } = await aBot(category())
    await read('cs.LG', [paper(monday, 1)])
    archived.add(tuesday, paper(tuesday, 1))
    pass({ hours: 2 * 24 })
    const { archive } = archived
    const beside: Archive = {
      ...archive,
      async *changed(...asked) {
        const before = (await store.feeds.get('cs.LG'))!
        await store.feeds.set({ ...before, etag: '"newer"', checkedAt: now() })
        if (how === 'fails') noAnswer()
        yield* archive.changed(...asked)
      },
    }
    await tick({ ...dependencies, archive: beside }, Temporal.Instant.from(now()), { watch: false })
    const after = await store.feeds.get('cs.LG')
    expect(after).toMatchObject({ etag: '"newer"', checkedAt: now() })
    expect(after?.coverage?.until).toBe(how === 'fails' ? monday : tuesday)
    expect(after?.coverage?.missing?.failures).toBe(how === 'fails' ? 1 : undefined)
  },
)

test.each(['answers', 'fails'])('what another process asks of the archive meanwhile is known, where the feed %s', async (how) => {
  const { read, archived, pass, store, dependencies, now } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  pass({ hours: 2 * 24 })
  const source: FeedSource = {
    name: 'arxiv-rss',
    async read(feed, known) {
      const before = (await store.feeds.get(feed))!
      await store.feeds.set({ ...before, coverage: { ...before.coverage!, until: tuesday } })
      if (how === 'fails') noAnswer()
      return dependencies.source.read(feed, known)
    },
  }
  await tick({ ...dependencies, source }, Temporal.Instant.from(now()))
  expect(archived.asked).toEqual([])
  expect((await store.feeds.get('cs.LG'))?.coverage?.until).toBe(tuesday)
})

test('the first reading asks for nothing that was before it', async () => {
  const { read, archived, until } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  expect(archived.asked).toEqual([])
  expect(await until()).toBe(monday)
})

test('days on which the feed failed are missed, from the first attempt on', async () => {
  const { feeds, run, pass, archived, told, until } = await aBot(category())
  feeds.set('cs.LG', new SourceError('no answer'))
  await run()
  archived.add(monday, paper(monday, 1))
  archived.add(tuesday, paper(tuesday, 1))
  pass({ hours: 48 })
  expect((await run()).feeds).toMatchObject([{ feed: 'cs.LG', state: 'failed', offered: 2, new: 2 }])
  expect(await told()).toEqual(titles(paper(monday, 1), paper(tuesday, 1)))
  expect(await until()).toBe(tuesday)
})

test('what was announced on the day before the first attempt is no news', async () => {
  const { feeds, run, pass, archived, told } = await aBot(category())
  pass({ hours: 24 })
  feeds.set('cs.LG', new SourceError('no answer'))
  await run()
  archived.add(monday, paper(monday, 1))
  archived.add(tuesday, paper(tuesday, 1))
  pass({ hours: 24 })
  await run()
  expect(archived.asked).toEqual(['cs.LG 2026-11-17..2026-11-18'])
  expect(await told()).toEqual(titles(paper(tuesday, 1)))
})

test('a day that was read once, or showed nothing, is asked for when it is over', async () => {
  const { feeds, run, pass, archived, until } = await aBot(category())
  feeds.set('cs.LG', [paper(monday, 1)])
  await run()
  feeds.set('cs.LG', [])
  pass({ hours: 24 })
  await run()
  expect(archived.asked).toEqual(['cs.LG 2026-11-16..2026-11-17'])
  expect(await until()).toBe(monday)
  pass({ hours: 24 })
  await run()
  expect(await until()).toBe(tuesday)
})

test('a day of far fewer papers than the day before, however often it is read so, is asked for', async () => {
  const { read, archived, told, pass, run } = await aBot(category())
  const all = [1, 2, 3, 4].map((nth) => paper(tuesday, nth))
  await read(
    'cs.LG',
    [1, 2, 3, 4].map((nth) => paper(monday, nth)),
  )
  for (const one of all) archived.add(tuesday, one)
  pass({ hours: 24 })
  await read('cs.LG', all.slice(0, 1))
  pass({ hours: 24 })
  await run()
  expect(await told()).toEqual(titles(...[1, 2, 3, 4].map((nth) => paper(monday, nth)), ...all))
})

test('nothing that was announced before the gap is news, whatever changed of it since', async () => {
  const { read, archived, told, store, pass } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  const { announcement: _, ...touched } = paper('2026-09-15', 1)
  archived.add(
    tuesday,
    touched,
    paper('2026-11-10', 2, { announcement: 'replace', version: 2 }),
    paper('2026-10-10', 3, { announcement: 'cross' }),
    paper('2026-11-12', 4, { title: 'Held back' }),
  )
  pass({ hours: 48 })
  await read('cs.LG', [paper(wednesday, 1)])
  expect(await told()).toEqual(['Held back', ...titles(paper(monday, 1), paper(wednesday, 1))])
  expect(await store.papers.count()).toBe(6)
})

test('a paper announced in a gap is news though it has a new version since, which the feed announces first', async () => {
  const { read, archived, told, pass } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  const revised = paper(tuesday, 1, { announcement: 'replace', version: 2 })
  archived.add(friday, revised)
  pass({ hours: 4 * 24 })
  await read('cs.LG', [revised, paper(friday, 1)])
  expect(await told()).toEqual(titles(paper(monday, 1), revised, paper(friday, 1)))
})

test('a paper announced in a gap is news though its new version came on the evening on which the gap is read', async () => {
  const { read, archived, told, pass, run } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  archived.add(tuesday, paper(tuesday, 1))
  archived.hooks.onPage = noAnswer
  pass({ hours: 48 })
  await read('cs.LG', [paper(wednesday, 1)])
  const again = { version: 2, updated: '2026-11-18T12:00:00Z' }
  archived.add(thursday, paper(tuesday, 1, again))
  archived.hooks.onPage = () => {}
  // 22:00 on Wednesday at arXiv, where Thursday's papers are public, and it is Thursday in its archive.
  pass({ hours: 16 })
  await run()
  await run()
  pass({ hours: 8 })
  await read('cs.LG', [paper(tuesday, 1, { ...again, announcement: 'replace' }), paper(thursday, 1)])
  expect(await told()).toEqual(titles(paper(monday, 1), paper(tuesday, 1), paper(wednesday, 1), paper(thursday, 1)))
})

test('where the archive fails the pages before it stand, less is asked for, and the feed itself is fine', async () => {
  const { read, archived, told, until, pass, run, store } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  const missed = Array.from({ length: 5 }, (_, nth) => paper(tuesday, nth))
  archived.add(tuesday, ...missed)
  archived.hooks.onPage = (page) => page === 1 && noAnswer()
  pass({ hours: 4 * 24 })
  expect((await run()).feeds).toMatchObject([{ state: 'stalled', new: 3 }])
  expect((await store.feeds.get('cs.LG'))?.coverage).toMatchObject({
    until: monday,
    missing: { from: tuesday, failures: 1, span: 2, error: 'no answer' },
  })
  await run()
  expect(archived.asked).toHaveLength(1)
  archived.hooks.onPage = () => {}
  pass({ minutes: 5 })
  await run()
  expect(archived.asked.slice(1)).toEqual(['cs.LG 2026-11-16..2026-11-19', 'cs.LG 2026-11-18..2026-11-20'])
  expect(await told()).toEqual(titles(paper(monday, 1), ...missed))
  expect(await until()).toBe(thursday)
  expect((await store.feeds.get('cs.LG'))?.coverage).not.toHaveProperty('missing')
})

test('a pass asks for so long and no longer, categories take turns, and passes without a look at the feeds go on', async () => {
  const { read, archived, pass, dependencies, now, until } = await aBot(category('cs.LG'), category('stat.ML'))
  await read('cs.LG', [paper(monday, 1)])
  await read('stat.ML', [])
  archived.hooks.onPage = () => pass({ seconds: 15 })
  pass({ hours: 21 * 24 })
  const at = () => Temporal.Instant.from(now())
  await tick(dependencies, at())
  expect(archived.asked.map((text) => text.split(' ')[0])).toEqual(['cs.LG', 'stat.ML'])
  await tick(dependencies, at(), { watch: false })
  expect(archived.asked.map((text) => text.split(' ')[0])).toEqual(['cs.LG', 'stat.ML', 'cs.LG', 'stat.ML'])
  while (archived.asked.length < 6) await tick(dependencies, at(), { watch: false })
  expect(await until('cs.LG')).toBe('2026-12-04')
})

test('after a failure a pass asks for nothing more, and the next one asks for the next category', async () => {
  const { read, archived, pass, run } = await aBot(category('cs.LG'), category('stat.ML'))
  await read('cs.LG', [paper(monday, 1)])
  archived.hooks.onPage = () => noAnswer()
  pass({ hours: 3 * 24 })
  await run()
  expect(archived.asked.map((text) => text.split(' ')[0])).toEqual(['cs.LG'])
  await run()
  expect(archived.asked.map((text) => text.split(' ')[0])).toEqual(['cs.LG', 'stat.ML'])
})

test('what takes too long is given up, and asked for in smaller parts', async () => {
  const { read, archived, pass, run, store } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  archived.add(tuesday, ...Array.from({ length: 12 }, (_, nth) => paper(tuesday, nth)))
  archived.hooks.onPage = () => pass({ seconds: 30 })
  pass({ hours: 4 * 24 })
  await run()
  expect((await store.feeds.get('cs.LG'))?.coverage?.missing).toMatchObject({ span: 2 })
  pass({ minutes: 5 })
  await run()
  pass({ minutes: 15 })
  await run()
  expect((await store.feeds.get('cs.LG'))?.coverage?.until).toBe(tuesday)
})

test('thirty days back are asked for, and no more', async () => {
  const { read, archived, pass, run } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  pass({ hours: 50 * 24 })
  await run()
  expect(archived.asked[0]).toBe('cs.LG 2026-12-06..2026-12-12')
  expect(archived.asked.at(-1)).toMatch(/\.\.2027-01-05$/)
})

test('a category that nobody followed for a while begins anew', async () => {
  const { read, archived, pass, store, run, now, until } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  await store.subscriptions.remove(category().destination, ['cs.LG'])
  pass({ hours: 10 * 24 })
  await run()
  await store.subscriptions.add(category('cs.LG', { createdAt: now() }))
  await run()
  expect(archived.asked).toEqual([])
  expect(await until()).toBe('2026-11-25')
})

test('an archive of another form than before is not taken for an answer', async () => {
  const { read, pass, run, until, dependencies, store } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  const skipped = Array.from({ length: 6 }, () => ({ where: '', why: '' }))
  const archive = {
    async *changed() {
      yield { records: [paper(tuesday, 1)], skipped }
    },
  }
  Object.assign(dependencies, { archive })
  pass({ hours: 48 })
  await run()
  expect(await until()).toBe(monday)
  expect((await store.feeds.get('cs.LG'))?.coverage?.missing?.error).toContain('The archive of cs.LG has another form')
})

test('a clock that was a year ahead for a while costs no paper', async () => {
  const { read, archived, told, pass, run, feeds, until } = await aBot(category())
  await read('cs.LG', [paper(monday, 1)])
  pass({ hours: 365 * 24 })
  await run()
  archived.hooks.onPage = noAnswer
  feeds.set('cs.LG', new SourceError('no answer'))
  pass({ hours: 48 })
  await run()
  expect(await until()).toBe('2027-11-15')
  archived.hooks.onPage = () => {}
  pass({ hours: -366 * 24 })
  await read('cs.LG', [paper(tuesday, 1)])
  feeds.set('cs.LG', new SourceError('no answer'))
  archived.add(wednesday, paper(wednesday, 1))
  pass({ hours: 48 })
  await run()
  expect(await told()).toEqual(titles(paper(monday, 1), paper(tuesday, 1), paper(wednesday, 1)))
})

test('whatever fails on whatever day, and wherever the power goes, every paper is told of once', async () => {
  const pass = fc.record({
    hours: fc.integer({ min: 1, max: 30 }),
    feed: fc.constantFrom('whole', 'few', 'none', 'yesterday', 'fails'),
    archive: fc.constantFrom('whole', 'fails at once', 'fails later'),
    power: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 4, nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(pass, { minLength: 1, maxLength: 12 }), async (passes) => {
      const bot = await aBot(category())
      const { store, archived, feeds, dependencies } = bot
      const first = new Date('2026-11-16T09:00:00Z')
      const announced = new Map<string, PaperRecord[]>()
      for (let nth = 0; nth < 30; nth++) {
        const day = Temporal.PlainDate.from('2026-11-16').add({ days: nth })
        if (day.dayOfWeek > 5) continue
        const submitted = day.subtract({ days: day.dayOfWeek === 1 ? 3 : 1 })
        announced.set(
          day.toString(),
          Array.from({ length: 4 }, (_, nth) => ({ ...paper(day.toString(), nth), published: `${submitted}T12:00:00Z` })),
        )
      }
      for (const [day, papers] of announced) archived.add(day, ...papers)
      const shown = (now: Temporal.Instant, days = 0) =>
        announced.get(Temporal.PlainDate.from(arxivDay(now)).add({ days }).toString()) ?? []
      const look = async (now: Temporal.Instant, { feed, archive, power }: (typeof passes)[number]) => {
        const batch = { whole: shown(now), few: shown(now).slice(0, 1), none: [], yesterday: shown(now, -1) }
        feeds.set('cs.LG', feed === 'fails' ? new SourceError('no answer') : batch[feed])
        archived.hooks.onPage = (page) => {
          if (archive === 'fails at once' || (archive === 'fails later' && page > 0)) noAnswer()
        }
        let left = power ?? Number.POSITIVE_INFINITY
        const cut: typeof store = {
          ...store,
          transaction: (work) => (left-- > 0 ? store.transaction(work) : Promise.reject(new Error('the power went'))),
        }
        await tick({ ...dependencies, store: cut }, now).catch(() => {})
      }
      await look(Temporal.Instant.fromEpochMilliseconds(first.getTime()), {
        hours: 0,
        feed: 'whole',
        archive: 'whole',
        power: undefined,
      })
      let now = Temporal.Instant.from(bot.now())
      for (const one of passes) {
        now = bot.pass({ hours: one.hours })
        await look(now, one)
      }
      const last = arxivDay(now)
      now = bot.pass({ hours: 30 })
      await look(now, { hours: 0, feed: 'none', archive: 'whole', power: undefined })
      const due = [...announced].flatMap(([day, papers]) => (day <= last ? papers : []))
      const told = await bot.told()
      expect(told.filter((title) => title.slice(-10) <= last)).toEqual(titles(...due))
      await store.close()
    }),
    { numRuns: 40 },
  )
})
