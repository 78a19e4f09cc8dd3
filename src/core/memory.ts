// A memory with bounds: what was set last is remembered, and what was set long before that is forgotten.
// In two generations: to forget one thing at a time costs a large Map more than all that it is asked.

export interface Memory<K, V> {
  get(key: K): V | undefined
  has(key: K): boolean
  set(key: K, value: V): void
  delete(key: K): void
}

/** Remembers the `most` things that were set last, and never twice as many. */
export function createMemory<K, V>(most: number): Memory<K, V> {
  let [young, old] = [new Map<K, V>(), new Map<K, V>()]
  return {
    get: (key) => (young.has(key) ? young.get(key) : old.get(key)),
    has: (key) => young.has(key) || old.has(key),
    set(key, value) {
      young.set(key, value)
      if (young.size >= most) [young, old] = [new Map(), young]
    },
    delete(key) {
      young.delete(key)
      old.delete(key)
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
