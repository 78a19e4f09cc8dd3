// Duties of which one process at a time has each, of those that share a store: reading feeds is one.

export interface DutyOptions {
  /** Not where another has done it within so many seconds before it was asked for first. */
  readonly unlessDoneWithin?: number
  /** Aborts where the process is to stop: what is cut short by it is not done. */
  readonly signal?: AbortSignal | undefined
}

export interface Duties {
  /**
   * Does the work unless another process is at it, or has done it: undefined then. The work's signal aborts with that of the
   * options, and where this process stood still for so long that another may have begun; `isOurs` says the same by the clock,
   * before the signal knows. What is recorded has to be one of a kind all the same: a duty spares work, and no more. Rejects with
   * StoreError, or with what the work rejects with.
   */
  take<T>(
    name: string,
    work: (signal: AbortSignal, isOurs: () => boolean) => Promise<T>,
    options?: DutyOptions,
  ): Promise<{ readonly result: T } | undefined>
  /** Whether another process was at it when it was asked for last, and may have died there since. */
  isMissed(name: string): boolean
}

const never = new AbortController().signal

/** For a store that one process has to itself. */
export const alwaysOurs: Duties = {
  take: async (_name, work, { signal = never } = {}) => ({ result: await work(signal, () => true) }),
  isMissed: () => false,
}
