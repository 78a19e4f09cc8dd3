// What all follow commands share: shown first, with the volume to expect, then saved once.
// The order: followed already; too many; asks back where a person can answer; saved, and shown that it can be posted.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import { shownDate } from '#core/paper-view.ts'
import type { Action, Block, Reply } from '#core/reply.ts'
import { type Cadence, DIRECT, type Subscription, subscriptionId, type Target, targetKey } from '#core/subscription.ts'
import { grouped } from '#core/text/grouped.ts'
import { actions, bold, heading, note, prose, sentence, subject } from './blocks.ts'
import type { Context } from './command.ts'
import { digestMissing } from './no-digest.ts'
import { type PlaceMeant, type PlaceName, placeOf, placeOption } from './place.ts'
import { cadenceInWords, targetInWords, targetSpans } from './targets.ts'
import { proved } from './test-post.ts'

/** More would make every post a flood, and every tick slow for all. */
const MOST = 500
const MOST_OF_WORKSPACE = 5000

/** The options every follow command has beside what to follow. */
export const followOptions = {
  cadence: z
    .enum(['now', 'digest', 'both'])
    .optional()
    .meta({ description: 'now: each paper at once; digest: in the digest; both (as without it)' }),
  for: placeOption,
  confirm: z.enum(['yes']).optional().meta({ description: 'yes: follow without asking back' }),
}

/** What was chosen of followOptions. */
export interface FollowChoices {
  readonly cadence?: Cadence | undefined
  readonly for: PlaceName
  readonly confirm?: 'yes' | undefined
}

export interface Wish {
  readonly target: Target
  readonly choices: FollowChoices
  /** The command that says the same again, without the choices. */
  readonly command: string
  /** Whom or what exactly, and how much it will bring. */
  readonly shown: readonly Block[]
  /** So much that it comes in the digest alone unless somebody says otherwise. */
  readonly flood?: boolean
  /** Takes the place of what stands for the same here already. */
  readonly replaces?: boolean
  /** Shows the latest papers of it. */
  readonly latest?: Action | undefined
}

/** Shows and asks, or saves; see Context.confirm. */
export async function follow(wish: Wish, context: Context): Promise<Reply> {
  const { store } = context
  const place = await placeOf(context, wish.choices.for)
  const followed = await store.subscriptions.ofDestination(place.destination)
  const known = followed.find(({ target }) => targetKey(target) === targetKey(wish.target))
  if (known) return followedAlready(known, wish, place, context)
  if (followed.length >= MOST) throw tooMany(MOST, place.words, place)
  // Direct messages of people who know nothing of each other.
  const all = place.destination.workspace === DIRECT ? 0 : await store.subscriptions.countOfWorkspace(place.destination)
  if (all >= MOST_OF_WORKSPACE) throw tooMany(MOST_OF_WORKSPACE, 'in this workspace', place)
  const { cadence = wish.flood ? 'digest' : 'both', confirm } = wish.choices
  if (context.confirm === 'ask' && confirm !== 'yes') return ask(wish, cadence, place, context)
  const subscription = newSubscription(wish.target, cadence, place, context)
  const added = await store.subscriptions.add(subscription)
  // Somebody else was quicker: then theirs is the one that counts.
  if (!added) return follow(wish, context)
  return {
    visibility: place.visibility,
    blocks: [
      ...wish.shown,
      prose(
        `Followed ${place.words} now, by `,
        bold(context.person.name),
        ': ',
        ...targetSpans(wish.target),
        `. New papers come ${cadenceInWords(cadence)}.`,
      ),
      ...floodNote(wish, cadence),
      ...(await digestMissing(cadence, place, context)),
      ...(await proved(wish.target, cadence, place, context)),
      ...actions(
        { label: 'Following', command: `following${place.option}` },
        { label: 'Preview the digest', command: `digest preview${place.option}` },
      ),
    ],
  }
}

/** What of the choices a button is to keep that asks anew. */
export function choicesInWords({ cadence, for: name }: FollowChoices): string {
  return `${cadence === undefined ? '' : ` --cadence ${cadence}`}${name === 'here' ? '' : ` --for ${name}`}`
}

function tooMany(most: number, words: string, { option }: PlaceMeant): UserInputError {
  return new UserInputError(`${grouped(most)} things are followed ${words}, which is the most.`, {
    hint: `Take one away first: following${option}, then unfollow and its number.`,
  })
}

function ask(wish: Wish, cadence: Cadence, { words, option }: PlaceMeant, { thread }: Context): Reply {
  const others = (['both', 'now', 'digest'] as const).filter((other) => other !== cadence)
  const yes = (way: Cadence, where: string) => `${wish.command} --cadence ${way}${where} --confirm yes`
  return {
    visibility: 'private',
    blocks: [
      heading('Follow ', ...targetSpans(wish.target), words === 'here' ? '?' : ` ${words}?`),
      ...wish.shown,
      ...floodNote(wish, cadence),
      note(`Papers will come ${cadenceInWords(cadence)}. Nothing is saved yet.`),
      ...actions(
        { label: 'Follow', command: yes(cadence, option), primary: true },
        ...others.map((other) => ({ label: `Follow, ${cadenceInWords(other)}`, command: yes(other, option) })),
        thread !== undefined && option === ''
          ? { label: 'Follow in this thread', command: yes(cadence, ' --for thread') }
          : undefined,
        wish.latest,
      ),
    ],
  }
}

function floodNote({ flood, choices }: Wish, cadence: Cadence): Block[] {
  if (!flood || choices.cadence !== undefined) return []
  return [note(`That many are for the digest alone, so they come ${cadenceInWords(cadence)} unless you say otherwise.`)]
}

async function followedAlready(known: Subscription, wish: Wish, place: PlaceMeant, context: Context): Promise<Reply> {
  const since = `since ${shownDate(known.createdAt, context.clock.now())}, by ${known.owner.name}`
  const { cadence = known.cadence } = wish.choices
  const isOther = wish.replaces === true && targetInWords(wish.target) !== targetInWords(known.target)
  if (cadence === known.cadence && !isOther) {
    return {
      visibility: 'private',
      blocks: [
        prose(
          ...sentence(targetSpans(known.target)),
          ` is followed ${place.words} already, ${since}: new papers come ${cadenceInWords(known.cadence)}.`,
        ),
      ],
    }
  }
  const target = isOther ? wish.target : known.target
  await context.store.transaction(async ({ subscriptions }) => {
    await subscriptions.setCadence(known.destination, known.id, cadence)
    if (isOther) await subscriptions.setTarget(known.destination, known.id, target)
  })
  return {
    visibility: place.visibility,
    blocks: [
      isOther
        ? prose(
            subject(context.person),
            ' changed what is followed: ',
            ...targetSpans(target),
            `. New papers come ${cadenceInWords(cadence)}.`,
          )
        : prose(
            subject(context.person),
            ` changed how new papers of ${targetInWords(target)} come: ${cadenceInWords(cadence)} now.`,
          ),
      note(isOther ? `Before: ${targetInWords(known.target)}, ${since}.` : `Followed ${since}.`),
      ...(await digestMissing(cadence, place, context)),
    ],
  }
}

function newSubscription(
  target: Target,
  cadence: Cadence,
  { destination }: PlaceMeant,
  { person, clock }: Context,
): Subscription {
  const createdAt = clock.now().toString()
  return {
    id: subscriptionId(destination, target, createdAt),
    destination,
    target,
    cadence,
    owner: person,
    createdAt,
  }
}
