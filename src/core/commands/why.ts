// why: which rule brought a paper here, or held it back.
// The order: when it was first seen; what selected it; what was posted; else the rule that held it back.
import { z } from 'zod'
import type { Delivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import { shownDate } from '#core/paper-view.ts'
import type { Reply } from '#core/reply.ts'
import type { Match, Subscription } from '#core/subscription.ts'
import { actions, enumerate, heading, list, type Words } from './blocks.ts'
import { referenceOf } from './card-actions.ts'
import { type Context, defineCommand } from './command.ts'
import { targetSpans } from './targets.ts'
import { heldBack } from './why-not.ts'

export const why = defineCommand({
  path: ['why'],
  summary: 'Say why a paper came here, or why it did not',
  examples: ['why 2303.13506'],
  options: z.object({ paper: z.string().meta({ description: 'An arXiv id, a DOI, a link or the title' }) }),
  positional: ['paper'],
  async run({ paper: reference }, context): Promise<Reply> {
    const paper = await context.papers.paper(reference)
    const { store, destination } = context
    const subscriptions = await store.subscriptions.ofDestination(destination)
    const matches = await store.subscriptions.matchesOfPaper(destination, paper.number)
    const deliveries = await store.ledger.ofPaper(destination, paper.number)
    const rows = [
      seen(paper, context),
      ...matches.map((match) => matched(match, subscriptions, context)),
      ...deliveries.map((delivery) => delivered(delivery, context)),
      ...(deliveries.length === 0 ? await heldBack(paper, matches, subscriptions, context) : []),
    ]
    return {
      visibility: 'private',
      blocks: [
        heading(verdict(matches, deliveries)),
        { kind: 'card', paper, form: 'line' },
        list(rows),
        ...actions(
          ...(paper.authors[0]
            ? [{ label: `Follow ${paper.authors[0].name}`, command: `follow author ${paper.authors[0].name}` }]
            : []),
          { label: 'Save', command: `save ${referenceOf(paper)}` },
          { label: 'Following', command: 'following' },
        ),
      ],
    }
  },
})

function verdict(matches: readonly Match[], deliveries: readonly Delivery[]): string {
  if (deliveries.some((delivery) => delivery.state === 'sent')) return 'This paper was posted here'
  if (deliveries.length > 0) return 'This paper is to be posted here'
  return matches.length > 0 ? 'This paper was selected here, and not posted yet' : 'This paper was not posted here'
}

function seen({ firstSeen, sources }: Paper, { clock }: Context): Words[] {
  return [`First seen on ${shownDate(firstSeen, clock.now())} at ${firstSeen.slice(11, 16)} UTC, from ${enumerate(sources)}`]
}

function matched(
  { reason, matchedAt, subscription }: Match,
  subscriptions: readonly Subscription[],
  { clock }: Context,
): Words[] {
  const words = reason.words.length > 0 ? `, by ${enumerate(reason.words.map((word) => `“${word}”`))}` : ''
  const known = subscriptions.find(({ id }) => id === subscription)
  const owner = known ? `, followed by ${known.owner.name}` : ', which is followed here no more'
  return ['Selected by ', ...targetSpans(reason.target), `${words}${owner}, on ${shownDate(matchedAt, clock.now())}`]
}

function delivered({ kind, state, settledAt, createdAt, notBefore, error }: Delivery, { clock }: Context): Words[] {
  const now = clock.now()
  const what = kind === 'alert' ? 'an alert' : kind === 'digest' ? 'the digest' : 'a notice'
  switch (state) {
    case 'sent':
      return [`Posted in ${what} on ${shownDate(settledAt ?? createdAt, now)}`]
    case 'pending':
    case 'sending':
      return [`Waiting to be posted in ${what}, not before ${notBefore.slice(0, 16).replace('T', ' ')} UTC`]
    case 'uncertain':
      return [`Sent in ${what}, but the platform did not say whether it arrived; it is looked up before any repeat`]
    case 'dead':
      return [`Not posted in ${what}: the platform refused it${error === undefined ? '' : ` (${error})`}`]
    case 'cancelled':
      return [`Not posted in ${what}: whoever runs Paperboy dropped it`]
  }
}
