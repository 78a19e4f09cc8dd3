import { expect, test } from 'vitest'
import { cardView } from '#core/card.ts'
import { fromRecord, merge } from '#core/merge.ts'
import { aPaper, aRecord } from '#test/builders.ts'

const NOW = Temporal.Instant.from('2026-11-24T12:00:00Z')

test.each([
  ['Win a [prize](https://evil.example/a)', 'Win a prize (https://evil.example/a)'],
  [String.raw`Win a \href{https://evil.example/a}{prize}`, 'Win a prize (https://evil.example/a)'],
  [String.raw`Code at \url{https://code.example}`, 'Code at https://code.example'],
])('a title says where a link in it leads and leads nowhere itself: %s', (title, shown) => {
  const view = cardView(aPaper({ title, ids: ['title:x'] }), 'listing', NOW)
  expect(view.title.map(({ text }) => text).join('')).toBe(shown)
  expect(view.title.some(({ link }) => link !== undefined)).toBe(false)
})

test('an abstract keeps its links', () => {
  const { abstract } = cardView(aPaper({ abstract: '[Code](https://code.example)' }), 'listing', NOW)
  expect(abstract).toEqual([{ text: 'Code', link: 'https://code.example' }])
})

test('what other sources add is on a full card; a summary stands for an abstract that nobody gave', () => {
  const known = { tldr: 'Skills come in $O(n^2)$ quanta.', citations: 1234, upvotes: 17 }
  const text = (spans: readonly { text: string }[]) => spans.map((span) => span.text).join('')
  const { abstract, details } = cardView(aPaper({ abstract: 'Long.', ...known }), 'full', NOW)
  expect(text(abstract)).toBe('Long.')
  expect(details.map((detail) => `${detail.label}: ${text(detail.text)}`)).toEqual(
    expect.arrayContaining(['In short: Skills come in O(n²) quanta.', 'Citations: 1,234', 'Upvotes: 17']),
  )
  const short = cardView(aPaper(known), 'full', NOW)
  expect(text(short.abstract)).toBe('Skills come in O(n²) quanta.')
  expect(short.details.map(({ label }) => label)).not.toContain('In short')
  expect(cardView(aPaper(known), 'line', NOW).abstract).toEqual([])
})

test('a DOI with half a character or a question mark leads to an address all the same', () => {
  const { links } = cardView(aPaper({ doi: '10.1000/a\ud800?b#c' }), 'full', NOW)
  expect(links).toContainEqual({ label: 'DOI', url: 'https://doi.org/10.1000/a%EF%BF%BD%3Fb%23c' })
})

test('a version that was announced without its day has not the day of the one before', () => {
  const first = fromRecord(aRecord({ source: 'arxiv-oai', version: 1, updated: '2026-11-20T10:00:00Z' }))
  const version = (paper: typeof first) =>
    cardView({ ...paper, number: 1, firstSeen: '2026-11-21T00:00:00Z' }, 'full', NOW).details.find(
      ({ label }) => label === 'Version',
    )?.text
  expect(version(first)).toEqual([{ text: 'v1 of Nov 20' }])
  expect(version(merge(first, fromRecord(aRecord({ source: 'arxiv-rss', version: 2 }))))).toEqual([{ text: 'v2' }])
})

test('catalogues have ids of their own, which are shown where there are no others', () => {
  const ids = (...of: readonly string[]) =>
    cardView(aPaper({ ids: of }), 'full', NOW).details.find(({ label }) => label === 'Ids')?.text
  expect(ids('arxiv:2611.00001', 'doi:10.1145/1', 'openalex:W43', `s2:${'a'.repeat(40)}`)).toEqual([
    { text: '2611.00001, 10.1145/1' },
  ])
  expect(ids('openalex:W43')).toEqual([{ text: 'W43' }])
})
