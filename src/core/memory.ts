// A memory with bounds: of more than `most` things, those not set for the longest are forgotten.

/** As a Map, in the order in which things were set last. */
export interface Memory<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): void
  delete(key: K): void
}

export function createMemory<K, V>(most: number): Memory<K, V> {
  const known = new Map<K, V>()
  return {
    get: (key) => known.get(key),
    has: (key) => known.has(key),
    set(key, value) {
      known.delete(key)
      known.set(key, value)
      if (known.size > most) known.delete(known.keys().next().value as K)
    },
    delete(key) {
      known.delete(key)
    },
  }
}

/** Keys that are remembered for a while after they were added last. */
export interface PassingMemory<K> {
  has(key: K): boolean
  add(key: K): void
}

export function createPassingMemory<K>(
  most: number,
  lasts: Temporal.DurationLike,
  now: () => Temporal.Instant,
): PassingMemory<K> {
  const until = createMemory<K, Temporal.Instant>(most)
  return {
    has(key) {
      const end = until.get(key)
      return end !== undefined && Temporal.Instant.compare(now(), end) < 0
    },
    add: (key) => until.set(key, now().add(lasts)),
  }
}
