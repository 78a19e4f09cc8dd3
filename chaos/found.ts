// What a program of chaos found out.

export interface Found {
  readonly tried: number
  readonly lost: number
  readonly twice: number
  readonly corrupt: number
  /** What was seen besides, a sentence each. */
  readonly notes?: readonly string[]
  /** What else must not be, a sentence each. */
  readonly wrong?: readonly string[]
}

export interface Extent {
  /** So much that it takes seconds. */
  readonly short: boolean
  /** How often, where it is not as often as usual. */
  readonly times?: number
  /** Another one makes other scenarios, dice and moments. */
  readonly seed: number
}

/** As often as asked. */
export function timesOf(
  { short, times }: Pick<Extent, 'short' | 'times'>,
  usual: { readonly full: number; readonly short: number },
): number {
  return times ?? (short ? usual.short : usual.full)
}
