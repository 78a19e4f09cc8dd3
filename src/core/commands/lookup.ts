// lookup: the papers that a text names, such as a message that somebody points at; for whoever asks alone.
import { z } from 'zod'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { idsIn } from '#core/mentioned.ts'
import { displayId, type PaperId } from '#core/paper-id.ts'
import type { Block, Reply } from '#core/reply.ts'
import { counted, enumerate, heading, listing, note } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { defineCommand } from './command.ts'
import type { Request } from './dispatch.ts'
import { askedInWords } from './told-notes.ts'

const SHOWN = 10
const NAMED = 5
/** A text that is longer is given by the ids in it. */
const LONGEST = 2000

export const lookup = defineCommand({
  path: ['lookup'],
  summary: 'Show the papers that a text names',
  examples: ['lookup 2303.13506 and https://arxiv.org/abs/2210.01117', 'lookup https://doi.org/10.48550/arXiv.2205.10343'],
  options: z.object({ text: z.string().meta({ description: 'A text with arXiv ids, DOIs or links in it' }) }),
  positional: ['text'],
  usually: 'private',
  async run({ text }, { finder }): Promise<Reply> {
    const ids = idsIn(text)
    if (ids.length === 0) {
      throw new UserInputError('This names no paper.', {
        hint: 'A paper is known by an arXiv id, a DOI, or a link to one. To look for words: search and the words',
      })
    }
    const { papers, told } = await finder.papers(ids)
    const known = new Set(papers.flatMap((paper) => paper.ids))
    const unknown = ids.filter((id) => !known.has(id))
    const notes = askedInWords(told)
    if (papers.length === 0) {
      throw new NotFoundError(`${named(unknown)} ${unknown.length === 1 ? 'is' : 'are'} not known here.`, {
        hint: notes.length === 0 ? 'Papers come from what is watched, followed or imported here.' : notes.join(' '),
      })
    }
    const shown = papers.slice(0, SHOWN)
    return {
      visibility: 'private',
      blocks: [
        heading(`${counted(papers.length, 'paper')} named here`),
        ...shown.map((paper) => listing(paper, { actions: paperActions(paper) })),
        ...leftOut(papers.slice(SHOWN).map((paper) => paper.ids[0])),
        ...(unknown.length === 0 ? [] : [note([`Not known here: ${named(unknown)}.`, ...notes].join(' '))]),
      ],
    }
  },
})

/** What asks for the papers that a text of any length names. */
export function lookupOf(text: string): Request {
  if (text.trim() !== '' && text.length <= LONGEST) return { path: lookup.path, options: { text } }
  let ids = ''
  for (const id of idsIn(text)) if (ids.length + id.length < LONGEST) ids += `${id} `
  return { path: lookup.path, options: { text: ids || '…' } }
}

function leftOut(ids: readonly PaperId[]): Block[] {
  return ids.length === 0 ? [] : [note(`Known as well: ${named(ids)}.`)]
}

function named(ids: readonly PaperId[]): string {
  const more = ids.length - NAMED
  return enumerate([...ids.slice(0, NAMED).map(displayId), ...(more > 0 ? [`${more} more`] : [])])
}
