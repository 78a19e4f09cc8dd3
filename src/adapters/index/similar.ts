// Papers that share the rarest terms of another: reads the postings of these terms alone, from the rarest on.
import type { IndexFile } from './file.ts'
import { numberInSql } from './rows.ts'
import { token } from './tokens.ts'

export interface SimilarRequest {
  readonly kind: 'similar'
  /** Of the title and of the abstract, each once. */
  readonly title: readonly string[]
  readonly abstract: readonly string[]
  readonly number: number
  readonly limit: number
}

export interface SimilarPaper {
  readonly number: number
  readonly shared: readonly string[]
}

/** Where terms have this many papers between them, those that are left say little. */
const POSTINGS = 20_000
const MOST_TERMS = 40
/** A term of the title says as much as two of the abstract. */
const TITLE = 2
const REMEMBERED = 50_000

/** Remembers how many papers a term has, which is slow to count, until there are more papers. */
export function createSimilar(file: Pick<IndexFile, 'prepare'>): (request: SimilarRequest) => SimilarPaper[] {
  const frequencies = new Map<string, number>()
  let counted = 0

  function frequency(term: string): number {
    const known = frequencies.get(term)
    if (known !== undefined) return known
    const found = file.prepare('SELECT doc FROM term_papers WHERE term = ?').pluck().get(token(term))
    if (frequencies.size >= REMEMBERED) frequencies.clear()
    const papers = typeof found === 'number' ? found : 0
    frequencies.set(term, papers)
    return papers
  }

  return ({ title, abstract, number, limit }) => {
    const inTitle = new Set(title)
    const all = Number(file.prepare('SELECT count(*) FROM papers').pluck().get())
    if (all !== counted) frequencies.clear()
    counted = all
    const terms = [...new Set([...title, ...abstract])]
      .map((term) => ({ term, papers: frequency(term) }))
      .filter(({ papers }) => papers > 1)
      .sort((a, b) => a.papers - b.papers || (a.term < b.term ? -1 : 1))
      .slice(0, MOST_TERMS)
    const found = new Map<number, { row: number; worth: number; shared: string[] }>()
    const postings = file.prepare('SELECT rowid FROM terms WHERE terms MATCH ?').pluck()
    let read = 0
    for (const { term, papers } of terms) {
      if (read > 0 && read + papers > POSTINGS) break
      read += papers
      const worth = Math.log(1 + all / papers) ** 2 * (inTitle.has(term) ? TITLE : 1)
      for (const row of postings.all(`{title abstract} : "${token(term)}"`) as number[]) {
        const one = found.get(row)
        if (one === undefined) found.set(row, { row, worth, shared: [term] })
        else {
          one.worth += worth
          one.shared.push(term)
        }
      }
    }
    const numberOf = file.prepare(`SELECT ${numberInSql('?')}`).pluck()
    return [...found.values()]
      .sort((a, b) => b.worth - a.worth || b.row - a.row)
      .slice(0, limit + 1)
      .map(({ row, shared }) => ({ number: Number(numberOf.get(row)), shared }))
      .filter((paper) => paper.number !== number)
      .slice(0, limit)
  }
}
