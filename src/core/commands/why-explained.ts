// What why says, and what would change it.
// The order: known at all; when it was first seen; what selected it; whether its author is who is followed; what became of
// its messages, as far as that is kept; else what holds it back.
import { authorKey } from '#core/author-name.ts'
import type { Delivery } from '#core/delivery.ts'
import { NotFoundError } from '#core/errors.ts'
import type { Paper } from '#core/paper.ts'
import type { Action, Reply } from '#core/reply.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { actions, enumerate, heading, list } from './blocks.ts'
import { referenceOf } from './card-actions.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import { type PlaceMeant, type PlaceName, placeOf } from './place.ts'
import { dateAndTime, dayOf } from './slot-words.ts'
import { SOURCE_WORDS } from './source-words.ts'
import { targetParts, targetSpans } from './targets.ts'
import { delivered } from './why-delivered.ts'
import { heldNow } from './why-held.ts'
import { namesakes } from './why-namesake.ts'
import { unmatched, waiting } from './why-not.ts'
import { unknown } from './why-unknown.ts'

const MOST_ACTIONS = 5
/** Commands without a `for`. */
const OF_CHANNEL: ReadonlySet<string> = new Set(['resume', 'quiet', 'alerts', 'them'])

export async function explained(
  { paper: reference, for: name }: { readonly paper: string; readonly for: PlaceName },
  context: Context,
): Promise<Reply> {
  const place = await placeOf(context, name)
  const paper = await context.papers.paper(reference).catch(notFound)
  if (paper instanceof NotFoundError) return unknown(reference, paper, context)
  const { store } = context
  const subscriptions = await store.subscriptions.ofDestination(place.destination)
  const matches = await store.subscriptions.matchesOfPaper(place.destination, paper.number)
  const deliveries = await store.ledger.ofPaper(place.destination, paper.number)
  const held = (await store.holds.ofDestination(place.destination)).find(({ paper: number }) => number === paper.number)
  const isForgotten = deliveries.length === 0 && (await store.ledger.claimed(place.destination, [paper.number], 'new')).length > 0
  const known = { paper, place, subscriptions, matches }
  const findings = [
    seen(paper, context),
    ...matches.map((match) => matched(match, known, context)),
    ...(await namesakes(known, context)),
    ...(await Promise.all(deliveries.map((delivery) => delivered(delivery, place, context)))),
    ...(held ? [await heldNow(held, known, context)] : []),
    ...(isForgotten ? [finding(['Told of here before, and so long ago that what became of it is not kept any more'])] : []),
    ...(deliveries.length > 0 || held || isForgotten
      ? []
      : matches.length > 0
        ? await waiting(known, context)
        : await unmatched(known, context)),
  ]
  return {
    visibility: 'private',
    blocks: [
      heading(isForgotten ? `This paper was told of ${place.words} before` : verdict(matches, deliveries, place)),
      { kind: 'card', paper, form: 'line' },
      list(findings.map(({ words }) => words)),
      ...actions(...repairs(findings, known)),
    ],
  }
}

function notFound(error: unknown): NotFoundError {
  if (error instanceof NotFoundError) return error
  throw error
}

function verdict(matches: readonly Match[], deliveries: readonly Delivery[], { words }: PlaceMeant): string {
  const states = new Set(deliveries.map(({ state }) => state))
  if (states.has('sent')) return `This paper was posted ${words}`
  if (states.has('pending') || states.has('sending') || states.has('uncertain')) return `This paper is to be posted ${words}`
  if (states.size > 0) return `This paper could not be posted ${words}`
  return matches.length > 0 ? `This paper was selected ${words}, and not posted yet` : `This paper was not posted ${words}`
}

function seen({ firstSeen, sources }: Paper, { clock, zone = 'UTC' }: Context): Finding {
  const moment = dateAndTime(Temporal.Instant.from(firstSeen), zone, clock.now())
  return finding([`First seen on ${moment} (${zone}); known from ${enumerate(sources.map((source) => SOURCE_WORDS[source]))}`])
}

function matched(
  { reason, matchedAt, subscription }: Match,
  { subscriptions, place }: { subscriptions: readonly Subscription[]; place: PlaceMeant },
  { clock, zone = 'UTC' }: Context,
): Finding {
  const { name } = targetParts(reason.target)
  const telling = reason.words.filter((word) => word !== name).map((word) => `“${word}”`)
  const words = telling.length > 0 ? `, by ${enumerate(telling)}` : ''
  const known = subscriptions.find(({ id }) => id === subscription)
  const owner = known ? `, followed by ${known.owner.name}` : `, which is followed ${place.words} no more`
  return finding(['Selected by ', ...targetSpans(reason.target), `${words}${owner}, on ${dayOf(matchedAt, zone, clock.now())}`])
}

/** What would change it, the most fitting first, then what can be done with any paper: five at most. */
function repairs(
  findings: readonly Finding[],
  { paper, place, subscriptions }: { paper: Paper; place: PlaceMeant; subscriptions: readonly Subscription[] },
): Action[] {
  const followed = new Set(subscriptions.flatMap(({ target }) => (target.kind === 'author' ? [target.key] : [])))
  const author = paper.authors.find(({ name }) => !followed.has(authorKey(name)))
  const all: Action[] = [
    ...findings.flatMap(({ repairs = [] }) => repairs).filter((action) => isFor(place, action)),
    ...(author ? [{ label: `Follow ${author.name}`, command: `follow author ${author.name}${place.option}` }] : []),
    { label: 'Save', command: `save ${referenceOf(paper)}` },
    { label: 'Following', command: `following${place.option}` },
  ]
  const once = new Map(all.map((action) => ['command' in action ? action.command : action.url, action]))
  return [...once.values()].slice(0, MOST_ACTIONS)
}

/** What changes the channel it is asked in changes nothing of the person's direct messages. */
function isFor({ option }: PlaceMeant, action: Action): boolean {
  return option !== ' --for me' || !('command' in action) || !OF_CHANNEL.has(action.command.split(' ', 1)[0] ?? '')
}
