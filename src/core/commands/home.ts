// A person's page on a platform that has one: what comes to them, and to the channels they are in.
import type { Block } from '#core/reply.ts'
import type { Destination } from '#core/subscription.ts'
import { heading, prose } from './blocks.ts'
import type { Context } from './command.ts'
import { followedIn } from './following.ts'
import { placeOf } from './place.ts'
import { targetSpans } from './targets.ts'

/** What the person follows by themselves, then what is followed in each of the channels, where anything is. */
export async function homeOf(channels: readonly Destination[], context: Context): Promise<Block[]> {
  const own = await placeOf(context, 'me')
  const places = [own, ...channels.map((destination) => ({ ...own, destination }))]
  const lists = await Promise.all(
    places.map(async (place) => (await followedIn(place, context)).map(({ target }) => prose(...targetSpans(target)))),
  )
  return [heading('Paperboy'), ...lists.flat()]
}
