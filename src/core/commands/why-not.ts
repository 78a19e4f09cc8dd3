// Why a paper was not posted: the rule that held it back.
// The order: selected, and waiting for the digest; older than what selects it; not looked at yet; nearest topic.

import { digestOnly, MOST_AUTHORS, OLDEST_DAYS } from '#core/digest-only.ts'
import type { Paper } from '#core/paper.ts'
import { shownDate } from '#core/paper-view.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Expression } from '#core/query/query.ts'
import { type PaperTerms, termsOf } from '#core/query/terms.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { code, enumerate, type Words } from './blocks.ts'
import type { Context } from './command.ts'
import { nextDigest } from './next-digest.ts'
import { cadenceInWords, targetSpans } from './targets.ts'

const SHOWN = 5
const DIGEST_ONLY = {
  old: `It was more than ${OLDEST_DAYS} days old when it was first seen, so it comes in the digest only`,
  'many-authors': `It has over ${MOST_AUTHORS} authors, so it comes in the digest only`,
} as const

/** Rows for a paper of which no post was made. */
export async function heldBack(
  paper: Paper,
  matched: readonly Match[],
  subscriptions: readonly Subscription[],
  context: Context,
): Promise<Words[][]> {
  if (matched.length > 0)
    return [...digestOnly(paper).map((rule) => [DIGEST_ONLY[rule]]), await waiting(matched, subscriptions, context)]
  if (subscriptions.length === 0)
    return [['Nothing is followed here, so nothing could bring it. For example: ', code('follow topic "sparse autoencoder"')]]
  const now = context.clock.now()
  const { createMatcher } = await import('#core/matcher.ts')
  const selecting = createMatcher(subscriptions)
    .match([paper], now)
    .map(({ subscription }) => subscription)
  if (selecting.length > 0) return selecting.slice(0, SHOWN).map((subscription) => tooEarly(subscription, paper, now))
  const near = nearestTopic(termsOf(paper), subscriptions, now)
  return [
    [
      subscriptions.length === 1
        ? 'The one subscription here does not select it'
        : `None of the ${subscriptions.length} subscriptions here selects it`,
    ],
    ...(near ? [['The nearest is ', ...targetSpans(near.subscription.target), ': it lacks ', enumerate(near.lacking)]] : []),
  ]
}

async function waiting(matched: readonly Match[], subscriptions: readonly Subscription[], context: Context): Promise<Words[]> {
  const own = subscriptions.filter(({ id }) => matched.some((match) => match.subscription === id))
  const schedule = await context.store.schedules.ofDestination(context.destination)
  const ways = enumerate([...new Set(own.map(({ cadence }) => cadenceInWords(cadence)))])
  if (!schedule) return ['It waits for a digest, and none is scheduled here: ', code('digest weekly')]
  return [
    `It waits for the digest, which comes ${await nextDigest(schedule, context)}${ways === '' ? '' : ` (papers come ${ways})`}`,
  ]
}

function tooEarly({ target, createdAt }: Subscription, { firstSeen }: Paper, now: Temporal.Instant): Words[] {
  const selects = ['Fits ', ...targetSpans(target), ', ']
  if (Temporal.Instant.compare(firstSeen, createdAt) >= 0)
    return [...selects, 'but it has not been looked at yet: the next pass will']
  return [
    ...selects,
    `but it was known here before that was followed (${shownDate(createdAt, now)}), and only newer papers are posted`,
  ]
}

/** The topic of which the paper meets the largest part, and what it does not meet. */
function nearestTopic(terms: PaperTerms, subscriptions: readonly Subscription[], now: Temporal.Instant) {
  let best: { subscription: Subscription; share: number; lacking: string[] } | undefined
  for (const subscription of subscriptions) {
    if (subscription.target.kind !== 'topic') continue
    const { expression } = parseQuery(subscription.target.query)
    const parts: readonly Expression[] = expression?.kind === 'and' ? expression.of : expression ? [expression] : []
    const lacking = parts.filter((part) => !matches({ expression: part, sort: 'relevance' }, terms, now))
    const share = 1 - lacking.length / Math.max(1, parts.length)
    if (share > (best?.share ?? 0)) best = { subscription, share, lacking: lacking.map(inWords) }
  }
  return best
}

function inWords(expression: Expression): string {
  return expression.kind === 'not'
    ? `an exclusion (${printQuery({ expression, sort: 'relevance' })})`
    : printQuery({ expression, sort: 'relevance' })
}
