import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemory } from '#core/memory.ts'

test('remembers what was set last, as much of it as it may, and nothing else', () => {
  const key = fc.integer({ min: 0, max: 12 })
  const step = fc.oneof(fc.record({ set: key, value: fc.integer() }), fc.record({ drop: key }))
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 6 }), (steps, most) => {
      const memory = createMemory<number, number>(most)
      let kept: [number, number][] = []
      for (const one of steps) {
        const changed = 'set' in one ? one.set : one.drop
        kept = kept.filter(([at]) => at !== changed)
        if ('set' in one) {
          memory.set(one.set, one.value)
          kept = [...kept, [one.set, one.value] as [number, number]].slice(-most)
        } else memory.delete(one.drop)
      }
      for (let at = 0; at <= 12; at++) {
        expect(memory.get(at)).toBe(kept.find(([known]) => known === at)?.[1])
        expect(memory.has(at)).toBe(kept.some(([known]) => known === at))
      }
    }),
  )
})
