// What all follow commands share: shown first, with the volume to expect, then saved once.
// The order: followed already; too many; asks back where a person can answer; saved.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { shownDate } from '#core/paper-view.ts'
import type { Block, Reply } from '#core/reply.ts'
import { type Cadence, destinationKey, type Subscription, type Target, targetKey } from '#core/subscription.ts'
import { actions, bold, heading, note, prose, subject } from './blocks.ts'
import type { Context } from './command.ts'
import { cadenceInWords, targetInWords, targetSpans } from './targets.ts'

/** More would make every post a flood, and every tick slow for all. */
const MOST = 500

/** The options every follow command has beside what to follow. */
export const followOptions = {
  cadence: z
    .enum(['now', 'digest', 'both'])
    .optional()
    .meta({ description: 'now: each paper at once; digest: in the digest; both (as without it)' }),
  confirm: z.enum(['yes']).optional().meta({ description: 'yes: follow without asking back' }),
}

export interface Wish {
  readonly target: Target
  readonly cadence: Cadence | undefined
  readonly confirmed: boolean
  /** The command that says the same again, without cadence and confirm. */
  readonly command: string
  /** Whom or what exactly, and how much it will bring. */
  readonly shown: readonly Block[]
}

/** Shows and asks, or saves; see Context.confirm. */
export async function follow(wish: Wish, context: Context): Promise<Reply> {
  const here = await context.store.subscriptions.ofDestination(context.destination)
  const known = here.find(({ target }) => targetKey(target) === targetKey(wish.target))
  if (known) return followedAlready(known, wish, context)
  if (here.length >= MOST) {
    throw new UserInputError(`${MOST} things are followed here, which is the most.`, {
      hint: 'Take one away first: following, then unfollow and its number.',
    })
  }
  if (context.confirm === 'ask' && !wish.confirmed) return ask(wish)
  const subscription = newSubscription(wish, context)
  const added = await context.store.subscriptions.add(subscription)
  // Somebody else was quicker: then theirs is the one that counts.
  if (!added) return follow(wish, context)
  return {
    visibility: 'public',
    blocks: [
      ...wish.shown,
      prose(
        'Followed here now, by ',
        bold(context.person.name),
        ': ',
        ...targetSpans(wish.target),
        `. New papers come ${cadenceInWords(subscription.cadence)}.`,
      ),
      ...actions({ label: 'Following', command: 'following' }, { label: 'Preview the digest', command: 'digest preview' }),
    ],
  }
}

function ask({ target, cadence, command, shown }: Wish): Reply {
  const chosen = cadence ?? 'both'
  const others = (['both', 'now', 'digest'] as const).filter((other) => other !== chosen)
  return {
    visibility: 'private',
    blocks: [
      heading('Follow ', ...targetSpans(target), '?'),
      ...shown,
      note(`Papers will come ${cadenceInWords(chosen)}. Nothing is saved yet.`),
      ...actions(
        { label: 'Follow', command: `${command} --cadence ${chosen} --confirm yes`, primary: true },
        ...others.map((other) => ({
          label: `Follow, ${cadenceInWords(other)}`,
          command: `${command} --cadence ${other} --confirm yes`,
        })),
      ),
    ],
  }
}

async function followedAlready(known: Subscription, wish: Wish, context: Context): Promise<Reply> {
  const since = `since ${shownDate(known.createdAt, context.clock.now())}, by ${known.owner.name}`
  if (wish.cadence === undefined || wish.cadence === known.cadence) {
    return {
      visibility: 'private',
      blocks: [
        prose(
          ...targetSpans(known.target),
          ` is followed here already, ${since}: new papers come ${cadenceInWords(known.cadence)}.`,
        ),
      ],
    }
  }
  await context.store.subscriptions.setCadence(context.destination, known.id, wish.cadence)
  return {
    visibility: 'public',
    blocks: [
      prose(
        subject(context.person),
        ` changed how new papers of ${targetInWords(known.target)} come: ${cadenceInWords(wish.cadence)} now.`,
      ),
      note(`Followed ${since}.`),
    ],
  }
}

function newSubscription({ target, cadence }: Wish, { destination, person, clock }: Context): Subscription {
  const createdAt = clock.now().toString()
  return {
    id: `${destinationKey(destination)}/${targetKey(target)}/${createdAt}`,
    destination,
    target,
    cadence: cadence ?? 'both',
    owner: person,
    createdAt,
  }
}
