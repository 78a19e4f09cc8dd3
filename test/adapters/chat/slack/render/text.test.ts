import fc from 'fast-check'
import { expect, test } from 'vitest'
import { elements, escaped, pieces, plainText, shortenedSpans, spanPieces, webAddress } from '#adapters/chat/slack/render/text.ts'
import { shortened } from '#core/text/shorten.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const parted = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment)
const people = fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '漢', '👩🏽‍🔬', '🏳️‍🌈', 'e\u0301'), maxLength: 60 })

test('what others wrote stays text, whatever it looks like', () => {
  expect(elements([{ text: '<!channel> *bold* <https://evil.example|here>' }])).toEqual([
    { type: 'text', text: '<!channel> *bold* <https://evil.example|here>' },
  ])
})

test('a link that is not of the web is shown as text', () => {
  expect(elements([{ text: 'here', link: 'javascript:alert(1)' }])).toEqual([{ type: 'text', text: 'here' }])
  expect(elements([{ text: 'here', link: 'https://example.org' }])).toEqual([
    { type: 'link', url: 'https://example.org', text: 'here' },
  ])
})

test('an address has its markup encoded, and is of the web and no longer than Slack takes', () => {
  expect(webAddress('https://example.org/a|b<c>d')).toBe('https://example.org/a%7Cb%3Cc%3Ed')
  expect(webAddress('https://example.org/é x')).toBe('https://example.org/%C3%A9%20x')
  for (const refused of [
    'https://',
    'https://[',
    'ftp://a.b',
    `https://a.b/${'x'.repeat(3000)}`,
    `https://a.b/${'é'.repeat(1000)}`,
  ])
    expect(webAddress(refused)).toBeUndefined()
})

test('shortened spans keep their styles, and an ellipsis wherever something is missing', () => {
  fc.assert(
    fc.property(fc.array(people, { maxLength: 5 }), fc.integer({ min: 12, max: 80 }), (texts, length) => {
      const all = texts.join('')
      const short = plainText(
        shortenedSpans(
          texts.map((text) => ({ text })),
          length,
        ),
      )
      expect(short.length).toBeLessThanOrEqual(length)
      if (all.length <= length) expect(short).toBe(all)
      else expect(short.endsWith('…') && all.startsWith(short.slice(0, -1).trimEnd())).toBe(true)
    }),
  )
  expect(shortenedSpans([{ text: 'moths' }], 0)).toEqual([{ text: '…' }])
})

test('runs of spans hold all of the text, none too long', () => {
  fc.assert(
    fc.property(fc.array(people, { maxLength: 5 }), fc.integer({ min: 12, max: 40 }), (texts, length) => {
      const runs = spanPieces(
        texts.map((text) => ({ text })),
        length,
      )
      expect(runs.every((run) => plainText(run).length <= length)).toBe(true)
      expect(
        runs
          .flat()
          .map(({ text }) => text)
          .join(''),
      ).toBe(texts.join(''))
    }),
  )
})

test('a character is never cut in halves, not even one that is longer than all there is room for', () => {
  expect(shortened('👩🏽‍🔬👩🏽‍🔬', 3)).toBe('…')
  expect(pieces('👩🏽‍🔬', 3).every((piece) => piece.isWellFormed())).toBe(true)
})

test('a channel is named by Slack itself', () => {
  expect(elements([{ text: 'C0PAPERS', channel: 'C0PAPERS', bold: true }])).toEqual([
    { type: 'channel', channel_id: 'C0PAPERS', style: { bold: true } },
  ])
  expect(elements([{ text: 'your direct messages', channel: 'D0ADA' }])).toEqual([{ type: 'text', text: 'your direct messages' }])
})

test('escaped text has no character that Slack reads as markup', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const safe = escaped(text)
      expect(safe).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/)
      expect(safe.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text)
    }),
  )
})

test('shortened text keeps whole graphemes and shows that something is missing', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 12, max: 80 }), (text, length) => {
      const short = shortened(text, length)
      expect(short.length).toBeLessThanOrEqual(length)
      if (text.length <= length) expect(short).toBe(text)
      else expect(parted(text).join('').startsWith(short.slice(0, -1))).toBe(true)
      expect(parted(short.replace(/…$/, '')).every((grapheme) => parted(text).includes(grapheme))).toBe(true)
    }),
  )
})

test('shortened text ends with a whole word', () => {
  expect(shortened('moths circle lamps', 14)).toBe('moths circle…')
  expect(shortened('moths circle lamps', 13)).toBe('moths circle…')
  expect(shortened('m'.repeat(100), 14)).toBe(`${'m'.repeat(13)}…`)
})

test('pieces hold all of the text, none too long', () => {
  fc.assert(
    fc.property(people, fc.integer({ min: 12, max: 40 }), (text, length) => {
      const parts = pieces(text, length)
      expect(parts.every((part) => part.length <= length)).toBe(true)
      expect(parts.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''))
    }),
  )
})
