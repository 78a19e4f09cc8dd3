// How long is waited before a try after so many failures: longer and longer, and never for all at the same moment.

export interface Pauses {
  /** Seconds. */
  readonly shortest: number
  readonly longest: number
}

/** Seconds; a number from 0 to 1 by chance moves them by up to a quarter. */
export function pauseAfter(failures: number, { shortest, longest }: Pauses, chance: number): number {
  return Math.min(shortest * 2 ** failures, longest) * (0.75 + chance / 2)
}
