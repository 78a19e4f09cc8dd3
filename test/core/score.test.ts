import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Paper } from '#core/paper.ts'
import { scorePapers } from '#core/score.ts'
import { aPaper } from '#test/builders.ts'

const NOW = Temporal.Instant.from('2026-11-24T12:00:00Z')

/** Papers numbered from 1; without more said, all of one category and week, by nobody in common. */
function papers(...fields: Partial<Omit<Paper, 'ids' | 'authors'>>[]): Paper[] {
  return fields.map((given, at) =>
    aPaper({ published: '2026-11-20', authors: [`Author ${at} Number`], ...given, number: at + 1 }),
  )
}

function score(all: readonly Paper[], number: number): number {
  return scorePapers(all, NOW).get(number)?.value ?? Number.NaN
}

describe('a score', () => {
  test('is null without any signal, for each paper asked about', () => {
    expect([...scorePapers(papers({}, {}), NOW)]).toEqual([
      [1, null],
      [2, null],
    ])
    expect(scorePapers([], NOW).size).toBe(0)
  })

  test('is the percentile among the papers of a cohort, halves for equals', () => {
    const all = papers({}, {}, { upvotes: 3 }, { upvotes: 9 })
    expect([score(all, 3), score(all, 4)]).toEqual([62.5, 87.5])
  })

  test('compares a paper with those of its category and age only, where there are enough', () => {
    const crowd = papers(
      ...Array.from({ length: 30 }, (_, at) => ({ categories: ['cs.LG'], upvotes: 100 + at })),
      ...Array.from({ length: 30 }, (_, at) => ({ categories: ['hep-th'], upvotes: at })),
      ...Array.from({ length: 30 }, (_, at) => ({ categories: ['hep-th'], published: '2019-01-01', upvotes: 500 + at })),
    )
    expect(score(crowd, 60)).toBe(98.3)
    expect(score(crowd, 1)).toBe(1.7)
  })

  test('compares with all categories of that age where a category has few papers', () => {
    const all = papers({ categories: ['math.LO'], upvotes: 5 }, ...Array.from({ length: 19 }, () => ({ categories: ['cs.LG'] })))
    expect(score(all, 1)).toBe(97.5)
  })

  test('names its three largest parts, the largest first, as shares of the whole', () => {
    const [known] = papers({ citations: 40, upvotes: 12, sources: ['arxiv-api', 'feed'], published: '2026-01-01' })
    const { parts } = scorePapers([known!], NOW).get(1)!
    expect(parts.map(({ signal }) => signal)).toEqual(['citations', 'citations a month', 'upvotes'])
    const shares = parts.map(({ share }) => share)
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    expect(shares.reduce((sum, share) => sum + share)).toBeLessThan(1)
  })

  test('counts the group’s votes, and says so', () => {
    const all = papers({ upvotes: 2 }, {}, {})
    const scores = scorePapers(all, NOW, new Map([[2, 2]]))
    expect(scores.get(2)).toEqual({ value: 83.3, parts: [{ signal: 'votes of the group', share: 1 }] })
    expect(scores.get(1)?.value).toBe(50)
    expect(scores.get(3)).toBeNull()
  })

  test('counts arXiv’s services as one mention, and neither an import nor a catalogue, which has every paper', () => {
    expect(scorePapers(papers({ sources: ['arxiv-api', 'arxiv-rss', 'ndjson', 'sample'] }), NOW).get(1)).toBeNull()
    const catalogues = ['arxiv-rss', 'openalex', 'semantic-scholar', 'crossref'] as const
    expect(scorePapers(papers({ sources: catalogues, citations: 0, upvotes: 0 }), NOW).get(1)).toBeNull()
    expect(scorePapers(papers({ sources: ['arxiv-rss', 'hugging-face'] }), NOW).get(1)?.parts).toEqual([
      { signal: 'mentions in several sources', share: 1 },
    ])
  })

  test('sees the record of an author in the other papers', () => {
    const all = [
      aPaper({ number: 1, authors: ['Emmy Noether'], citations: 50, published: '2020-05-01' }),
      aPaper({ number: 2, authors: ['Noether, Emmy'] }),
      aPaper({ number: 3, authors: ['Nobody Known'] }),
    ]
    expect(scorePapers(all, NOW).get(2)?.parts).toEqual([{ signal: 'the authors’ record', share: 1 }])
    expect(scorePapers(all, NOW).get(3)).toBeNull()
  })

  test('takes what sources get wrong: negative counts, dates ahead, no date', () => {
    const odd = papers({ citations: -3, upvotes: Number.NaN }, { published: '2031-01-01', upvotes: 1 })
    const { published: _, ...undated } = aPaper({ number: 3, upvotes: 2 })
    const scores = scorePapers([...odd, undated], NOW)
    expect(scores.get(1)).toBeNull()
    expect(scores.get(2)?.value).toBe(75)
    expect(scores.get(3)?.value).toBe(50)
  })
})

const anyPaper = fc.record({
  citations: fc.option(fc.nat(50), { nil: undefined }),
  upvotes: fc.option(fc.nat(50), { nil: undefined }),
  published: fc.constantFrom('2026-11-20', '2026-10-01', '2024', '2020-02-01'),
  categories: fc.constantFrom(['cs.LG'], ['hep-th']),
  sources: fc.subarray(['arxiv-api', 'openalex', 'feed', 'hugging-face'] as const, { minLength: 1 }),
  authors: fc.subarray(['Ada Lovelace', 'Emmy Noether', 'Paul Erdős'], { minLength: 1 }),
})
const anyPapers = fc.array(anyPaper, { minLength: 1, maxLength: 60 }).map((all) =>
  all.map((fields, at) =>
    aPaper({
      ...(fields as Omit<typeof fields, 'citations' | 'upvotes'> & { citations: number; upvotes: number }),
      authors: fields.authors,
      number: at + 1,
    }),
  ),
)

const anyVotes = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(9))).map((votes) => new Map(votes))

function raised(paper: Paper, signal: 'citations' | 'upvotes' | 'mentions' | 'votes', by: number): Paper {
  if (signal === 'votes') return paper
  if (signal === 'mentions') return { ...paper, sources: ['arxiv-api', 'openalex', 'hugging-face', 'feed', 'biorxiv'] }
  return { ...paper, [signal]: (paper[signal] ?? 0) + by }
}

describe('for any papers', () => {
  test('each score is between 0 and 100 and its shares are positive and sum to at most 1', () => {
    fc.assert(
      fc.property(anyPapers, (all) => {
        for (const given of scorePapers(all, NOW).values()) {
          if (given === null) continue
          expect(given.value).toBeGreaterThanOrEqual(0)
          expect(given.value).toBeLessThanOrEqual(100)
          expect(given.parts.length).toBeGreaterThan(0)
          expect(given.parts.every(({ share }) => share > 0)).toBe(true)
          expect(given.parts.reduce((sum, { share }) => sum + share, 0)).toBeLessThan(1 + 1e-9)
        }
      }),
    )
  })

  test('a paper’s score never falls when one of its signals rises', () => {
    const signal = fc.constantFrom('citations' as const, 'upvotes' as const, 'mentions' as const, 'votes' as const)
    fc.assert(
      fc.property(anyPapers, anyVotes, fc.nat(), signal, fc.integer({ min: 1, max: 60 }), (all, votes, pick, rising, by) => {
        const before = all[pick % all.length]!
        const { number } = before
        const after = raised(before, rising, by)
        const changed = all.map((paper) => (paper === before ? after : paper))
        const more = rising === 'votes' ? new Map([...votes, [number, (votes.get(number) ?? 0) + by]]) : votes
        expect(scorePapers(changed, NOW, more).get(number)?.value ?? 0).toBeGreaterThanOrEqual(
          scorePapers(all, NOW, votes).get(number)?.value ?? 0,
        )
      }),
      { numRuns: 200 },
    )
  })

  test('the order of the papers does not matter', () => {
    fc.assert(
      fc.property(anyPapers, (all) => {
        const backwards = scorePapers(all.toReversed(), NOW)
        for (const [number, given] of scorePapers(all, NOW)) expect(backwards.get(number)?.value).toBe(given?.value)
      }),
    )
  })
})
