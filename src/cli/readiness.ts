// Whether people are answered: not while the bot starts or stops, the store gives no answer, or a platform is away.
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatPlatform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'

/** Orchestrators give up after a second or more. */
const STORE_WITHIN_MS = 900

export interface Readiness {
  /** Everything has been started. */
  started(): void
  /** Nothing new is begun any more. */
  stopping(): void
  /** What is in the way, as a sentence without a secret; undefined where nothing is. Never rejects. */
  obstacle(): Promise<string | undefined>
}

export function createReadiness(
  store: Pick<Store, 'meta'>,
  platforms: readonly Pick<ChatPlatform, 'name' | 'isAnswering'>[],
): Readiness {
  let phase: 'starting' | 'running' | 'stopping' = 'starting'
  return {
    started() {
      phase = 'running'
    },
    stopping() {
      phase = 'stopping'
    },
    async obstacle() {
      if (phase !== 'running') return phase === 'starting' ? 'It is starting.' : 'It is stopping.'
      const away = platforms.filter((platform) => !platform.isAnswering()).map(({ name }) => name)
      if (away.length > 0) return `There is no connection to ${away.join(' and ')}.`
      return (await answers(store)) ? undefined : 'The store does not answer.'
    },
  }
}

async function answers({ meta }: Pick<Store, 'meta'>): Promise<boolean> {
  const over = new AbortController()
  try {
    return await Promise.race([
      meta.get('id').then((id) => id !== undefined),
      sleep(STORE_WITHIN_MS, false, { signal: over.signal }),
    ])
  } catch {
    return false
  } finally {
    over.abort()
  }
}
