import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markdown, webAddress } from '#adapters/chat/discord/render/text.ts'
import type { Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { charactersOf, read } from '#test/adapters/chat/discord/markdown-reader.ts'
import { UGLY } from '#test/ugly.ts'

const MARKS: readonly string[] = [
  ...['*', '**', '_', '__', '~', '~~', '|', '||', '`', '``', '```', '\\', '[', ']', '(', ')', '<', '>', ':', '@', '#', '-', '+'],
  ...['# ', '## ', '### ', '-# ', '- ', '* ', '+ ', '1. ', '1.', '> ', '>>> ', '\n', '\n- ', '\n# ', ' ', '  ', 'a', 'b c', '12'],
  ...[
    '[a](https://b.c)',
    '[a](<https://b.c>)',
    'https://evil.example',
    '<https://evil.example>',
    '<@1>',
    '<@&1>',
    '<#1>',
    '<t:1:R>',
  ],
  ...[
    '</papers search:1>',
    '<:a:1>',
    '<a:b:2>',
    ':smile:',
    '@everyone',
    '@here',
    'discord.gg/abc',
    'discord.com/invite/x',
    '<id:home>',
  ],
  ...[
    '<mailto:a@b.c>',
    '<+4912345>',
    '¯\\_(ツ)_/¯',
    '||x||',
    '~~x~~',
    '__x__',
    '_x_',
    '*x*',
    '**x**',
    '***x***',
    '`x`',
    '漢字',
    '👩🏽‍🔬',
  ],
]
const foreign = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...MARKS), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom(...UGLY), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)
const LINKS = ['https://arxiv.org/abs/2604.21691', 'https://a.example/x_(y)*z*?q=[1]', 'javascript:alert(1)', 'https://b.example']
const span: fc.Arbitrary<Span> = fc.record(
  { text: foreign, bold: fc.boolean(), italic: fc.boolean(), code: fc.boolean(), link: fc.constantFrom(...LINKS) },
  { requiredKeys: ['text'] },
)
const OURS = new Set(['bold', 'italic', 'code', 'link'])

interface Shown {
  readonly character: string
  readonly bold: boolean
  readonly italic: boolean
  readonly code: boolean
  readonly link?: string
}

/** What the spans say, a character each. */
function said(spans: readonly Span[]): Shown[] {
  return spans.flatMap(({ text, bold = false, italic = false, code = false, link }) => {
    const url = link === undefined ? undefined : webAddress(link)
    return [...visible(text)].map((character) => ({ character, bold, italic, code, ...(url !== undefined && { link: url }) }))
  })
}

function textOf(characters: readonly { readonly character: string }[]): string {
  return characters.map(({ character }) => character).join('')
}

/** What is not blank, since a style on a blank is not seen. */
function styled(characters: readonly Shown[]): Shown[] {
  return characters
    .filter(({ character }) => character.trim() !== '')
    .map(({ character, bold, italic, code, link }) => {
      return { character, bold, italic, code, ...(link !== undefined && { link }) }
    })
}

describe('whatever others write', () => {
  test('is shown as it was written, and nothing in it is active', () => {
    fc.assert(
      fc.property(foreign, (text) => {
        const shown = read(markdown([{ text }]))
        const [characters, { tokens }] = [charactersOf(shown), shown]
        expect(tokens).toEqual([])
        expect(textOf(characters)).toBe(visible(text))
      }),
      { numRuns: 4000 },
    )
  })

  test('is shown in any style, with no marks but those of the styles', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), (spans) => {
        const shown = read(markdown(spans))
        const [characters, { tokens }] = [charactersOf(shown), shown]
        expect(tokens.filter((token) => !OURS.has(token))).toEqual([])
        expect(textOf(characters)).toBe(textOf(said(spans)))
        const meant = said(spans)
        const astray = characters.filter(({ character, link }, at) => {
          return character.trim() !== '' && link !== undefined && link !== meant[at]?.link
        })
        expect(astray).toEqual([])
      }),
      { numRuns: 4000 },
    )
  })

  test('has no other style than it should, in small print, in a heading, in a list', () => {
    const oneLine = fc.array(
      span.map((one) => ({ ...one, text: one.text.replaceAll('\n', ' ') })),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(oneLine, fc.constantFrom('-# ', '### ', '- ', '1. '), (spans, mark) => {
        const shown = read(mark + markdown(spans))
        const [characters, { tokens }] = [charactersOf(shown), shown]
        fc.pre(textOf(said(spans)).trim() !== '')
        expect(tokens.slice(1).filter((token) => !OURS.has(token))).toEqual([])
        expect(textOf(characters).trim()).toBe(textOf(said(spans)).trim())
      }),
      { numRuns: 2000 },
    )
  })
})

const word = fc.array(fc.constantFrom('a', 'B2', '.', ',', '-', '(', ')', ' ', '  ', '*', '_', '\\', '~~', '>', '#', "'"), {
  minLength: 1,
  maxLength: 8,
})

describe('styles', () => {
  test('bold, italic and code are those of the spans, whatever stands at their edges', () => {
    const plain = fc.record({
      text: word.map((parts) => parts.join('')),
      style: fc.constantFrom('bold', 'italic', 'both', 'code', 'none'),
    })
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 6 }), (parts) => {
        const spans = parts.flatMap(({ text, style }): Span[] => {
          const code = style === 'code'
          return [
            { text, bold: style === 'bold' || style === 'both', italic: style === 'italic' || style === 'both', code },
            { text: ' ' },
          ]
        })
        expect(styled(charactersOf(read(markdown(spans))))).toEqual(styled(said(spans)))
      }),
      { numRuns: 2000 },
    )
  })

  test('bold stays where italic gives way to it, since the stars of both would be read together', () => {
    const spans = [
      { text: 'a', bold: true },
      { text: 'b', italic: true },
      { text: ' c', italic: true },
    ]
    expect(markdown(spans)).toBe('**a**b c')
    fc.assert(
      fc.property(
        fc.array(fc.record({ text: word.map((parts) => parts.join('')), bold: fc.boolean(), italic: fc.boolean() }), {
          maxLength: 6,
        }),
        (all) => {
          const shown = styled(charactersOf(read(markdown(all))))
          for (const [at, { bold, italic }] of styled(said(all)).entries()) {
            expect(shown[at]?.bold).toBe(bold)
            if (bold || !italic) expect(shown[at]?.italic).toBe(italic)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test.each([
    [[{ text: 'ends in \\', bold: true }, { text: '*' }], '**ends in \\\\**\\*'],
    [[{ text: ' spaced ', bold: true }, { text: 'out' }], ' **spaced** out'],
    [[{ text: 'a\nb', bold: true }], '**a**\n**b**'],
    [[{ text: '1' }, { text: '. not a list' }], '1\\. not a list'],
    [[{ text: '2.5 is no list' }], '2.5 is no list'],
    [[{ text: 'Change it: now' }], 'Change it: now'],
    [[{ text: 'a`b', code: true }], '``a`b``'],
    [[{ text: '`a`', code: true }], '`` `a` ``'],
    [[{ text: 'a``b`c', code: true }], 'a\\`\\`b\\`c'],
    [[{ text: 'general', channel: '123' }], '<#123>'],
    [[{ text: 'x', channel: '1> @everyone' }], 'x'],
    [[{ text: 'join discord.gg/abc' }], 'join discord\\.gg/abc'],
  ])('%j becomes %j', (spans, text) => {
    expect(markdown(spans)).toBe(text)
  })
})

describe('links', () => {
  const link = 'https://a.example/b'

  test('what cannot be escaped in a link stands beside it', () => {
    expect(markdown([{ text: 'A* search: how', link, bold: true }])).toBe(
      `[**A**](<${link}>)**\\***[**search: how**](<${link}>)`.replace('**[**s', '** [**s'),
    )
    expect(markdown([{ text: 'See https://b.example now', link }])).toBe(`[See](<${link}>) https\\://b.example [now](<${link}>)`)
    expect(markdown([{ text: '👍 done', link }])).toBe(`👍 [done](<${link}>)`)
    expect(markdown([{ text: '1. first', link }])).toBe(`1\\. [first](<${link}>)`)
  })

  test('one does not go on to brackets that come later', () => {
    const spans = [{ text: 'a', link }, { text: ' b](https://evil.example)' }, { text: '](https://evil.example)', code: true }]
    expect(markdown(spans)).toBe(`[a](<${link}>) b\\]\\(https\\://evil.example)\\]\\(https\\://evil.example)`)
    expect(read(markdown(spans)).tokens).toEqual(['link'])
  })

  test('one that would be many is one, of its longest part', () => {
    expect(markdown([{ text: 'a_b_c_d_longest_e', link }])).toBe(`a\\_b\\_c\\_d\\_[longest](<${link}>)\\_e`)
  })

  test('a title in two styles is one link', () => {
    expect(
      markdown([
        { text: 'Grokking ', link, bold: true },
        { text: 'in vitro', link, bold: true, italic: true },
      ]),
    ).toBe(`[**Grokking *in vitro***](<${link}>)`)
  })

  test.each([
    ['https://a.example/x(y)z', 'https://a.example/x%28y%29z'],
    ['https://a.example/*_`|>', 'https://a.example/%2A_%60%7C%3E'],
    ['https://a.example/漢', 'https://a.example/%E6%BC%A2'],
    ['javascript:alert(1)', undefined],
    ['ftp://a.example', undefined],
    [`https://a.example/${'x'.repeat(600)}`, undefined],
  ])('%s leads to %s', (address, to) => {
    expect(webAddress(address)).toBe(to)
    expect(charactersOf(read(markdown([{ text: 'here', link: address }])))[0]?.link).toBe(to)
  })
})
