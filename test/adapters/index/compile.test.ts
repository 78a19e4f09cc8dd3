import { describe, expect, test } from 'vitest'
import { compileAll, compilePage, compileTotal } from '#adapters/index/compile.ts'
import { firstRowOf, rowOf } from '#adapters/index/rows.ts'
import type { Expression, Query } from '#core/query/query.ts'
import { and, not, now, or, text } from './library.ts'

const page = { offset: 10, limit: 5 }
const score: Expression = { kind: 'score', comparison: '>', value: 80 }

function ask(expression: Expression | null, sort: Query['sort'] = 'relevance'): Query {
  return { expression, sort }
}

describe('the SQL of a query', () => {
  test('is one MATCH with bounds on the rows where words, values and dates are asked for', () => {
    const since: Expression = { kind: 'since', date: '2025-03' }
    const { sql, params } = compilePage(ask(and(text('skill'), { kind: 'category', category: 'LG' }, since)), page, now)
    expect(sql.match(/SELECT/g)).toHaveLength(1)
    expect(params).toEqual(['("skill" AND values : "cat\u{E03A}lg")', firstRowOf('2025-03-01'), 5, 10])
  })

  test('leaves the ranking out where nothing has relevance', () => {
    expect(compilePage(ask({ kind: 'category', category: 'cs' }), page, now).sql).not.toContain('bm25')
    expect(compilePage(ask(text('skill'), 'recent'), page, now).sql).not.toContain('bm25')
    expect(compilePage(ask(text('skill')), page, now).sql).toContain('bm25')
  })

  test('takes what is not wanted into the MATCH where something is wanted', () => {
    expect(compileTotal(ask(and(text('skill'), not(text('sea')), not(text('land')))), now).params).toEqual([
      '("skill" NOT ("sea" OR "land"))',
    ])
    expect(compileTotal(ask(not(text('sea'))), now).sql).toContain('NOT (+papers.row IN')
  })

  test('is made in the time that its length takes: twenty thousand words in less than half a second', () => {
    const words = Array.from({ length: 20_000 }, (_, at) => text(`word${at}`))
    const began = process.threadCpuUsage()
    compileTotal(ask(and(...words)), now)
    expect(process.threadCpuUsage(began).user / 1000).toBeLessThan(500)
  })

  test('flattens nothing that SQLite would ask once a row', () => {
    const { sql } = compilePage(ask(and(text('skill'), or(text('sea'), score))), page, now)
    expect(sql).toContain('MATERIALIZED')
    expect(sql).toContain('+terms.rowid IN')
  })

  test('counts and lists everything without a condition', () => {
    expect(compileTotal(ask(null), now)).toEqual({ sql: 'SELECT count(*) FROM papers', params: [] })
    expect(compileAll(ask(null), now).params).toEqual([])
  })

  test('keeps what a person typed out of the SQL', () => {
    const evil = { kind: 'org', org: `x" OR 1; DROP TABLE terms --` } as const
    const { sql, params } = compileAll(ask(or(evil, score)), now)
    expect(sql).not.toContain('DROP')
    expect(params[0]).toMatch(/^values : "[^" ]+"$/)
  })
})

describe('the row of a paper', () => {
  test('ascends by day, then by number, with undated papers first', () => {
    const rows = [rowOf(null, 9), rowOf('0001-01-01', 1), rowOf('1969-12-31', 1), rowOf('1970-01-01', 1), rowOf('2024-02-29', 1)]
    rows.push(rowOf('2024-02-29', 2), firstRowOf('2024-03-01'), rowOf('9999-12-31', 2_000_000_000))
    expect(rows).toEqual([...rows].sort((a, b) => a - b))
    expect(rows.every(Number.isSafeInteger)).toBe(true)
  })
})
