// search: papers by a query, five a page.
import { z } from 'zod'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Query } from '#core/query/query.ts'
import type { Action, Reply } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { actions, bold, counted, heading, listing, note } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { defineCommand } from './command.ts'
import { nothingFound } from './nothing-found.ts'
import { pageOption, paging } from './paging.ts'
import { foundNote } from './told-notes.ts'

const PAGE = 5

export const search = defineCommand({
  path: ['search'],
  summary: 'Find papers by words, phrases and fields',
  examples: [
    'search grokking representation',
    'search "sparse autoencoder" OR author:michaud',
    'search scaling cat:cs.LG since:2023 -reward sort:recent',
  ],
  options: z.object({
    query: z.string().meta({ description: 'Words, "phrases", OR, -not, author: title: cat: org: since: until: score: sort:' }),
    page: pageOption,
  }),
  positional: ['query'],
  async run({ query: text, page: number }, context): Promise<Reply> {
    const query = parseQuery(text)
    const { papers, total, told } = await context.finder.search(query, { offset: (number - 1) * PAGE, limit: PAGE })
    if (total === 0) return { visibility: 'private', blocks: await nothingFound(text, query, told, context) }
    const pages = paging(`search ${text}`, number, PAGE, total)
    return {
      visibility: 'public',
      lookedUp: true,
      blocks: [
        heading(`${counted(total, 'paper')} for `, bold(text)),
        ...papers.map((paper) => listing(paper, { actions: paperActions(paper) })),
        ...(total > PAGE
          ? [note(`Papers ${pages.page.offset + 1}–${pages.page.offset + papers.length} of ${grouped(total)}`)]
          : []),
        ...foundNote(told),
        ...actions(...pages.actions, followThis(query)),
      ],
      page: pages.page,
    }
  },
})

/** A topic is a query without its order; every paper there is, is no topic. */
function followThis({ expression }: Query): Action | undefined {
  if (expression === null) return undefined
  return { label: 'Follow this', command: `follow topic ${printQuery({ expression, sort: 'relevance' })}` }
}
