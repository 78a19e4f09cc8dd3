// follow category: all new papers of a category come here.
import { z } from 'zod'
import { forecast } from '#core/forecast.ts'
import type { Reply } from '#core/reply.ts'
import { categoryName } from '#core/text/category.ts'
import { code, prose } from './blocks.ts'
import { resolveCategory } from './category.ts'
import { defineCommand } from './command.ts'
import { follow, followOptions } from './follow.ts'
import { forecastBlocks, isFlood, showLatest } from './forecast-words.ts'

export const followCategory = defineCommand({
  path: ['follow', 'category'],
  summary: 'Follow all new papers of a category',
  examples: ['follow category stat.ML', 'follow category cs.LG --cadence digest'],
  options: z.object({
    category: z.string().meta({ description: 'A category, for example cs.LG' }),
    ...followOptions,
  }),
  positional: ['category'],
  completions: { category: 'category' },
  async run({ category: typed, ...choices }, context): Promise<Reply> {
    const category = await resolveCategory(typed, context)
    const name = categoryName(category)
    const expected = await forecast({ expression: { kind: 'category', category }, sort: 'recent' }, context, context.clock.now())
    return follow(
      {
        target: { kind: 'category', category },
        choices,
        command: `follow category ${category}`,
        shown: [
          ...(name === undefined ? [] : [prose(`${category} is ${name}.`)]),
          ...forecastBlocks(
            expected,
            prose('That is a lot: a topic narrows it, for example ', code(`follow topic cat:${category} agents`), '.'),
          ),
        ],
        flood: isFlood(expected),
        latest: showLatest(`cat:${category}`, expected),
      },
      context,
    )
  },
})
