// Where what is asked for is to happen: this channel, the thread it was asked in, or the person's direct messages.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import type { Reply } from '#core/reply.ts'
import { type Destination, destinationKey } from '#core/subscription.ts'
import type { Context } from './command.ts'

const PLACES = ['here', 'thread', 'me'] as const
export type PlaceName = (typeof PLACES)[number]

/** The `for` option of every command that acts on one place. */
export const placeOption = z
  .enum(PLACES)
  .default('here')
  .meta({ description: 'here (as without it); thread: this thread; me: your direct messages' })

/** The place that is meant, and how it is spoken of. */
export interface PlaceMeant {
  readonly destination: Destination
  /** `here`, `in this thread` or `in your direct messages`. */
  readonly words: string
  /** What a command takes at its end to mean the same place: ` --for me`, nothing for the channel. */
  readonly option: '' | ' --for thread' | ' --for me'
  /** Who is told of a change: what is a person's own is told to nobody else. */
  readonly visibility: Reply['visibility']
}

/** UserInputError where there is no such place; DeliveryError where it cannot be found. */
export async function placeOf(context: Pick<Context, 'destination' | 'thread' | 'direct'>, name: PlaceName): Promise<PlaceMeant> {
  const { destination } = context
  const here: PlaceMeant = { destination, words: 'here', option: '', visibility: 'public' }
  if (name === 'here') return here
  if (name === 'thread') return { ...here, destination: threadOf(context), words: 'in this thread', option: ' --for thread' }
  const own = await directOf(context)
  if (destinationKey(own) === destinationKey(destination)) return here
  return { destination: own, words: 'in your direct messages', option: ' --for me', visibility: 'private' }
}

function threadOf({ destination, thread }: Pick<Context, 'destination' | 'thread'>): Destination {
  if (thread !== undefined) return { ...destination, thread }
  if (destination.platform === 'terminal')
    throw new UserInputError('The terminal has no threads.', { hint: 'Leave out --for thread.' })
  throw new UserInputError('This was not asked in a thread.', {
    hint: 'Mention Paperboy in the thread, or press a button there; to have it in the channel, leave out --for thread.',
  })
}

async function directOf({ direct }: Pick<Context, 'direct'>): Promise<Destination> {
  if (direct) return direct()
  throw new UserInputError('There are no direct messages that Paperboy could write to.', {
    hint: 'Leave out --for me to have it here.',
  })
}
