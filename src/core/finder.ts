// Finds what people ask for: among the papers that are known here and, where that is too little, at the sources, whose answers are
// kept. Where no source answers, what is known here is the answer, and it is told which sources said nothing.
import { isFullName } from '#core/author-name.ts'
import { NotFoundError } from '#core/errors.ts'
import { createAsked } from '#core/finder/asked.ts'
import { createAsking } from '#core/finder/asking.ts'
import { keep } from '#core/finder/keep.ts'
import { allHave, alsoAsked, silences, type Told } from '#core/finder/told.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Paper } from '#core/paper.ts'
import { displayId, type PaperId, parsePaperId } from '#core/paper-id.ts'
import type { AuthorAnswer, PaperPage, Papers, RelatedPaper } from '#core/papers.ts'
import type { Catalogue, Question } from '#core/ports/catalogue.ts'
import type { Clock } from '#core/ports/clock.ts'
import type { Log } from '#core/ports/log.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Store } from '#core/ports/store.ts'
import type { Query } from '#core/query/query.ts'
import { analyse, wordsOf } from '#core/text/analyse.ts'
import { texToText } from '#core/text/tex.ts'

/** A person with fewer papers here most likely wrote more. */
const FEW = 5
/** Fewer words are no title that is looked for elsewhere, and more characters are none at all. */
const TITLE_WORDS = 2
const LONGEST_TITLE = 500

/** `told`: what became of asking sources; empty where what is known here was enough. */
type Asked<T> = T & { readonly told: readonly Told[] }

export interface Finder {
  /** As Papers.paper; where nothing is found the error says what sources said. */
  paper(reference: string): Promise<Paper>
  /** Those that are known here or elsewhere, in the order of the ids, each once. */
  papers(ids: readonly PaperId[]): Promise<Asked<{ readonly papers: readonly Paper[] }>>
  /** As Papers.author; the error likewise. Sources are asked for whoever is not known here, and for a full name with few papers. */
  author(name: string, order: 'impact' | 'date'): Promise<Asked<AuthorAnswer>>
  /** As Papers.related; sources are asked where fewer than the limit are near here. */
  related(paper: Paper, limit: number): Promise<Asked<{ readonly near: readonly RelatedPaper[] }>>
  /** As Papers.search; sources are asked where nothing here matches. */
  search(query: Query, page: { readonly offset: number; readonly limit: number }): Promise<Asked<PaperPage>>
}

export interface FinderOptions {
  readonly papers: Papers
  readonly store: Store
  readonly index: PaperIndex
  readonly clock: Clock
  readonly log: Log
  /** Made once the first question comes. */
  readonly catalogues: () => Promise<readonly Catalogue[]>
  /** Aborts when people have waited long enough. */
  readonly deadline: () => AbortSignal
}

export function createFinder({ papers, store, index, clock, log, catalogues, deadline }: FinderOptions): Finder {
  const ask = createAsking({
    catalogues,
    asked: createAsked(store, () => clock.now()),
    keep: (records) => keep(records, { papers: store.papers, index }, clock.now()),
    deadline,
    log,
  })

  async function byIds(ids: readonly PaperId[]): Promise<Paper[]> {
    const found = await store.papers.byIds(ids)
    return [...new Map(found.map((paper) => [paper.number, paper])).values()]
  }

  return {
    async paper(reference) {
      const here = await orNobody(papers.paper(reference))
      if (!(here instanceof NotFoundError)) return here
      const question = questionFor(reference, clock.now())
      const told = question ? await ask(question) : []
      if (told.length === 0) throw here
      const found = await orNobody(papers.paper(reference))
      if (!(found instanceof NotFoundError)) return found
      const id = parsePaperId(reference)?.id
      const have = id === undefined ? undefined : allHave(told)
      if (id === undefined || have === undefined) throw withTold(found, told)
      throw new NotFoundError(`${have} no paper ${displayId(id)}.`, found.hint === undefined ? {} : { hint: found.hint })
    },
    async papers(ids) {
      const here = await byIds(ids)
      const known = new Set(here.flatMap((paper) => paper.ids))
      const unknown = ids.filter((id) => !known.has(id))
      if (unknown.length === 0) return { papers: here, told: [] }
      const told = await ask({ kind: 'papers', ids: unknown })
      return { papers: told.length === 0 ? here : await byIds(ids), told }
    },
    async author(name, order) {
      const here = await orNobody(papers.author(name, order))
      if (!(here instanceof NotFoundError) && !isTooLittle(name, here)) return { ...here, told: [] }
      const told = await ask({ kind: 'author', name: bareOrcid(name) ?? name })
      const found = told.length === 0 ? here : await orNobody(papers.author(name, order))
      if (!(found instanceof NotFoundError)) return { ...found, told }
      throw withTold(found, told)
    },
    async related(paper, limit) {
      const here = await papers.related(paper, limit)
      if (here.length >= limit) return { near: here, told: [] }
      const told = await ask({ kind: 'related', paper })
      return { near: told.length === 0 ? here : await papers.related(paper, limit), told }
    },
    async search(query, page) {
      const here = await papers.search(query, page)
      if (here.total > 0) return { ...here, told: [] }
      const ids = idsWanted(query)
      const told = await ask(ids.length > 0 ? { kind: 'papers', ids } : { kind: 'search', query, now: clock.now() })
      return { ...(told.length === 0 ? here : await papers.search(query, page)), told }
    },
  }
}

/** What to ask for a reference that is not known here: by its id, else by its title. */
function questionFor(reference: string, now: Temporal.Instant): Question | undefined {
  const id = parsePaperId(reference)?.id
  if (id !== undefined) return { kind: 'papers', ids: [id] }
  const text = wordsOf(texToText(reference)).join(' ')
  const [first, ...rest] = analyse(text)
  if (first === undefined || rest.length < TITLE_WORDS - 1 || text.length > LONGEST_TITLE) return undefined
  const title = { kind: 'text', field: 'title', terms: [first, ...rest], text, quoted: true } as const
  return { kind: 'search', query: { expression: title, sort: 'relevance' }, now }
}

function isTooLittle(name: string, answer: AuthorAnswer): boolean {
  const isExact = isFullName(name) || bareOrcid(name) !== undefined
  return answer.kind === 'author' && isExact && answer.profile.papers.length < FEW
}

/** The ids of a query that asks for ids alone. */
function idsWanted({ expression }: Query): PaperId[] {
  const parts = expression?.kind === 'or' ? expression.of : expression ? [expression] : []
  const ids = parts.flatMap((part) => (part.kind === 'id' ? [part.id] : []))
  return ids.length === parts.length ? ids : []
}

async function orNobody<T>(found: Promise<T>): Promise<T | NotFoundError> {
  try {
    return await found
  } catch (error) {
    if (error instanceof NotFoundError) return error
    throw error
  }
}

/** The error, saying first what sources said. */
function withTold({ message, hint }: NotFoundError, told: readonly Told[]): NotFoundError {
  const silent = silences(told)
  const asked = alsoAsked(told)
  const parts = [silent && `${silent}: ask again later.`, asked && `${asked}.`, hint]
  return new NotFoundError(message, { hint: parts.filter((part) => part !== undefined).join(' ') })
}
