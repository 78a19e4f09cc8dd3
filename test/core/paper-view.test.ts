import { describe, expect, test } from 'vitest'
import { badge, firstDay, paperUrl, shownAuthors, shownDate, shownScore } from '#core/paper-view.ts'
import { aPaper } from '#test/builders.ts'

const NOW = Temporal.Instant.from('2026-11-24T12:00:00Z')

test.each([
  [['cs.LG', 'stat.ML'], 'LG'],
  [['stat.ML'], 'ML'],
  [['hep-th'], 'hep-th'],
  [[], undefined],
])('the badge of %j is %s', (categories, shown) => {
  expect(badge({ categories })).toBe(shown)
})

test.each([
  ['2026-04-23', 'Apr 23'],
  ['2026-04-03T17:59:59Z', 'Apr 3'],
  ['2023-07-27', 'Jul 27, 2023'],
  ['2023-07', 'Jul 2023'],
  ['2023', '2023'],
  ['some day', 'some day'],
])('%s is shown as %s', (published, shown) => {
  expect(shownDate(published, NOW)).toBe(shown)
})

describe('the score', () => {
  test('has one decimal, the source’s own before ours', () => {
    const computedScore = { value: 12.345, parts: [] }
    expect(shownScore(aPaper({ computedScore }), NOW)).toBe(12.3)
    expect(shownScore(aPaper({ computedScore, score: 85.2 }), NOW)).toBe(85.2)
  })

  test('is shown for twelve months and not a day longer', () => {
    expect(shownScore(aPaper({ score: 85.2, published: '2025-11-24' }), NOW)).toBe(85.2)
    expect(shownScore(aPaper({ score: 85.2, published: '2025-11-23' }), NOW)).toBeUndefined()
  })
})

test('authors are all shown up to three, then the first three', () => {
  expect(shownAuthors(aPaper({ authors: ['A', 'B', 'C'] }))).toBe('A, B, C')
  expect(shownAuthors(aPaper({ authors: ['A', 'B', 'C', 'D'] }))).toBe('A, B, C et al.')
  expect(shownAuthors(aPaper({ authors: ['A'], authorsOmitted: 4 }))).toBe('A et al.')
  expect(shownAuthors(aPaper({ authors: [] }))).toBe('')
})

test('a paper is read on arXiv, else where its source says, never at an address of another kind', () => {
  expect(paperUrl(aPaper({ ids: ['arxiv:2303.13506'], url: 'https://a.example' }))).toBe('https://arxiv.org/abs/2303.13506')
  expect(paperUrl(aPaper({ ids: ['doi:10.1234/x'], url: 'https://a.example' }))).toBe('https://a.example')
  expect(paperUrl(aPaper({ ids: ['doi:10.1234/x'], url: 'javascript:alert(1)' }))).toBe('https://doi.org/10.1234/x')
  expect(paperUrl(aPaper({ ids: ['title:0123456789abcdef'] }))).toBeUndefined()
})

test('firstDay is the earliest day a date can mean', () => {
  expect(['2024', '2024-03', '2024-03-15T01:00:00Z', 'soon'].map(firstDay)).toEqual([
    '2024-01-01',
    '2024-03-01',
    '2024-03-15',
    undefined,
  ])
})
