// them: a person's word on whether a paper is by the one who is followed, or by somebody of the same name.
import { z } from 'zod'
import { defineCommand } from './command.ts'

export const them = defineCommand({
  path: ['them'],
  summary: 'Say whether a paper is by the author who is followed here, or by a namesake',
  examples: ['them 2303.13506 --author "Max Tegmark"', 'them 2303.13506 --author "Max Tegmark" --answer no'],
  options: z.object({
    paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }),
    author: z
      .string()
      .optional()
      .meta({ description: 'Who is followed, by name or ORCID; not needed where only one can be meant' }),
    answer: z.enum(['yes', 'no']).default('yes').meta({ description: 'yes: it is them (as without it); no: it is a namesake' }),
  }),
  positional: ['paper'],
  changesChannel: true,
  // Loaded where it is asked: a process that answers one command needs no other's words.
  run: async (input, context) => (await import('./them-said.ts')).sayWhether(input, context),
})
