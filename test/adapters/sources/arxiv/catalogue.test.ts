import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { arxivApi } from '#adapters/sources/arxiv/api.ts'
import { arxivCatalogue } from '#adapters/sources/arxiv/catalogue.ts'
import { searchQuery } from '#adapters/sources/arxiv/query.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Question } from '#core/ports/catalogue.ts'
import { parseQuery } from '#core/query/parse.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'
import { apiAnswer, asked } from './archive.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const never = new AbortController().signal
const paper = { id: '2401.00001', authors: ['Vera Rubin'] }
const search = (text: string): Question => ({ kind: 'search', query: parseQuery(text), now })

/** What the catalogue takes of the question, what it answers, and what arXiv was asked. */
async function answered(question: Question) {
  await using server = await aServer((_, response) => {
    response.end(apiAnswer([paper], 1))
  })
  const timer = aTimer()
  const api = arxivApi({ baseUrl: server.url, http: createHttpClient(timer), clock: timer.clock })
  const catalogue = arxivCatalogue(api)
  const taken = catalogue.takes(question)
  const records = taken ? await catalogue.ask(taken, never) : []
  return { taken, ids: records.map(({ ids: [id] }) => id), requests: server.requests.map(asked) }
}

describe('arXiv is asked', () => {
  test('for papers by its own ids, in one request', async () => {
    const ids = ['arxiv:2401.00001', 'doi:10.1234/moths', 'arxiv:2401.00002'] as PaperId[]
    expect(await answered({ kind: 'papers', ids })).toMatchObject({
      taken: { kind: 'papers', ids: ['arxiv:2401.00001', 'arxiv:2401.00002'] },
      ids: ['arxiv:2401.00001'],
      requests: [{ id_list: '2401.00001,2401.00002' }],
    })
  })

  test('for what somebody wrote, in one request', async () => {
    const { ids, requests } = await answered({ kind: 'author', name: 'Vera Rubin' })
    expect(ids).toEqual(['arxiv:2401.00001'])
    expect(requests).toMatchObject([{ search_query: 'au:"vera rubin"', sortBy: 'submittedDate' }])
  })

  test('for what a query selects, in one request', async () => {
    expect((await answered(search('moths "in a lamp" -stars cat:cs.LG since:2026-11-15'))).requests).toMatchObject([
      {
        search_query:
          '((all:moths AND all:"in a lamp" AND cat:cs.LG AND submittedDate:[202611150000 TO 299912312359]) ANDNOT all:stars)',
      },
    ])
  })

  test.each<[string, Question]>([
    ['papers of others', { kind: 'papers', ids: ['doi:10.1234/moths' as PaperId] }],
    ['people by their ORCID', { kind: 'author', name: '0000-0002-1825-0097' }],
    ['what it knows nothing of', search('org:mit score:>80')],
    ['everything', search('')],
  ])('not for %s', async (_, question) => expect(await answered(question)).toEqual({ taken: undefined, ids: [], requests: [] }))
})

/** `term`, `(term AND term …)`, `(term OR term …)` or `(term ANDNOT term …)`, as deep as it goes; the place behind it, or -1. */
function end(query: string, from = 0): number {
  const TERM =
    /(?:all|ti|abs|au):(?:[a-z0-9[\P{ASCII}--\s]]+|"[a-z0-9[\P{ASCII}--\s]]+(?: [a-z0-9[\P{ASCII}--\s]]+)+")|cat:[A-Za-z\-]+(?:\.(?:[A-Za-z\-]+|\*))?|submittedDate:\[\d{12} TO \d{12}\]/vy
  if (query[from] !== '(') {
    TERM.lastIndex = from
    return TERM.test(query) ? TERM.lastIndex : -1
  }
  let at = end(query, from + 1)
  const OPERATOR = / (AND|OR|ANDNOT) /y
  const operators = new Set<string | undefined>()
  while (at > 0 && query[at] === ' ') {
    OPERATOR.lastIndex = at
    operators.add(OPERATOR.exec(query)?.[1])
    at = OPERATOR.lastIndex > 0 ? end(query, OPERATOR.lastIndex) : -1
  }
  return at > 0 && query[at] === ')' && operators.size === 1 ? at + 1 : -1
}

test('whatever is searched for, arXiv is asked in its language, in which no sign of ours means anything', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((text) => text.replace(/[\s()"“”„‟«»＂]/g, ''))
    .filter((text) => /[\p{L}\p{N}]/u.test(text))
  const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `"${words.join(' ')}"`)
  const field = fc.constantFrom('', 'title:', 'author:', 'abstract:')
  const text = fc.tuple(field, phrase).map((parts) => parts.join(''))
  const other = fc.constantFrom(
    'cat:cs.LG',
    'cat:cs',
    'cat:ML',
    'since:2024-02',
    'until:30d',
    'org:mit',
    'score:>80',
    'AND',
    'OR',
  )
  const { query } = fc.letrec<{ query: string }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 4 },
      text,
      other.filter((one) => one.includes(':')),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `${a} ${b}`),
      fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a} OR ${b})`),
      tie('query').map((one) => `-(${one})`),
    ),
  }))
  fc.assert(
    fc.property(query, (typed) => {
      const { expression } = parseQuery(typed)
      const translated = expression && searchQuery(expression, now)
      if (translated) expect(end(translated), `${typed} → ${translated}`).toBe(translated.length)
    }),
  )
})
