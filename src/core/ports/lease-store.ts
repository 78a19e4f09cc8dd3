// What processes that share a store tell each other by it: who does what at the moment, and which events were taken already.

/** Instants are texts in UTC, of the machine's own clock, so that all processes mean the same. All methods reject with StoreError. */
export interface LeaseStore {
  /**
   * Takes the lease where nobody has it: where it was given back, was over before `now` or never taken. Answers its fence,
   * which rises from taking to taking; `held` where another has it, `done` where it was given back as done since `unlessDoneSince`.
   */
  take(
    name: string,
    lease: { readonly now: string; readonly until: string; readonly unlessDoneSince?: string },
  ): Promise<number | 'held' | 'done'>
  /** The names that begin so and are somebody's at `now`, in no order. */
  held(prefix: string, now: string): Promise<string[]>
  /** False where it was given back, or another has taken it since. */
  renew(name: string, fence: number, until: string): Promise<boolean>
  /** Gives it back, where it still is the one with this fence; `done`: with its work done. */
  giveBack(name: string, fence: number, end: { readonly now: string; readonly done: boolean }): Promise<void>
}

/** Events that come to any of the processes, and to another one again where the first did not answer at once. */
export interface EventStore {
  /** True for whoever takes the event first. */
  take(event: string, now: string): Promise<boolean>
  /** As if it had not been taken: its work could not be begun. */
  leave(event: string): Promise<void>
  /** Forgets what was taken before an instant; answers how many. */
  forget(before: string): Promise<number>
}
