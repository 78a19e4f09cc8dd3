import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemory } from '#core/memory.ts'

test('remembers what was set last, as much of it as it has to, and never twice as much, nor what was taken away', () => {
  const key = fc.integer({ min: 0, max: 12 })
  const step = fc.oneof(fc.record({ set: key, value: fc.integer() }), fc.record({ drop: key }))
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 6 }), (steps, most) => {
      const memory = createMemory<number, number>(most)
      let set: number[] = []
      const now = new Map<number, number>()
      for (const one of steps) {
        if ('set' in one) {
          memory.set(one.set, one.value)
          now.set(one.set, one.value)
          set = [...set.filter((at) => at !== one.set), one.set]
        } else {
          memory.delete(one.drop)
          now.delete(one.drop)
        }
      }
      const remembered = Array.from({ length: 13 }, (_, at) => at).filter((at) => memory.has(at))
      expect(remembered.length).toBeLessThan(2 * most)
      for (let at = 0; at <= 12; at++) expect(memory.get(at)).toBe(memory.has(at) ? now.get(at) : undefined)
      expect(remembered.filter((at) => !now.has(at))).toEqual([])
      expect(set.slice(-most).filter((at) => now.has(at) && !memory.has(at))).toEqual([])
    }),
  )
})
