// Whose clock is meant where something is to happen at a time of day: a platform may not tell, and then it is asked once.
// The order: what is said; the person's own, from the platform or as they said it last; what the place has; else it is asked for.
import { UserInputError } from '#core/errors.ts'
import type { Asker } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import type { PlatformName } from '#core/subscription.ts'
import type { Context } from './command.ts'

/** UserInputError where nothing tells and people would wonder. */
export async function zoneMeant(
  { said, before }: { readonly said?: string | undefined; readonly before?: string | undefined },
  { zone, store, destination, person }: Pick<Context, 'zone' | 'store' | 'destination' | 'person'>,
): Promise<string> {
  if (said !== undefined && said !== zone) await store.meta.set(keyOf({ destination, person }), said)
  const known = said ?? zone ?? before
  if (known !== undefined) return known
  if (!asksForZone(destination)) return 'UTC'
  throw new UserInputError('Discord does not say which time zone you are in.', {
    hint: 'Give the option zone too, for example Europe/Berlin or just Berlin. It is remembered for you.',
  })
}

/** Where no platform tells, and nobody would expect UTC. */
export function asksForZone({ platform }: Pick<Context['destination'], 'platform'>): boolean {
  return platform === 'discord'
}

/** As the person said it last, for platforms that do not tell. Rejects with StoreError. */
export async function zoneSaid(
  asker: Pick<Asker, 'destination' | 'person'>,
  { meta }: Pick<Store, 'meta'>,
): Promise<string | undefined> {
  return meta.get(keyOf(asker))
}

function keyOf({ destination: { platform }, person }: Pick<Asker, 'destination' | 'person'>): string {
  return zoneKey(platform, person.id)
}

/** Under which MetaStore keeps the zone that a person said. */
export function zoneKey(platform: PlatformName, person: string): string {
  return `zone/${platform}/${person}`
}
