// What is said where papers are to come in a digest that nobody has asked for yet.
import type { Block } from '#core/reply.ts'
import type { Cadence } from '#core/subscription.ts'
import { note, toType } from './blocks.ts'
import type { Context } from './command.ts'
import type { PlaceMeant } from './place.ts'

/** A note on how to have a digest; nothing where there is one, or where none is needed. */
export async function digestMissing(
  cadence: Cadence,
  { destination, words, option }: PlaceMeant,
  { store }: Pick<Context, 'store'>,
): Promise<Block[]> {
  if (cadence === 'now' || (await store.schedules.ofDestination(destination))) return []
  return [note(`No digest is posted ${words} yet. To have one each Monday at 09:00: `, toType(`digest weekly${option}`))]
}
