// why: which rule brought a paper here, or held it back, and what would change that.
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { placeOption } from './place.ts'

export const why = defineCommand({
  path: ['why'],
  summary: 'Say why a paper came here, or why it did not',
  examples: ['why 2303.13506'],
  options: z.object({ paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }), for: placeOption }),
  positional: ['paper'],
  usually: 'private',
  // Loaded where it is asked: a process that answers one command needs no other's words.
  run: async (input, context) => (await import('./why-explained.ts')).explained(input, context),
})
