// A store in memory and an index in a folder of their own, for the tests of the index.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Log } from '#core/ports/log.ts'
import type { Expression, Query } from '#core/query/query.ts'
import { analyse } from '#core/text/analyse.ts'

export const now = Temporal.Instant.from('2026-11-22T09:00:00Z')

export type RecordFields = Partial<PaperRecord> & { id: string }

function record({ id, ...fields }: RecordFields): PaperRecord {
  return { source: 'ndjson', ids: [`arxiv:${id}` as PaperId], title: 'A paper', authors: [{ name: 'Ada Lovelace' }], ...fields }
}

/** Log lines are kept in `logged`. `ids` turns numbers into the ids of `record`, without `arxiv:`. */
export async function openLibrary(
  records: readonly RecordFields[] = [],
  folder = mkdtempSync(join(tmpdir(), 'paperboy-index-')),
) {
  const store = await openSqliteStore(':memory:')
  const path = join(folder, 'index.db')
  const logged: string[] = []
  const keep = (message: string) => void logged.push(message)
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep }
  const put = (...more: RecordFields[]) => store.papers.put(more.map(record), now.toString())
  await put(...records)
  const index = await openPaperIndex({ path, store, log })

  async function ids(numbers: readonly number[]): Promise<string[]> {
    const papers = await store.papers.byNumbers(numbers)
    return papers.map((paper) => paper.ids[0].replace('arxiv:', ''))
  }

  return {
    store,
    index,
    path,
    logged,
    put,
    ids,
    async found(expression: Expression | null, sort: Query['sort'] = 'relevance', page = { offset: 0, limit: 100 }) {
      const { numbers } = await index.search({ expression, sort }, page, now)
      return ids(numbers)
    },
    async [Symbol.asyncDispose]() {
      await index.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function text(words: string, field: Extract<Expression, { kind: 'text' }>['field'] = 'any'): Expression {
  const [first = '', ...rest] = analyse(words)
  return { kind: 'text', field, terms: [first, ...rest], text: words, quoted: rest.length > 0 }
}

export function and(...of: Expression[]): Expression {
  return { kind: 'and', of }
}

export function or(...of: Expression[]): Expression {
  return { kind: 'or', of }
}

export function not(of: Expression): Expression {
  return { kind: 'not', of }
}
