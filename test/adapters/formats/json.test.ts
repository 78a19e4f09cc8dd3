import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '#adapters/formats/json.ts'

test('what any answer may hold is parsed as it stands', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, text) => {
      const long = JSON.stringify([value, text, `${text}[{"`.repeat(10_000)])
      expect(parseJson(long)).toEqual(JSON.parse(long))
    }),
  )
})

test.for([
  ['lists in lists', '['.repeat(100_000) + ']'.repeat(100_000)],
  ['objects in objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['lists that never end', '['.repeat(2_000_000)],
  ['lists without number', `[${'[],'.repeat(500_000)}1]`],
])('%s are no answer', ([, text = '']) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})
