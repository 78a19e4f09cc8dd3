// paper: the full card of one paper.
import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import { actions } from './blocks.ts'
import { fullCardActions } from './card-actions.ts'
import { defineCommand } from './command.ts'

export const paper = defineCommand({
  path: ['paper'],
  summary: 'Show all that is known of one paper',
  examples: ['paper 2303.13506', 'paper https://arxiv.org/abs/2210.01117', 'paper Precision Machine Learning'],
  options: z.object({ paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }) }),
  positional: ['paper'],
  async run({ paper: reference }, context): Promise<Reply> {
    const found = await context.finder.paper(reference)
    return {
      visibility: 'public',
      lookedUp: true,
      blocks: [{ kind: 'card', paper: found, form: 'full' }, ...actions(...fullCardActions(found))],
      page: { offset: 0, total: 1, next: null, previous: null },
    }
  },
})
