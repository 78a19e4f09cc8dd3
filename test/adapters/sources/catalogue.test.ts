import { describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { catalogueOf, reached } from '#adapters/sources/catalogue.ts'
import { openAlex } from '#adapters/sources/openalex/openalex.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Question } from '#core/ports/catalogue.ts'
import { parseQuery } from '#core/query/parse.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { aPaper } from '#test/builders.ts'

const never = new AbortController().signal
const papers = (...ids: readonly string[]) => ({ kind: 'papers', ids: ids as readonly PaperId[] }) as const
const WORK = { id: 'https://openalex.org/W20001', doi: 'https://doi.org/10.1234/moths', title: 'Moths' }

/** What is taken of the question and answered by OpenAlex, with a key or without, and what it was asked. */
async function answered(question: Question, key?: string) {
  await using server = await aServer(({ url = '' }, response) => {
    if (url.startsWith('/works/')) response.statusCode = url.includes('moths') ? 200 : 404
    const list = url.startsWith('/authors')
      ? { results: [{ id: 'https://openalex.org/A1', display_name: 'Vera Rubin' }] }
      : { results: [WORK] }
    response.end(JSON.stringify(url.startsWith('/works/') ? WORK : list))
  })
  const source = openAlex({ baseUrl: server.url, http: createHttpClient(aTimer()), key })
  const catalogue = reached(
    server.url,
    catalogueOf({ name: 'OpenAlex', kinds: ['doi:', 'openalex:'], ...source, recommender: source.people }),
  )
  const taken = catalogue.takes(question)
  const records = taken ? await catalogue.ask(taken, never) : []
  return { taken, titles: records.map(({ title }) => title), asked: server.requests.map(({ url = '' }) => url.split('?')[0]) }
}

describe('a source that knows single papers', () => {
  test('is asked for those of its kinds, one after the other, and few of them', async () => {
    const { taken, titles, asked } = await answered(
      papers(
        'arxiv:2401.00001',
        'doi:10.1234/lamps',
        'doi:10.1234/moths',
        ...[1, 2, 3, 4].map((last) => `openalex:W1000${last}`),
      ),
    )
    expect(taken).toEqual(
      papers('doi:10.1234/lamps', 'doi:10.1234/moths', 'openalex:W10001', 'openalex:W10002', 'openalex:W10003'),
    )
    expect(titles).toEqual(['Moths'])
    expect(asked).toHaveLength(5)
  })

  test.each<[string, Question]>([
    ['papers of other kinds', papers('arxiv:2401.00001', 's2:0123456789012345678901234567890123456789')],
    ['words', { kind: 'search', query: parseQuery('moths'), now: Temporal.Instant.from('2026-11-22T09:00:00Z') }],
    ['people, where it lists none', { kind: 'author', name: 'Vera Rubin' }],
  ])('is not asked for %s', async (_, question) =>
    expect(await answered(question)).toMatchObject({ taken: undefined, asked: [] }),
  )

  test('is asked for what is alike where it says so', async () => {
    const known = aPaper({ ids: ['openalex:W10001'] })
    expect(await answered({ kind: 'related', paper: known }, 'a key')).toMatchObject({ titles: ['Moths'], asked: ['/works'] })
    expect((await answered({ kind: 'related', paper: known })).asked).toEqual([])
    expect((await answered({ kind: 'related', paper: aPaper({ ids: ['title:0123456789abcdef'] }) }, 'a key')).asked).toEqual([])
  })

  test('is asked for people where it lists them', async () => {
    const { titles, asked } = await answered({ kind: 'author', name: 'Vera Rubin' }, 'a key')
    expect(titles).toEqual(['Moths'])
    expect(asked).toEqual(['/authors', '/works'])
  })
})
