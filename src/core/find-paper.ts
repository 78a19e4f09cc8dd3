// The one paper that a person means: by id in any notation, by link, or by title.
// The order: an id; the exact title; titles that have all the words; the nearest ones as a hint.
import { NotFoundError, UserInputError } from '#core/errors.ts'
import type { Paper } from '#core/paper.ts'
import { displayId, parsePaperId } from '#core/paper-id.ts'
import type { Papers } from '#core/papers.ts'
import type { Store } from '#core/ports/store.ts'
import type { Expression } from '#core/query/query.ts'
import { analyse } from '#core/text/analyse.ts'
import { grouped } from '#core/text/grouped.ts'
import { texToText } from '#core/text/tex.ts'

const HTTP = /^https?:\/\//i
/** Made like an arXiv id. */
const NUMBERED = /^\d{4}\.\d{1,6}(?:v\d{1,4})?$/i
/** Exact titles are looked for among so many best hits. */
const LOOKED_AT = 20
const NAMED = 3

/** See Papers.paper. */
export async function findPaper(
  reference: string,
  { store, search }: { store: Store; search: Papers['search'] },
): Promise<Paper> {
  const parsed = parsePaperId(reference)
  if (parsed !== undefined) {
    const [paper] = await store.papers.byIds([parsed.id])
    if (paper) return paper
    throw new NotFoundError(`The paper ${displayId(parsed.id)} is not known here.`, {
      hint: 'Check the id, or look for words of its title: search and the words',
    })
  }
  if (HTTP.test(reference.trim())) {
    throw new UserInputError('This link does not name a paper.', {
      hint: 'Give an id, a DOI, or a link to arXiv or a DOI, for example: paper https://arxiv.org/abs/2303.13506',
    })
  }
  if (NUMBERED.test(reference.trim())) {
    throw new UserInputError(`“${reference.trim()}” looks like an arXiv id, but there is no such id.`, {
      hint: 'It is year and month, a dot, and four or five digits, for example: paper 2303.13506',
    })
  }
  return byTitle(reference, search)
}

async function byTitle(title: string, search: Papers['search']): Promise<Paper> {
  const terms = analyse(texToText(title))
  if (terms.length === 0) {
    throw new UserInputError(`“${title}” is neither an id nor a title.`, { hint: 'For example: paper 2303.13506' })
  }
  const words = terms.map((term): Expression => ({ kind: 'text', field: 'title', terms: [term], text: term, quoted: false }))
  const { papers, total } = await search(
    { expression: { kind: 'and', of: words }, sort: 'relevance' },
    { offset: 0, limit: LOOKED_AT },
  )
  const same = papers.filter((paper) => analyse(texToText(paper.title)).join(' ') === terms.join(' '))
  const [only, ...more] = same.length > 0 ? same : papers
  if (only && more.length === 0) return only
  if (only) {
    throw new UserInputError(`${grouped(same.length > 0 ? same.length : total)} papers have “${title}” in their title.`, {
      hint: `Say which: ${named([only, ...more])}`,
    })
  }
  const near = await search({ expression: { kind: 'or', of: words }, sort: 'relevance' }, { offset: 0, limit: NAMED })
  throw new NotFoundError(`No paper here has the title “${title}”.`, {
    hint:
      near.papers.length > 0
        ? `The nearest: ${named(near.papers)}`
        : 'Check the spelling, or give its id, for example: paper 2303.13506',
  })
}

function named(papers: readonly Paper[]): string {
  return papers
    .slice(0, NAMED)
    .map((paper) => `${displayId(paper.ids[0])} “${texToText(paper.title)}”`)
    .join(', ')
}
