// Why a paper is in no message: it waits for the digest, or nothing selects it.
// The order, where something selected it: what comes in the digest alone; what that brings it, and when. Else: nothing is
// followed; older than what selects it; not looked at yet; in a feed before that was followed; excluded; the nearest topic.
import { digestOnly, MOST_AUTHORS, OLDEST_DAYS } from '#core/digest-only.ts'
import { judged } from '#core/judged.ts'
import type { Paper } from '#core/paper.ts'
import { shownDate } from '#core/paper-view.ts'
import { matches } from '#core/query/matches.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'
import type { Expression } from '#core/query/query.ts'
import { type PaperTerms, termsOf } from '#core/query/terms.ts'
import { type Opened, withoutExclusions } from '#core/query/without-exclusions.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { enumerate, toType } from './blocks.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import { followedIn } from './following.ts'
import { nextDigest } from './next-digest.ts'
import type { PlaceMeant } from './place.ts'
import { dayOf } from './slot-words.ts'
import { targetInWords, targetParts, targetSpans } from './targets.ts'

const SHOWN = 5
/** More papers seldom wait for a pass. */
const LOOKED_THROUGH = 2000
/** A digest takes in what was seen so long before the one before it, and stored after it. */
const LATEST_STORED = { hours: 6 }
const DIGEST_ONLY = {
  old: `It was more than ${OLDEST_DAYS} days old when it was first seen, so it comes in the digest only`,
  'many-authors': `It has over ${MOST_AUTHORS} authors, so it comes in the digest only`,
} as const

interface Known {
  readonly paper: Paper
  readonly place: PlaceMeant
  readonly subscriptions: readonly Subscription[]
  readonly matches: readonly Match[]
}

/** For a paper that something selected, and that is in no message and not held. */
export async function waiting(known: Known, context: Context): Promise<Finding[]> {
  const { paper, place, subscriptions, matches: matched } = known
  const own = subscriptions.filter(({ id }) => matched.some((match) => match.subscription === id))
  const numbered = await followedIn(place, context)
  const rules = digestOnly(paper)
  return [
    ...rules.map((rule) => finding([DIGEST_ONLY[rule]])),
    ...own
      .filter(({ cadence }) => cadence === 'digest')
      .map(({ id, target }) => {
        const number = numbered.findIndex((subscription) => subscription.id === id) + 1
        const repair = { label: `At once too: ${targetParts(target).name}`, command: `cadence ${number} both${place.option}` }
        return finding([`Papers of ${targetInWords(target)} come in the digest only`], repair)
      }),
    await digestOf(known, context),
  ]
}

async function digestOf({ place, matches: matched }: Known, context: Context): Promise<Finding> {
  const { store } = context
  const schedule = await store.schedules.ofDestination(place.destination)
  if (!schedule) {
    return finding(
      [`It waits for a digest, and none is scheduled ${place.words}: `, toType(`digest weekly${place.option}`)],
      { label: 'Weekly digest', command: `digest weekly${place.option}` },
      place.option === '' ? { label: 'Have it now', command: 'digest now' } : undefined,
    )
  }
  const last = await store.schedules.lastSlot(schedule.id)
  const end = last && Temporal.Instant.from(last.to).subtract(LATEST_STORED)
  if (end && matched.every(({ seenAt }) => Temporal.Instant.compare(seenAt, end) < 0)) {
    const day = matched.map(({ seenAt }) => seenAt.slice(0, 10)).sort()[0]
    return finding(
      [
        `It was seen before the last digest, which went up to ${dayOf(last.to, schedule.zone, context.clock.now())}: the next one looks at what came after that`,
      ],
      { label: 'Catch up', command: `catchup ${day}${place.option}` },
    )
  }
  return finding([`It waits for the digest, which comes ${await nextDigest(schedule, context)}`], {
    label: 'Preview the digest',
    command: `digest preview${place.option}`,
  })
}

/** For a paper that nothing selected here. */
export async function unmatched({ paper, place, subscriptions }: Known, context: Context): Promise<Finding[]> {
  if (subscriptions.length === 0) {
    const [category] = paper.categories ?? []
    return [
      finding(
        [
          `Nothing is followed ${place.words}, so nothing could bring it. For example: `,
          toType(`follow topic "sparse autoencoder"${place.option}`),
        ],
        paper.authors[0] && {
          label: `Follow ${paper.authors[0].name}`,
          command: `follow author ${paper.authors[0].name}${place.option}`,
        },
        category === undefined
          ? undefined
          : { label: `Follow ${category}`, command: `follow category ${category}${place.option}` },
      ),
    ]
  }
  const now = context.clock.now()
  const { createMatcher } = await import('#core/matcher.ts')
  const selections = createMatcher(subscriptions).match([paper], now)
  const selecting = (await judged(selections, context.store)).map(({ subscription }) => subscription)
  if (selecting.length > 0) {
    const isNext = await isWaiting(paper, context)
    return selecting.slice(0, SHOWN).map((subscription) => noNews(subscription, paper, isNext, now))
  }
  const offering = new Set(await context.store.feeds.offeredBy(paper.number))
  const feeds = subscriptions.filter(({ target }) => target.kind === 'feed' && offering.has(target.url))
  if (feeds.length > 0) return feeds.slice(0, SHOWN).map(there)
  const topics = subscriptions.flatMap((subscription) => topicOf(subscription, termsOf(paper), now))
  const excluding = topics.filter(({ exclusions }) => exclusions.length > 0)
  const [near] = topics.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share)
  return [
    finding([
      subscriptions.length === 1
        ? `The one subscription ${place.words} does not select it`
        : `None of the ${subscriptions.length} subscriptions ${place.words} selects it`,
    ]),
    ...excluding.slice(0, SHOWN).map((topic) => excluded(topic, place)),
    ...(near && excluding.length === 0
      ? [
          finding([
            'The nearest is ',
            ...targetSpans(near.subscription.target),
            ': it lacks ',
            enumerate(near.lacking.map(inWords)),
          ]),
        ]
      : []),
  ]
}

async function isWaiting({ number }: Paper, { store }: Context): Promise<boolean> {
  const waiting = await store.papers.unmatched(LOOKED_THROUGH)
  return waiting.length === LOOKED_THROUGH || waiting.some(({ paper }) => paper.number === number)
}

/** For a paper that a subscription selects, and did not when it came; `isNext`: it is still to be looked at. */
function noNews({ target, createdAt }: Subscription, { firstSeen }: Paper, isNext: boolean, now: Temporal.Instant): Finding {
  const selects = ['Fits ', ...targetSpans(target), ', ']
  if (Temporal.Instant.compare(firstSeen, createdAt) >= 0) {
    if (isNext) return finding([...selects, 'but it has not been looked at yet: the next pass will'])
    return finding([
      ...selects,
      'but it was no news when it came here: it had been announced before, and only new papers are posted',
    ])
  }
  return finding([
    ...selects,
    `but it was known here before that was followed (${shownDate(createdAt, now)}), and only newer papers are posted`,
  ])
}

function there({ target }: Subscription): Finding {
  return finding([...targetSpans(target), ' had it already when that was followed, and only what it brings later is posted'])
}

interface Topic extends Opened {
  readonly subscription: Subscription
  readonly lacking: readonly Expression[]
  /** Of its parts, how many the paper meets: 0 to 1. */
  readonly share: number
}

/** How much of the topic the paper meets, and what it does not. */
function topicOf(subscription: Subscription, terms: PaperTerms, now: Temporal.Instant): Topic[] {
  if (subscription.target.kind !== 'topic') return []
  const { expression } = parseQuery(subscription.target.query)
  const parts: readonly Expression[] = expression?.kind === 'and' ? expression.of : expression ? [expression] : []
  const isMet = (part: Expression) => matches({ expression: part, sort: 'relevance' }, terms, now)
  const { met = [], lacking = [] } = Object.groupBy(parts, (part) => (isMet(part) ? 'met' : 'lacking'))
  return [{ subscription, lacking, share: met.length / Math.max(1, parts.length), ...withoutExclusions(expression, isMet) }]
}

/** The topic without what excludes the paper would select it. */
function excluded({ subscription, exclusions, rest }: Topic, { option }: PlaceMeant): Finding {
  const without = exclusions.map(inQuery).join(' ')
  return finding(['Would fit ', ...targetSpans(subscription.target), `, which excludes it by “${without}”`], {
    label: `Follow without ${without}`,
    command: `follow topic ${printQuery({ expression: rest, sort: 'relevance' })}${option}`,
  })
}

function inWords(expression: Expression): string {
  return expression.kind === 'not' ? `an exclusion (${inQuery(expression)})` : inQuery(expression)
}

function inQuery(expression: Expression): string {
  return printQuery({ expression, sort: 'relevance' })
}
