// What a template sees: plain values under the names that docs/templates.md lists, every one of them always there.
import { paperActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { badge, paperUrl, shownAuthors, shownDate, shownScore } from '#core/paper-view.ts'
import type { AlertModel, DigestModel, DigestPaper } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import { texToSpans } from '#core/text/tex.ts'
import type { Rich } from './tokens.ts'

/** Every name that may stand in a template. */
export const variables: ReadonlySet<string> = new Set(
  (
    'title frequency from to count several note papers alerted example receipt following ' +
    'why authors orgs score category date id url length first last index'
  ).split(' '),
)

export interface PaperValues {
  readonly source: DigestPaper
  readonly title: Rich
  readonly why: Rich
  readonly authors: string
  readonly orgs: string
  readonly score: string
  readonly category: string
  readonly date: string
  readonly id: string
  readonly url: string
}

export function digestValues(model: DigestModel) {
  const to = Temporal.Instant.from(model.to)
  const day = (instant: string) =>
    shownDate(Temporal.Instant.from(instant).toZonedDateTimeISO(model.zone).toPlainDate().toString(), to)
  return {
    title: `${model.frequency[0]?.toUpperCase()}${model.frequency.slice(1)} digest`,
    frequency: model.frequency,
    from: day(model.from),
    to: day(model.to),
    count: model.papers.length,
    papers: model.papers.map((paper) => paperValues(paper, to)),
    alerted: model.alerted.map((paper) => paperValues(paper, to)),
    example: model.example,
    receipt: model.receipt,
    following: model.following,
  }
}

export function alertValues(model: AlertModel) {
  const seen = model.papers.map(({ paper }) => Temporal.Instant.from(paper.firstSeen)).sort(Temporal.Instant.compare)
  const now = seen.at(-1)
  return {
    count: model.papers.length,
    several: model.papers.length > 1,
    note: model.note ?? '',
    papers: now === undefined ? [] : model.papers.map((paper) => paperValues(paper, now)),
  }
}

/** The card `{{card paper}}` stands for; only whole cards have buttons. */
export function cardOf({ source }: PaperValues, form: 'listing' | 'full' | 'line'): Extract<Block, { kind: 'card' }> {
  const { paper, why } = source
  const actions = form === 'line' ? {} : { actions: paperActions(paper) }
  return { kind: 'card', paper, form, ...(why.length > 0 && { why }), ...actions }
}

function paperValues(source: DigestPaper, now: Temporal.Instant): PaperValues {
  const { paper, why } = source
  return {
    source,
    title: { spans: texToSpans(paper.title) },
    why: { spans: why },
    authors: shownAuthors(paper),
    orgs: (paper.orgs ?? []).join(', '),
    score: shownScore(paper, now)?.toFixed(1) ?? '',
    category: badge(paper) ?? '',
    date: dateOf(paper, now),
    id: displayId(paper.ids[0]),
    url: paperUrl(paper) ?? '',
  }
}

function dateOf({ published }: Paper, now: Temporal.Instant): string {
  return published === undefined ? '' : shownDate(published, now)
}
