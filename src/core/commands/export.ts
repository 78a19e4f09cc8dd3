// export: the reading list, or one paper, for a reference manager.
import { z } from 'zod'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import type { Paper } from '#core/paper.ts'
import { citationFormats } from '#core/ports/citations.ts'
import type { Reply } from '#core/reply.ts'
import { nearest } from '#core/text/nearest.ts'
import { counted, enumerate, note, prose, toType } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'

const FORMAT_NAMES = { bibtex: 'BibTeX', ris: 'RIS', csl: 'CSL-JSON' }
const LANGUAGES = { bibtex: 'bibtex', ris: 'ris', csl: 'json' }

export const exportSaved = defineCommand({
  path: ['export'],
  summary: 'Give the reading list, or one paper, as BibTeX, RIS or CSL-JSON',
  examples: ['export bibtex', 'export ris 2303.13506'],
  options: z.object({
    format: z.enum(citationFormats).default('bibtex').meta({ description: 'bibtex, ris or csl' }),
    paper: z.string().optional().meta({ description: 'One paper alone: an id, a DOI, a link or the title' }),
  }),
  positional: ['format', 'paper'],
  usually: 'private',
  async run({ format, paper: reference }, context): Promise<Reply> {
    const papers =
      reference === undefined ? await context.store.readingLists.list(context.destination) : [await named(reference, context)]
    if (papers.length === 0) {
      return {
        visibility: 'private',
        blocks: [
          prose('Nothing is saved here yet, so there is nothing to export.'),
          note('For example: ', toType('save 2303.13506')),
        ],
      }
    }
    const text = await context.citations.format(papers, format)
    return {
      visibility: 'private',
      blocks: [
        prose(`${counted(papers.length, 'paper')} as ${FORMAT_NAMES[format]}:`),
        { kind: 'code', text: text.trimEnd(), language: LANGUAGES[format] },
      ],
    }
  },
})

/** What names no paper here may be a format mistyped, which is asked nobody else. */
async function named(reference: string, { papers, finder }: Context): Promise<Paper> {
  try {
    return await papers.paper(reference)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    const near = nearest(reference, citationFormats, 1)[0]
    if (near === undefined) return finder.paper(reference)
    throw new UserInputError(`“${reference}” is neither a format nor a paper: the formats are ${enumerate(citationFormats)}.`, {
      hint: `Try: export ${near}`,
    })
  }
}
