// save, unsave and saved: the reading list of a channel, or of a person in a direct message.
import { z } from 'zod'
import type { Paper } from '#core/paper.ts'
import type { Reply, Span } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { actions, bold, counted, heading, listing, note, prose, subject, toType } from './blocks.ts'
import { referenceOf } from './card-actions.ts'
import { defineCommand } from './command.ts'
import { pageOption, paging } from './paging.ts'

const PAGE = 10

const paper = z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' })

export const save = defineCommand({
  path: ['save'],
  summary: 'Put a paper on the reading list here',
  examples: ['save 2303.13506'],
  options: z.object({ paper }),
  positional: ['paper'],
  async run({ paper: reference }, { finder, store, destination, person, clock }): Promise<Reply> {
    const found = await finder.paper(reference)
    const added = await store.readingLists.save(destination, found.number, person.id, clock.now().toString())
    if (!added) return { visibility: 'private', blocks: [prose(title(found), ' is on the reading list here already.')] }
    return {
      visibility: 'public',
      blocks: [
        prose(subject(person), ' saved ', title(found), '.'),
        ...actions(
          { label: 'Reading list', command: 'saved' },
          { label: 'Take it off', command: `unsave ${referenceOf(found)}` },
        ),
      ],
    }
  },
})

export const unsave = defineCommand({
  path: ['unsave'],
  summary: 'Take a paper off the reading list here',
  examples: ['unsave 2303.13506'],
  options: z.object({ paper }),
  positional: ['paper'],
  async run({ paper: reference }, { papers, store, destination, person }): Promise<Reply> {
    const found = await papers.paper(reference)
    const removed = await store.readingLists.unsave(destination, found.number)
    if (!removed) return { visibility: 'private', blocks: [prose(title(found), ' is not on the reading list here.')] }
    return { visibility: 'public', blocks: [prose(subject(person), ' took ', title(found), ' off the reading list.')] }
  },
})

export const saved = defineCommand({
  path: ['saved'],
  summary: 'Show the reading list here',
  examples: ['saved'],
  options: z.object({ page: pageOption }),
  positional: [],
  usually: 'private',
  async run({ page: number }, { store, destination }): Promise<Reply> {
    const all = await store.readingLists.list(destination)
    if (all.length === 0) {
      return {
        visibility: 'private',
        blocks: [prose('Nothing is saved here yet.'), note('For example: ', toType('save 2303.13506'))],
      }
    }
    const pages = paging('saved', number, PAGE, all.length)
    const shown = all.slice(pages.page.offset, pages.page.offset + PAGE)
    return {
      visibility: 'private',
      blocks: [
        heading(`${counted(all.length, 'paper')} saved here`),
        ...shown.map((one) =>
          listing(one, {
            actions: [
              { label: 'Details', command: `paper ${referenceOf(one)}` },
              { label: 'Take it off', command: `unsave ${referenceOf(one)}` },
            ],
          }),
        ),
        ...actions(...pages.actions, { label: 'Export as BibTeX', command: 'export bibtex', aside: true }),
      ],
      page: pages.page,
    }
  },
})

function title(paper: Paper): Span {
  return bold(texToText(paper.title))
}
