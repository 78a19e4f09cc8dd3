import fc from 'fast-check'
import { expect, test } from 'vitest'
import { optionsOf } from '#adapters/chat/slack/asks/options.ts'

const foreign = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('Ada Byron', '‮nodnoL', '👩‍👩‍👧‍👦'.repeat(10), '\u200b\u202e', '\ud800', '<!channel>', ':smile:', ' ', ''),
)

test('what was typed stands at the end, once', () => {
  expect(optionsOf(['Ada Byron', 'Ada Lovelace'], ' Ada ').map(({ value }) => value)).toEqual([
    'Ada Byron',
    'Ada Lovelace',
    'Ada',
  ])
  expect(optionsOf(['Ada Byron'], 'Ada Byron').map(({ value }) => value)).toEqual(['Ada Byron'])
})

test('a category is offered with its name', () =>
  expect(optionsOf(['cs.LG', 'cs'], '')).toMatchObject([
    { value: 'cs.LG', description: { text: 'Machine Learning' } },
    { value: 'cs' },
  ]))

test('whatever people are called, options are few, short, safe and told apart', () => {
  fc.assert(
    fc.property(fc.array(foreign, { maxLength: 150 }), foreign, (names, typed) => {
      const options = optionsOf(names, typed)
      expect(options.length).toBeLessThanOrEqual(100)
      expect(new Set(options.map(({ value }) => value)).size).toBe(options.length)
      for (const { text, value } of options) {
        expect(text).toMatchObject({ type: 'plain_text', emoji: false })
        expect(text.text.length).toBeGreaterThan(0)
        expect(text.text.length).toBeLessThanOrEqual(75)
        expect(text.text.isWellFormed()).toBe(true)
        expect(text.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
        expect(value?.length).toBeLessThanOrEqual(150)
        expect([...names, typed.trim()]).toContain(value)
      }
    }),
  )
})
