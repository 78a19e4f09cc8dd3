// follow category: all new papers of a category come here.
import { z } from 'zod'
import { type Forecast, forecast, primaryForecast } from '#core/forecast.ts'
import type { Block, Reply } from '#core/reply.ts'
import { categoryName } from '#core/text/category.ts'
import { prose, toType } from './blocks.ts'
import { resolveCategory } from './category.ts'
import { type Context, defineCommand } from './command.ts'
import { follow, followOptions } from './follow.ts'
import { forecastBlocks, isFlood, showLatest } from './forecast-words.ts'

export const followCategory = defineCommand({
  path: ['follow', 'category'],
  summary: 'Follow all new papers of a category',
  examples: ['follow category stat.ML', 'follow category cs.LG --cross no --cadence digest'],
  options: z.object({
    category: z.string().meta({ description: 'A category, for example cs.LG' }),
    cross: z
      .enum(['yes', 'no'])
      .optional()
      .meta({ description: 'no: only papers whose primary category it is, without those listed in it too' }),
    ...followOptions,
  }),
  positional: ['category'],
  usually: 'private',
  changesChannel: true,
  completions: { category: 'category' },
  async run({ category: typed, cross, ...choices }, context): Promise<Reply> {
    const category = await resolveCategory(typed, context)
    const alone = cross === 'no'
    const expected = await expectedOf(category, alone, context)
    return follow(
      {
        target: { kind: 'category', category, ...(alone && { primaryOnly: true }) },
        choices,
        command: `follow category ${category}${cross === undefined ? '' : ` --cross ${cross}`}`,
        shown: [...whatItIs(category), ...forecastBlocks(expected, narrower(category, alone))],
        flood: isFlood(expected),
        replaces: cross !== undefined,
        // A search shows what is listed in the category too.
        latest: alone ? undefined : showLatest(`cat:${category}`, expected),
      },
      context,
    )
  },
})

function expectedOf(category: string, alone: boolean, context: Context): Promise<Forecast> {
  const now = context.clock.now()
  if (alone) return primaryForecast(category, context, now)
  return forecast({ expression: { kind: 'category', category }, sort: 'recent' }, context, now)
}

function whatItIs(category: string): Block[] {
  const name = categoryName(category)
  return name === undefined ? [] : [prose(`${category} is ${name}.`)]
}

function narrower(category: string, alone: boolean): Block {
  const topic = toType(`follow topic cat:${category} agents`)
  return alone
    ? prose('That is a lot: a topic narrows it, for example ', topic, '.')
    : prose(
        'That is a lot: ',
        toType(`follow category ${category} --cross no`),
        ' leaves out papers that are only cross-listed in it; a topic narrows it, for example ',
        topic,
        '.',
      )
}
