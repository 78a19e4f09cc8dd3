// follow topic: a saved query, whose new papers come here.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { forecast } from '#core/forecast.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Reply } from '#core/reply.ts'
import { prose } from './blocks.ts'
import { defineCommand } from './command.ts'
import { follow, followOptions } from './follow.ts'
import { forecastBlocks, isFlood, showLatest } from './forecast-words.ts'

export const followTopic = defineCommand({
  path: ['follow', 'topic'],
  summary: 'Follow all new papers that a search would find',
  examples: ['follow topic "sparse autoencoder"', 'follow topic grokking OR "delayed generalization" --cadence digest'],
  options: z.object({
    query: z.string().meta({ description: 'What to follow, written as for search' }),
    ...followOptions,
  }),
  positional: ['query'],
  usually: 'private',
  changesChannel: true,
  async run({ query: text, ...choices }, context): Promise<Reply> {
    const query = { ...parseQuery(text), sort: 'relevance' as const }
    if (query.expression === null) {
      throw new UserInputError('A topic needs at least one word or field.', {
        hint: 'For example: follow topic "sparse autoencoder"',
      })
    }
    const printed = printQuery(query)
    const expected = await forecast(query, context, context.clock.now())
    return follow(
      {
        target: { kind: 'topic', query: printed },
        choices,
        command: `follow topic ${printed}`,
        shown: forecastBlocks(
          expected,
          prose('That is a lot: add words, or “-word” for what is not wanted.'),
          'No paper known here fits: look whether the words are meant so.',
        ),
        flood: isFlood(expected),
        latest: showLatest(printed, expected),
      },
      context,
    )
  },
})
