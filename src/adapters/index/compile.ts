// Query → SQL over the index. In this order: what FTS5 can answer becomes one MATCH, dates become bounds on the rows, and
// only what is left (scores, odd mixtures) becomes conditions. Pure.
import type { Expression, Query } from '#core/query/query.ts'
import { wantedTexts } from '#core/query/wanted-texts.ts'
import { rowBounds } from './bounds.ts'
import { anyText, toMatch } from './match.ts'
import { numberInSql } from './rows.ts'

export interface Statement {
  /** Gives one number a row. */
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** A word in the title says ten times what it says in the abstract, in an author's name three times; values say nothing. */
const RANK = 'bm25(terms, 10, 3, 1, 0)'

const NOTHING: Statement = { sql: '0', params: [] }

/** The numbers of a page's papers, best first. */
export function compilePage(query: Query, page: { offset: number; limit: number }, now: Temporal.Instant): Statement {
  const { from, where, row, wanted, others } = selection(query.expression, now)
  const texts = others.flatMap(wantedTexts)
  const end = { sql: 'LIMIT ? OFFSET ?', params: [page.limit, page.offset] }
  const select = { sql: `SELECT ${numberInSql(row)} FROM ${from}`, params: [] }
  if (query.sort !== 'relevance' || (texts.length === 0 && !wanted.some(hasText))) {
    return join(
      select,
      where,
      { sql: `ORDER BY ${query.sort === 'score' ? `${scoreOf(from)} DESC, ` : ''}${row} DESC`, params: [] },
      end,
    )
  }
  if (texts.length === 0) return join(select, where, { sql: `ORDER BY ${RANK}, ${row} DESC`, params: [] }, end)
  // Where a text is only one way among others to be selected, the ranking is a selection of its own.
  const ranked = {
    sql: `WITH ranked AS MATERIALIZED (SELECT rowid AS hit, ${RANK} AS worth FROM terms WHERE terms MATCH ?)`,
    params: [anyText([...wanted, ...others].flatMap(wantedTexts))],
  }
  const order = { sql: `ORDER BY ifnull(worth, 0), ${row} DESC`, params: [] }
  return join(ranked, select, { sql: `LEFT JOIN ranked ON hit = ${row}`, params: [] }, where, order, end)
}

/** How many papers the query selects. */
export function compileTotal(query: Query, now: Temporal.Instant): Statement {
  const { from, where } = selection(query.expression, now)
  return join({ sql: `SELECT count(*) FROM ${from}`, params: [] }, where)
}

/** The numbers of all papers the query selects, in any order. */
export function compileAll(query: Query, now: Temporal.Instant): Statement {
  const { from, where, row } = selection(query.expression, now)
  return join({ sql: `SELECT ${numberInSql(row)} FROM ${from}`, params: [] }, where)
}

function selection(expression: Expression | null, now: Temporal.Instant) {
  const parts = expression === null ? [] : conjuncts(expression)
  const wanted = parts.filter((part) => toMatch(part) !== null)
  const unwanted = parts.flatMap((part) => (part.kind === 'not' && toMatch(part.of) !== null ? [part] : []))
  const dates = parts.flatMap((part) => (part.kind === 'since' || part.kind === 'until' ? [part] : []))
  const told = new Set<Expression>([...wanted, ...unwanted, ...dates])
  const rest = parts.filter((part) => !told.has(part))
  const match = toMatch({ kind: 'and', of: wanted.length > 0 ? [...wanted, ...unwanted] : [] })
  const others = match === null ? [...unwanted, ...rest] : rest
  const from = match === null ? 'papers' : 'terms'
  const row = match === null ? 'papers.row' : 'terms.rowid'
  const conditions = [
    ...(match === null ? [] : [{ sql: 'terms MATCH ?', params: [match] }]),
    ...dates.map((date) => bounded(date, row, now)),
    ...others.map((part) => condition(part, from, row, now)),
  ]
  const where = conditions.length === 0 ? { sql: '', params: [] } : join({ sql: 'WHERE', params: [] }, allOf(conditions))
  return { from, where, row, wanted, others }
}

function conjuncts(expression: Expression): readonly Expression[] {
  return expression.kind === 'and' ? expression.of.flatMap(conjuncts) : [expression]
}

/** A condition that is true or false, never null, so that `not` means what it says. */
function condition(expression: Expression, from: string, row: string, now: Temporal.Instant): Statement {
  const match = toMatch(expression)
  // Without the plus, SQLite asks the MATCH of the outer table anew for each row of the inner one.
  if (match !== null) return { sql: `+${row} IN (SELECT rowid FROM terms WHERE terms MATCH ?)`, params: [match] }
  switch (expression.kind) {
    case 'not':
      return join({ sql: 'NOT', params: [] }, bracketed(condition(expression.of, from, row, now)))
    case 'and':
      return bracketed(allOf(expression.of.map((part) => condition(part, from, row, now))))
    case 'or':
      return bracketed(
        among(
          expression.of.map((part) => condition(part, from, row, now)),
          ' OR ',
          NOTHING,
        ),
      )
    case 'since':
    case 'until':
      return bracketed(bounded(expression, row, now))
    case 'score':
      return { sql: `ifnull(${scoreOf(from)} ${expression.comparison} ?, 0)`, params: [expression.value] }
    default:
      return NOTHING
  }
}

function bounded(date: Extract<Expression, { kind: 'since' | 'until' }>, row: string, now: Temporal.Instant): Statement {
  const { from, below } = rowBounds(date, now)
  return below === null ? { sql: `${row} >= ?`, params: [from] } : { sql: `${row} >= ? AND ${row} < ?`, params: [from, below] }
}

function scoreOf(from: string): string {
  return from === 'papers' ? 'papers.score' : '(SELECT score FROM papers WHERE row = terms.rowid)'
}

function hasText(expression: Expression): boolean {
  return wantedTexts(expression).length > 0
}

function allOf(parts: readonly Statement[]): Statement {
  return among(parts, ' AND ', { sql: '1', params: [] })
}

function among(parts: readonly Statement[], operator: string, none: Statement): Statement {
  if (parts.length === 0) return none
  return { sql: parts.map(({ sql }) => sql).join(operator), params: parts.flatMap(({ params }) => params) }
}

function bracketed({ sql, params }: Statement): Statement {
  return { sql: `(${sql})`, params }
}

function join(...parts: readonly Statement[]): Statement {
  return among(
    parts.filter(({ sql }) => sql !== ''),
    ' ',
    NOTHING,
  )
}
