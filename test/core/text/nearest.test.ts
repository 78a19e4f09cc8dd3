import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearest } from '#core/text/nearest.ts'

test.each([
  ['search', 'search', 0],
  ['serch', 'search', 1],
  ['saerch', 'search', 1],
  ['seerch', 'search', 1],
  ['', 'moth', 4],
  ['kitten', 'sitting', 3],
])('from “%s” to “%s” it is %i', (left, right, distance) => expect(editDistance(left, right)).toBe(distance))

test('the distance is the same from either side, and no longer than the longer text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (left, right) => {
      const distance = editDistance(left, right)
      expect(editDistance(right, left)).toBe(distance)
      expect(distance).toBeLessThanOrEqual(Math.max([...left].length, [...right].length))
      expect(distance === 0).toBe(left === right)
    }),
  )
})

test('the nearest come first, in any letter case, and what is far does not come', () => {
  expect(nearest('Serch', ['save', 'search', 'starch', 'help'], 2)).toEqual(['search', 'starch'])
  expect(nearest('xyz', ['search', 'help'], 3)).toEqual([])
})

test('what begins as typed is near', () => expect(nearest('foll', ['following', 'help'], 1)).toEqual(['following']))
