// What arXiv is asked for people who look something up: each question is one request, if arXiv answers it whole.
import { bareOrcid } from '#core/orcid.ts'
import type { Catalogue, Question } from '#core/ports/catalogue.ts'
import { printQuery } from '#core/query/print.ts'
import type { ArxivApi } from './api.ts'
import { searchQuery } from './query.ts'

const MOST_IDS = 50
/** Of one person: of most the first page that arXiv gives has as many. */
const MOST_BY_AUTHOR = 50
const MOST_BY_WORDS = 50

export function arxivCatalogue(api: Pick<ArxivApi, 'knows' | 'papers' | 'author' | 'search'>): Catalogue {
  return {
    name: 'arXiv',
    takes(question) {
      switch (question.kind) {
        case 'papers':
          return papersOf(question.ids.filter(api.knows).slice(0, MOST_IDS))
        case 'author':
          // It does not find people by their ORCID.
          return bareOrcid(question.name) === undefined ? question : undefined
        case 'related':
          return undefined
        case 'search': {
          const { expression } = question.query
          return expression !== null && searchQuery(expression, question.now) !== undefined ? question : undefined
        }
      }
    },
    ask(question, signal) {
      switch (question.kind) {
        case 'papers':
          return api.papers(question.ids, signal)
        case 'author':
          return api.author(question.name, MOST_BY_AUTHOR, signal)
        case 'related':
          return Promise.resolve([])
        case 'search':
          return api.search(printQuery(question.query), MOST_BY_WORDS, signal)
      }
    },
  }
}

function papersOf(ids: Extract<Question, { kind: 'papers' }>['ids']): Question | undefined {
  return ids.length === 0 ? undefined : { kind: 'papers', ids }
}
