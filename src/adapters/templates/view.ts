// What a template sees: plain values under the names that docs/templates.md lists, every one of them always there.
import { titleSpans } from '#core/card.ts'
import { paperActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { badge, paperUrl, shownAuthors, shownDate, shownScore } from '#core/paper-view.ts'
import type { AlertModel, DigestModel, DigestPaper } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import type { Form, Rich } from './parts.ts'

export interface PaperValues {
  /** Which of the view's papers it is. */
  readonly number: number
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

/** What a template is filled with, and the papers that its cards are of. */
export interface View {
  readonly values: object
  readonly papers: readonly DigestPaper[]
}

/** Its names are those of variables.ts. */
export function digestView(model: DigestModel) {
  const to = Temporal.Instant.from(model.to)
  const day = (instant: string) =>
    shownDate(Temporal.Instant.from(instant).toZonedDateTimeISO(model.zone).toPlainDate().toString(), to)
  const papers = [...model.papers, ...model.alerted]
  const paperValues = papers.map((paper, number) => valuesOf(paper, number, to))
  const values = {
    title: `${model.frequency[0]?.toUpperCase()}${model.frequency.slice(1)} digest`,
    frequency: model.frequency,
    from: day(model.from),
    to: day(model.to),
    count: model.papers.length,
    papers: paperValues.slice(0, model.papers.length),
    alerted: paperValues.slice(model.papers.length),
    example: model.example,
    receipt: model.receipt,
    following: model.following,
  }
  return { values, papers }
}

export function alertView({ papers, note }: AlertModel) {
  const seen = papers.map(({ paper }) => Temporal.Instant.from(paper.firstSeen)).sort(Temporal.Instant.compare)
  const now = seen.at(-1)
  const values = {
    count: papers.length,
    several: papers.length > 1,
    note: note ?? '',
    papers: now === undefined ? [] : papers.map((paper, number) => valuesOf(paper, number, now)),
  }
  return { values, papers }
}

/** The card `{{card paper}}` stands for; only whole cards have buttons. */
export function cardOf({ paper, why, actions: asked = [] }: DigestPaper, form: Form): Extract<Block, { kind: 'card' }> {
  const actions = form === 'line' ? {} : { actions: [...asked, ...paperActions(paper)] }
  return { kind: 'card', paper, form, ...(why.length > 0 && { why }), ...actions }
}

function valuesOf({ paper, why }: DigestPaper, number: number, now: Temporal.Instant): PaperValues {
  return {
    number,
    title: { spans: titleSpans(paper) },
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
