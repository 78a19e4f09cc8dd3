import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { xmlTokenizer } from '#adapters/formats/xml-tokens.ts'

type Told = readonly [kind: string, ...what: unknown[]]

/** What is told of the pieces, texts that follow each other joined. */
function told(pieces: readonly string[], isStrict = true): Told[] {
  const found: Told[] = []
  const tokenizer = xmlTokenizer({
    open: (name, attributes) => found.push(['open', name, { ...attributes }]),
    close: (name) => found.push(['close', name]),
    text(text) {
      const last = found.at(-1)
      if (last?.[0] === 'text') found[found.length - 1] = ['text', `${last[1]}${text}`]
      else found.push(['text', text])
    },
    error: () => isStrict && found.push(['error']),
  })
  for (const piece of pieces) tokenizer.write(piece)
  tokenizer.end()
  return found
}

const cutAt = (text: string, size: number) => text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []

describe('XML', () => {
  test.for([
    [
      '<a>x</a>',
      [
        ['open', 'a', {}],
        ['text', 'x'],
        ['close', 'a'],
      ],
    ],
    [
      '<a/>',
      [
        ['open', 'a', {}],
        ['close', 'a'],
      ],
    ],
    [
      '<a b="1" c = \'2\' />',
      [
        ['open', 'a', { b: '1', c: '2' }],
        ['close', 'a'],
      ],
    ],
    ['<a\nb="x > y"\n>', [['open', 'a', { b: 'x > y' }]]],
    [
      '<dc:a xml:b="&lt;&amp;&#233;"/>',
      [
        ['open', 'dc:a', { 'xml:b': '<&é' }],
        ['close', 'dc:a'],
      ],
    ],
    ['</a >', [['close', 'a']]],
    ['&lt;&#x3c;&eacute;', [['text', '<<é']]],
    ['<!-- <a> --><?a <b> ?><!DOCTYPE a>x', [['text', 'x']]],
    ['<!DOCTYPE a [<!ENTITY b "c>">]>x', [['text', 'x']]],
    ['<![CDATA[<a> &amp; ]]>', [['text', '<a> &amp; ']]],
    ['<ä>', [['open', 'ä', {}]]],
  ] as const)('%s is told as it stands', ([text, expected]) => {
    expect(told([text])).toEqual(expected)
  })

  test.for([
    ['AT&T & more', 'AT&T & more'],
    ['a < b <= c', 'a < b <= c'],
    ['p <0.05', 'p <0.05'],
    ['a &', 'a &'],
    ['a <', 'a <'],
  ] as const)('that has signs in texts, %s, means them', ([text, expected]) => {
    expect(told([text])).toEqual([['text', expected]])
  })

  test.for([
    ['&nothing;', [['error'], ['text', '&nothing;']]],
    ['&constructor;', [['error'], ['text', '&constructor;']]],
    ['&__proto__;', [['error'], ['text', '&__proto__;']]],
    ['&#0;', [['error'], ['text', '&#0;']]],
    ['<a b>x', [['error'], ['open', 'a', {}], ['text', 'x']]],
    ['<a b=c d="e">x', [['error'], ['error'], ['open', 'a', { d: 'e' }], ['text', 'x']]],
    [
      '<a ="b">x',
      [
        ['open', 'a', { '': 'b' }],
        ['text', 'x'],
      ],
    ],
    ['<a "b">x', [['error'], ['error'], ['error'], ['open', 'a', {}], ['text', 'x']]],
  ] as const)('that is none, %s, is an error, and reading goes on', ([text, expected]) => {
    expect(told([text])).toEqual(expected)
  })

  test.for(['<a', '<a b="', '<!-- ', '<![CDATA[ ', '</a', '<?', '<!', '<!DOCTYPE a ['])(
    'that ends within %s ends there',
    (text) => {
      expect(told(['x', text, 'more'])).toEqual([['text', 'x']])
    },
  )

  test('is told the same however it is cut into pieces', () => {
    const parts = fc.constantFrom(
      ...['<a>', '</a>', '<b c="d" e=\'f\'/>', '<b c d=e>', 'text', '&amp;', '&#x41;', '&', '<', '>', '"', ' ', '\n', '=', '/'],
      ...['<!--', '-->', '<![CDATA[', ']]>', '<?x', '?>', '<!DOCTYPE x [', ']>', '&eacute;', '&nothing;', '<ä:b c="&lt;">'],
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (all, size) => {
        const text = all.join('')
        expect(told(cutAt(text, size), false)).toEqual(told([text], false))
      }),
      { numRuns: 2000 },
    )
  })

  test('tells the line of what it tells', () => {
    const lines: (readonly [string, number])[] = []
    const tokenizer = xmlTokenizer({
      open: (name) => lines.push([name, tokenizer.line()]),
      close() {},
      text() {},
      error() {},
    })
    for (const piece of cutAt('<a>\n\n<b>\ntext\n</b><c\nd="e"><f/>\n</c>\n<g/>', 3)) tokenizer.write(piece)
    tokenizer.end()
    expect(lines).toEqual([
      ['a', 1],
      ['b', 3],
      ['c', 6],
      ['f', 6],
      ['g', 8],
    ])
  })
})
