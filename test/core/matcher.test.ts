import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorKey } from '#core/author-name.ts'
import { createMatcher, type Selection } from '#core/matcher.ts'
import type { Paper } from '#core/paper.ts'
import { matchedWords } from '#core/query/matched-words.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import { termsOf } from '#core/query/terms.ts'
import { type AuthorTarget, type Subscription, type Target, targetKey } from '#core/subscription.ts'
import { anAuthorTarget, aPaper, aSubscription } from '#test/builders.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const topic = (query: string): Target => ({ kind: 'topic', query })
const following = (...targets: Target[]): Subscription[] =>
  targets.map((target, at) => aSubscription({ id: `subscription-${at}`, target }))
const selected = (targets: Target[], papers: Paper[]) =>
  createMatcher(following(...targets))
    .match(papers, now)
    .map(({ subscription, paper, reason }) => [subscription.id, paper.number, ...reason.words])

const WORDS = ['moth', 'lamps', 'wings', 'circle', 'night', 'Byron']
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((some) => some.join(' '))
const somePaper = fc
  .record({
    title: words,
    abstract: words,
    authors: fc.array(fc.constantFrom('Ada Byron', 'Moth Lamps', 'Cy Night'), { maxLength: 3 }),
    categories: fc.subarray(['cs.LG', 'stat.ML', 'hep-th']),
    published: fc.constantFrom('2024', '2024-03', '2024-03-15', '2026-11-20'),
    score: fc.constantFrom(undefined, 10, 80, 95),
  })
  .map(({ score, ...fields }) => aPaper(score === undefined ? fields : { ...fields, score }))
const one = fc.constantFrom(
  ...WORDS,
  ...[
    '"moth lamps"',
    '"moth lamps wings"',
    'title:"moth lamps circle"',
    'title:moth',
    'abstract:"circle night"',
    'author:byron',
    'author:"moth lamps"',
    'cat:cs',
    'cat:ml',
  ],
  ...['since:2024-03', 'until:2024', 'since:30d', 'score:>80', 'score:<=80', 'source:arxiv', 'id:2611.00001', 'org:mit'],
)
const { query: someQuery } = fc.letrec<{ query: string }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: one },
    { weight: 1, arbitrary: tie('query').map((inner) => `-(${inner})`) },
    { weight: 2, arbitrary: fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) (${b})`) },
    { weight: 2, arbitrary: fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`) },
  ),
}))

/** What the plain loop says of each pair, in the order in which they are promised. */
const looped = (papers: readonly Paper[], queries: readonly string[]) =>
  papers.flatMap((paper) =>
    queries.flatMap((query, at) => {
      const parsed = parseQuery(query)
      return matches(parsed, termsOf(paper), now) ? [[paper.number, `subscription-${at}`, ...matchedWords(parsed, paper)]] : []
    }),
  )
const told = (selections: Iterable<Selection>) =>
  Array.from(selections, ({ subscription, paper, reason }) => [paper.number, subscription.id, ...reason.words])
const numbered = (papers: readonly Paper[]) => papers.map((paper, at) => ({ ...paper, number: at + 1 }))

test('selects what the plain loop selects, for the same words, whatever the queries and papers', () => {
  let total = 0
  fc.assert(
    fc.property(fc.array(somePaper, { maxLength: 70 }), fc.array(someQuery, { maxLength: 12 }), (some, queries) => {
      const papers = numbered(some)
      const expected = looped(papers, queries)
      expect(told(createMatcher(following(...queries.map(topic))).match(papers, now))).toEqual(expected)
      total += expected.length
    }),
    { numRuns: 150 },
  )
  expect(total).toBeGreaterThan(1000)
})

test('added page by page, and matched with in between, it selects the same', () => {
  const pages = fc.array(fc.array(someQuery, { maxLength: 5 }), { maxLength: 5 })
  fc.assert(
    fc.property(fc.array(somePaper, { maxLength: 20 }), pages, (some, queries) => {
      const papers = numbered(some)
      const all = following(...queries.flat().map(topic))
      const matcher = createMatcher()
      let added = 0
      for (const page of queries) {
        matcher.add(all.slice(added, added + page.length))
        added += page.length
        expect(told(matcher.matchEach(papers, now))).toEqual(looped(papers, queries.flat().slice(0, added)))
      }
    }),
    { numRuns: 100 },
  )
})

test('more papers than fit a batch, and more subscriptions than fit a piece of memory, are selected in their order', () => {
  const papers = numbered(Array.from({ length: 600 }, (_, at) => aPaper({ title: `Moth ${at} lamps ${at % 7}` })))
  const queries = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? `"moth ${at}"` : `lamps ${at} -moth`))
  queries.push('lamps -6', 'moth')
  const found = told(createMatcher(following(...queries.map(topic))).matchEach(papers, now))
  expect(found).toEqual(
    papers.flatMap(({ number }) => {
      const at = number - 1
      const named = at % 2 === 0 ? [[number, `subscription-${at}`, `Moth ${at}`]] : []
      const lamps = at % 7 === 6 || at === 6 ? [] : [[number, 'subscription-20000', 'lamps']]
      return [...named, ...lamps, [number, 'subscription-20001', 'Moth']]
    }),
  )
})

test('two passes over one matcher do not disturb each other', () => {
  const papers = numbered(Array.from({ length: 300 }, () => aPaper({ title: 'Moths circle lamps' })))
  const matcher = createMatcher(following(topic('moth'), topic('lamp')))
  const [first, second] = [matcher.matchEach(papers, now), matcher.matchEach(papers, now)]
  for (let pair = 0; pair < 600; pair++) expect(first.next()).toEqual(second.next())
  expect([first.next().done, second.next().done]).toEqual([true, true])
})

test('an author is the followed one by the same key, and no namesake by initials', () => {
  const papers = [aPaper({ authors: ['Éric J. Michaud'] }), aPaper({ number: 2, authors: ['E. Michaud'] })]
  expect(selected([anAuthorTarget('Eric J Michaud')], papers)).toEqual([['subscription-0', 1, 'Éric J. Michaud']])
  expect(authorKey('Michaud, Eric J.')).toBe(authorKey('Eric J. Michaud'))
})

test('a category answers to its badge and its archive, and is shown as the paper carries it', () => {
  const paper = aPaper({ categories: ['stat.ML', 'cs.LG'] })
  const targets = ['lg', 'cs', 'stat.ML', 'cs.CL'].map((category): Target => ({ kind: 'category', category }))
  expect(selected(targets, [paper])).toEqual([
    ['subscription-0', 1, 'cs.LG'],
    ['subscription-1', 1, 'cs.LG'],
    ['subscription-2', 1, 'stat.ML'],
  ])
})

test('of a category, the primary one is told from a cross-list, and may be followed alone', () => {
  const paper = aPaper({ categories: ['stat.ML', 'cs.LG', 'cs.CL'] })
  const targets: Target[] = [
    { kind: 'category', category: 'cs' },
    { kind: 'category', category: 'cs.LG', primaryOnly: true },
    { kind: 'category', category: 'ML', primaryOnly: true },
    { kind: 'category', category: 'stat' },
    { kind: 'category', category: 'cs.LG' },
  ]
  const reasons = createMatcher(following(...targets))
    .match([paper], now)
    .map(({ reason }) => reason)
  expect(reasons).toEqual([
    { subscription: 'subscription-0', target: targets[0], words: ['cs.LG'], crossListed: true },
    { subscription: 'subscription-2', target: targets[2], words: ['stat.ML'] },
    { subscription: 'subscription-3', target: targets[3], words: ['stat.ML'] },
    { subscription: 'subscription-4', target: targets[4], words: ['cs.LG'], crossListed: true },
  ])
  expect(selected(targets, [aPaper({ categories: [] }), aPaper({ categories: ['hep-th'] })])).toEqual([])
})

test('with and without cross-lists, a category is one target', () => {
  const category: Target = { kind: 'category', category: 'cs.LG' }
  expect(targetKey({ ...category, primaryOnly: true })).toBe(targetKey(category))
})

test('equal topics are answered each, and one that cannot be read selects nothing', () => {
  const paper = aPaper({ title: 'Moths circle lamps' })
  expect(selected([topic('moth'), topic('(('), topic('moth')], [paper])).toEqual([
    ['subscription-0', 1, 'Moths'],
    ['subscription-2', 1, 'Moths'],
  ])
})

test('no papers, no subscriptions: no matches', () => {
  expect(createMatcher([]).match([aPaper()], now)).toEqual([])
  expect(createMatcher(following(topic('moth'))).match([], now)).toEqual([])
})

test.each([
  ['sparse autoencoder', ['Sparse', 'Autoencoders']],
  ['"sparse autoencoder"', ['Sparse Autoencoders']],
  ['title:gauss OR zebra', ['Gauss’s']],
  ['author:michaud -cat:cs.CL', ['Michaud']],
  ['quanta', ['quanta']],
  ['表示', ['表示']],
  ['cat:cs.LG', []],
])('the words that %s matched are as the paper has them', (query, expected) => {
  const paper = aPaper({
    title: 'Gauss’s Sparse Autoencoders and 表示学習',
    authors: ['Eric J. Michaud'],
    abstract: 'They find $\\textbf{quanta}$.',
  })
  expect(matchedWords(parseQuery(query), paper)).toEqual(expected)
})

test('phrases do not run from one author into the next, nor from the title into the abstract', () => {
  const paper = aPaper({ title: 'Moths circle', abstract: 'Lamps glow.', authors: ['Ada Byron', 'Cy Dale'] })
  const asked = (query: string) => matches(parseQuery(query), termsOf(paper), now)
  expect(asked('"moths circle"')).toBe(true)
  expect(asked('"circle lamps"')).toBe(false)
  expect(asked('author:"ada byron"')).toBe(true)
  expect(asked('"byron cy"')).toBe(false)
})

test('what is unknown of a paper is matched by no comparison, and a date by its earliest day', () => {
  const { published, ...undated } = aPaper()
  expect(matches(parseQuery('since:1990 OR until:2100 OR score:<=100'), termsOf(undated), now)).toBe(false)
  const march = termsOf(aPaper({ published: '2024-03' }))
  expect(matches(parseQuery('since:2024-03-01 until:2024-03-01'), march, now)).toBe(true)
  expect(matches(parseQuery('since:2024-03-02'), march, now)).toBe(false)
  expect(matches(parseQuery('until:2024'), march, now)).toBe(true)
})

test('selects for everybody who follows the name, whatever ORCIDs tell them apart', () => {
  const byron = anAuthorTarget('Ada Byron') as AuthorTarget
  const targets = [byron, { ...byron, orcid: '0000-0001-0000-0001' }, { ...byron, orcid: '0000-0002-0000-0002' }]
  expect(selected(targets, [aPaper({ authors: ['Ada Byron'] })]).map(([id]) => id)).toEqual([
    'subscription-0',
    'subscription-1',
    'subscription-2',
  ])
})
