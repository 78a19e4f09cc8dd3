// related: the papers nearest to one, and why each is near.
import { z } from 'zod'
import type { RelatedPaper } from '#core/papers.ts'
import type { Reply, Span } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { bold, enumerate, heading, listing, prose, spans } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { defineCommand } from './command.ts'
import { askedNote, silenceNote } from './told-notes.ts'

const SHOWN = 5

export const related = defineCommand({
  path: ['related'],
  summary: 'Show the papers nearest to one, and why',
  examples: ['related 2303.13506'],
  options: z.object({ paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }) }),
  positional: ['paper'],
  async run({ paper: reference }, context): Promise<Reply> {
    const paper = await context.finder.paper(reference)
    const { near, told } = await context.finder.related(paper, SHOWN)
    const title = bold(texToText(paper.title))
    if (near.length === 0)
      return { visibility: 'private', blocks: [prose('No paper here is near ', title, '.'), ...askedNote(told)] }
    return {
      visibility: 'public',
      lookedUp: true,
      blocks: [
        heading('Near ', title),
        ...near.map((other) => listing(other.paper, { why: why(other), actions: paperActions(other.paper) })),
        ...silenceNote(told),
      ],
      page: { offset: 0, total: near.length, next: null, previous: null },
    }
  },
})

function why({ sharedWords, sharedAuthors }: RelatedPaper): Span[] {
  const people = sharedAuthors.slice(0, 3)
  const more = sharedAuthors.length - people.length
  const parts = [
    sharedWords.length > 0 ? `shares ${enumerate(sharedWords.map((word) => `“${word}”`))}` : '',
    people.length > 0 ? `by the same ${enumerate([...people, ...(more > 0 ? [`${more} more`] : [])])}` : '',
  ]
  return spans(parts.filter((part) => part !== '').join('; '))
}
