// vote: the group's own word on a paper, which decides among papers of equal score.
import { z } from 'zod'
import type { Reply } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { actions, bold, counted, note, prose } from './blocks.ts'
import { referenceOf } from './card-actions.ts'
import { defineCommand } from './command.ts'

export const vote = defineCommand({
  path: ['vote'],
  summary: 'Give a paper your vote here, or take it back',
  examples: ['vote 2303.13506'],
  options: z.object({ paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }) }),
  positional: ['paper'],
  usually: 'private',
  async run({ paper: reference }, { finder, store, destination, person, clock }): Promise<Reply> {
    const paper = await finder.paper(reference)
    const stands = await store.votes.toggle(destination, paper.number, person.id, clock.now().toString())
    const count = (await store.votes.counts(destination, [paper.number])).get(paper.number) ?? 0
    const title = bold(texToText(paper.title))
    const votes = count === 0 ? 'no votes' : counted(count, 'vote')
    return {
      visibility: 'private',
      blocks: [
        prose('Your vote for ', title, stands ? ' is given: ' : ' is taken back: ', `${votes} here.`),
        note('Where papers have the same score, the digest shows those with more votes first.'),
        ...actions(
          { label: stands ? 'Take it back' : 'Vote again', command: `vote ${referenceOf(paper)}` },
          { label: 'Save', command: `save ${referenceOf(paper)}` },
        ),
      ],
    }
  },
})
