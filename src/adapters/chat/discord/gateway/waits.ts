// Waits that a signal ends.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves after so many seconds; false where the signal aborts first. */
export type Passes = (seconds: number, signal: AbortSignal) => Promise<boolean>

export const passes: Passes = async (seconds, signal) => {
  if (seconds > 0) await sleep(seconds * 1000, undefined, { signal }).catch(() => undefined)
  return !signal.aborted
}

export async function whenAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort')
}

/** Rejects once the signal aborts. */
export function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  if (signal.aborted) reject(signal.reason)
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return promise
}
