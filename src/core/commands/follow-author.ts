// follow author: one person, not all who bear the name.
import { z } from 'zod'
import { defineCommand } from './command.ts'
import { followOptions } from './follow.ts'

export const followAuthor = defineCommand({
  path: ['follow', 'author'],
  summary: "Follow an author's new papers",
  examples: ['follow author Eric J. Michaud', 'follow author Max Tegmark --cadence now'],
  options: z.object({
    name: z.string().meta({ description: 'A name, an ORCID or an id' }),
    with: z.string().optional().meta({ description: 'A co-author, where several people have that name' }),
    ...followOptions,
  }),
  positional: ['name'],
  usually: 'private',
  changesChannel: true,
  completions: { name: 'author' },
  // Loaded where it is asked: a process that answers one command needs no other's words.
  run: async (input, context) => (await import('./follow-person.ts')).followPerson(input, context),
})
