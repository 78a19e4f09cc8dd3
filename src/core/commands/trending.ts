// trending: the best scored papers of the last week or month.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { shownDate } from '#core/paper-view.ts'
import type { Reply } from '#core/reply.ts'
import { actions, heading, listing, note, prose, toType } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { resolveCategory } from './category.ts'
import { type Context, defineCommand } from './command.ts'
import { pageOption, paging } from './paging.ts'

const PAGE = 5
const DAYS = { week: 7, month: 30 }

export const trending = defineCommand({
  path: ['trending'],
  summary: 'Show the papers with the best scores of the last week or month',
  examples: ['trending', 'trending cs.LG month'],
  options: z.object({
    period: z.enum(['week', 'month']).default('week').meta({ description: 'How far back: week or month' }),
    category: z.string().optional().meta({ description: 'A category, for example cs.LG' }),
    page: pageOption,
  }),
  positional: ['period', 'category'],
  completions: { category: 'category' },
  async run({ period, category: typed, page: number }, context): Promise<Reply> {
    const category = typed === undefined ? undefined : await resolveCategory(typed, context)
    const filter = { ...(category === undefined ? {} : { category }), days: DAYS[period] }
    const { papers, total, byDate } = await context.papers.trending(filter, { offset: (number - 1) * PAGE, limit: PAGE })
    if (total === 0) return nothing(period, category, context)
    const pages = paging(['trending', category, period].filter(Boolean).join(' '), number, PAGE, total)
    return {
      visibility: 'public',
      lookedUp: true,
      blocks: [
        heading(`${byDate ? 'New' : 'Trending'} in ${category ?? 'all categories'}, last ${period}`),
        ...(byDate ? [note('No paper of this time has a score yet, so the newest come first.')] : []),
        ...papers.map((paper) => listing(paper, { actions: paperActions(paper) })),
        ...actions(...pages.actions),
      ],
      page: pages.page,
    }
  },
})

async function nothing(period: 'week' | 'month', category: string | undefined, context: Context): Promise<Reply> {
  const [newest] = await context.store.papers.newest(category === undefined ? {} : { category }, { offset: 0, limit: 1 })
  const of = category === undefined ? '' : ` of ${category}`
  if (!newest)
    throw new UserInputError(`No paper${of} is known here.`, { hint: 'Try another category, for example: trending cs.LG' })
  const wider = ['trending', category, 'month'].filter(Boolean).join(' ')
  return {
    visibility: 'private',
    blocks: [
      prose(
        `No paper${of} from the last ${period} is known here`,
        newest.published === undefined ? '.' : `; the newest is of ${shownDate(newest.published, context.clock.now())}.`,
      ),
      listing(newest, { actions: paperActions(newest) }),
      ...(period === 'week'
        ? [note('Or look further back: ', toType(wider)), ...actions({ label: 'Last month', command: wider })]
        : []),
    ],
    page: { offset: 0, total: 0, next: null, previous: null },
  }
}
