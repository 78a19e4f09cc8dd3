// What a paper card says, line by line, for every platform alike: facts, title, people, abstract, details, links.
import type { Paper } from '#core/paper.ts'
import { displayId, idUrl, type PaperId } from '#core/paper-id.ts'
import { badge, paperUrl, shownAuthors, shownDate, shownScore } from '#core/paper-view.ts'
import type { Block, Span } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { texToSpans } from '#core/text/tex.ts'

/** Authors a full card names before it counts the rest. */
const FULL_AUTHORS = 25
/** Kinds of ids that catalogues give to what they know. */
const CATALOGUES = ['openalex:', 's2:']

/** Abstracts in a list, so that a list can be looked through on a phone: the full card has all of one. */
const IN_A_LIST = { most: 400, fewest: 200, together: 2000 }

export interface CardView {
  /** One decimal, only where a score is shown. */
  readonly score: string | null
  /** Badge and date, as far as they are known. */
  readonly facts: readonly string[]
  readonly title: readonly Span[]
  readonly url: string | undefined
  readonly authors: string
  readonly orgs: readonly string[]
  /** Where there is none, the summary in a sentence. */
  readonly abstract: readonly Span[]
  /** Full cards only: what else is known, a label and a text each. */
  readonly details: readonly { readonly label: string; readonly text: readonly Span[] }[]
  /** Full cards only. */
  readonly links: readonly { readonly label: string; readonly url: string }[]
}

/** The longest an abstract may be, in characters, where so many cards have one; a paper by itself is read to its end. */
export function longestAbstract(cards: number): number {
  if (cards < 2) return Number.POSITIVE_INFINITY
  return Math.max(IN_A_LIST.fewest, Math.min(IN_A_LIST.most, Math.floor(IN_A_LIST.together / cards)))
}

/** A title's own link is said, not followed: a title leads to its paper or nowhere, whatever a source wrote into it. */
export function titleSpans({ title }: Pick<Paper, 'title'>): Span[] {
  return texToSpans(title).map(({ link, ...span }) =>
    link === undefined || span.text.includes(link) ? span : { ...span, text: `${span.text} (${link})` },
  )
}

export type CardForm = Extract<Block, { kind: 'card' }>['form']

/** The card of a paper as it is to be seen at `now`; a `line` has no abstract, only a `full` one has details and links. */
export function cardView(paper: Paper, form: CardForm, now: Temporal.Instant): CardView {
  const date = paper.published === undefined ? undefined : shownDate(paper.published, now)
  const category = badge(paper)
  return {
    score: shownScore(paper, now)?.toFixed(1) ?? null,
    facts: [category, date].filter((fact) => fact !== undefined).filter((fact) => fact !== ''),
    title: titleSpans(paper),
    url: paperUrl(paper),
    authors: form === 'full' ? manyAuthors(paper) : shownAuthors(paper),
    orgs: paper.orgs ?? [],
    abstract: form === 'line' ? [] : texToSpans(paper.abstract ?? paper.tldr ?? ''),
    details: form === 'full' ? details(paper, now) : [],
    links: form === 'full' ? links(paper) : [],
  }
}

function manyAuthors(paper: Paper): string {
  const named = paper.authors.slice(0, FULL_AUTHORS).map((author) => author.name)
  const more = paper.authors.length - named.length + (paper.authorsOmitted ?? 0)
  return more > 0 ? `${named.join(', ')} and ${grouped(more)} more` : named.join(', ')
}

function details(paper: Paper, now: Temporal.Instant): CardView['details'] {
  const score = shownScore(paper, now) === undefined || paper.score !== undefined ? undefined : paper.computedScore
  const rows: [string, string | undefined][] = [
    ['Withdrawn', paper.withdrawn ? 'by its authors' : undefined],
    ['Categories', paper.categories?.join(', ')],
    ['Version', versionText(paper, now)],
    ['Comment', paper.comment],
    ['Journal', paper.journalRef],
    ['In short', paper.abstract === undefined ? undefined : paper.tldr],
    ['Citations', paper.citations === undefined ? undefined : grouped(paper.citations)],
    ['Upvotes', paper.upvotes === undefined ? undefined : grouped(paper.upvotes)],
    ['Score', score?.parts.map((part) => `${part.signal} ${Math.round(part.share * 100)} %`).join(', ')],
    ['Ids', telling(paper.ids).map(displayId).join(', ')],
  ]
  return rows.flatMap(([label, text]) => (text ? [{ label, text: texToSpans(text) }] : []))
}

/** Those that people use; of a paper that has none of them, those of the catalogues that know it. */
function telling(ids: Paper['ids']): PaperId[] {
  const known = ids.filter((id) => !id.startsWith('title:'))
  const used = known.filter((id) => !CATALOGUES.some((kind) => id.startsWith(kind)))
  return used.length > 0 ? used : known
}

/** Announcements name the latest version without its day: what is known then is the day of one before. */
function versionText(paper: Paper, now: Temporal.Instant): string | undefined {
  if (paper.version === undefined) return undefined
  const isOfEarlier = Number(paper.revisions?.updated?.split(' ')[0] ?? paper.version) < paper.version
  return paper.updated === undefined || isOfEarlier
    ? `v${paper.version}`
    : `v${paper.version} of ${shownDate(paper.updated, now)}`
}

function links(paper: Paper): CardView['links'] {
  const arxiv = paper.ids.find((id) => id.startsWith('arxiv:'))
  const candidates: [string, string | undefined][] = [
    ['Page', paperUrl(paper)],
    ['PDF', paper.pdf ?? (arxiv ? `https://arxiv.org/pdf/${displayId(arxiv)}` : undefined)],
    ['DOI', paper.doi ? idUrl(`doi:${paper.doi}` as PaperId) : undefined],
    ['Code', paper.code],
  ]
  const seen = new Set<string>()
  return candidates.flatMap(([label, url]) => {
    if (url === undefined || seen.has(url)) return []
    seen.add(url)
    return [{ label, url }]
  })
}
