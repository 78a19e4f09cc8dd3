// What became of a paper since it was posted, in words, for the message that is edited.
import type { Paper } from '#core/paper.ts'
import type { PaperChange } from '#core/paper-change.ts'
import { shownDate } from '#core/paper-view.ts'
import type { Span } from '#core/reply.ts'

/** `Withdrawn by its authors · now version 3 of Nov 25 · published in Nature`; undefined where a reader need not know. */
export function changeInWords(paper: Paper, change: PaperChange, now: Temporal.Instant): Span[] | undefined {
  const of = paper.updated === undefined ? '' : ` of ${shownDate(paper.updated, now)}`
  const words = [
    paper.withdrawn ? 'withdrawn by its authors' : '',
    change.version !== undefined && paper.version !== undefined ? `now version ${paper.version}${of}` : '',
    change.published ? (paper.journalRef === undefined ? `published, DOI ${paper.doi}` : `published in ${paper.journalRef}`) : '',
  ].filter((part) => part !== '')
  const text = words.join(' · ')
  return text === '' ? undefined : [{ text: text.slice(0, 1).toUpperCase() + text.slice(1) }]
}
