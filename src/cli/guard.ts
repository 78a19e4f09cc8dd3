// The guard of addresses that strangers choose, people or sources, as the operator set it.
import type { Guard } from '#adapters/http/guard.ts'
import type { Config } from '#config'

/** Loaded with the first call: a source is trusted itself, but not with where it may send the bot. */
export function guardOf({ FETCH_ALLOW_HOSTS: allow }: Pick<Config, 'FETCH_ALLOW_HOSTS'>): () => Promise<Guard> {
  let made: Promise<Guard> | undefined
  return () => {
    made ??= import('#adapters/http/guard.ts').then(({ createGuard }) => createGuard({ allow }))
    return made
  }
}
