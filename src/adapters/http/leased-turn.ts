// A turn among processes that share a store: a lease that whoever has it lets run out, and that the others wait for.
import type { LeaseStore } from '#core/ports/lease-store.ts'

/** As an instant that comes after the end of any lease. */
const AFTER_ALL = '9999-12-31T23:59:59Z'

/** All in milliseconds. */
export interface TurnBounds {
  /** From now on it is this process's for so long. */
  readonly lasts: number
  /** Between two questions whether it is free, by chance, so that nobody is always first. */
  readonly shortest: number
  readonly longest: number
  /** Nobody waits so long for others, so a turn that still is not over was taken by a clock that was wrong. */
  readonly tooLong: number
  readonly signal?: AbortSignal | undefined
}

export interface TurnOptions {
  readonly leases: Pick<LeaseStore, 'take'>
  /** By the clock of all who share the store. */
  readonly now: () => Temporal.Instant
  readonly wait: (milliseconds: number) => Promise<unknown>
}

/** Waits for the lease and takes it; answers its fence, or undefined where the signal aborts first. Rejects as `take` does. */
export async function takeTurn(
  name: string,
  { lasts, shortest, longest, tooLong, signal }: TurnBounds,
  { leases, now, wait }: TurnOptions,
): Promise<number | undefined> {
  for (let waited = 0; !signal?.aborted; ) {
    const at = now()
    const taken = await leases.take(name, {
      now: waited < tooLong ? at.toString() : AFTER_ALL,
      until: at.add({ milliseconds: lasts }).toString(),
    })
    if (typeof taken === 'number') return taken
    const rest = shortest + Math.random() * (longest - shortest)
    await wait(rest)
    waited += rest
  }
  return undefined
}
