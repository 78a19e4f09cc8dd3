// Waiting for something, but not for long.

/** What `wanted` resolves with or, once the milliseconds are over, `otherwise`; it goes on by itself then. Rejects as `wanted` does. */
export async function within<Wanted>(milliseconds: number, wanted: Promise<Wanted>, otherwise: Wanted): Promise<Wanted> {
  const { promise: late, resolve } = Promise.withResolvers<Wanted>()
  const timer = setTimeout(resolve, milliseconds, otherwise)
  try {
    return await Promise.race([wanted, late])
  } finally {
    clearTimeout(timer)
  }
}
