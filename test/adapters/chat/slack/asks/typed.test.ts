import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterMention, lineOf, typedText, withoutAddress } from '#adapters/chat/slack/asks/typed.ts'
import { parseLine } from '#core/commands/command-line.ts'
import { commands } from '#core/commands/registry.ts'

describe('what was typed', () => {
  test.each([
    ['search cat:cs.LG score:&gt;80', 'search cat:cs.LG score:>80'],
    ['a &amp;lt; b', 'a &lt; b'],
    ['paper <https://arxiv.org/abs/2303.13506>', 'paper https://arxiv.org/abs/2303.13506'],
    ['paper <http://arxiv.org/abs/2303.13506|arxiv.org/abs/2303.13506>', 'paper arxiv.org/abs/2303.13506'],
    ['paper <https://arxiv.org/|arxiv.org>', 'paper arxiv.org'],
    ['paper <https://arxiv.org/abs/2303.13506|The Quantization Model>', 'paper https://arxiv.org/abs/2303.13506'],
    ['follow feed <https://example.org/feed?a=1&amp;b=2>', 'follow feed https://example.org/feed?a=1&b=2'],
    ['<mailto:ada@example.org|ada@example.org>', 'ada@example.org'],
    ['by <@U0ALICE> in <#C0GENT0LAB|general>, <#C1>', 'by @U0ALICE in #general, #C1'],
    ['<!here> <!subteam^S1|@readers> <!date^1392734382^{date}|Feb 18>', '@here @readers Feb 18'],
    ['`search grokking`', 'search grokking'],
    ['```search grokking```', 'search grokking'],
    ['search `grokking`', 'search `grokking`'],
    ['1 < 2', '1 < 2'],
    ['<>', ''],
  ])('%s', (text, typed) => expect(typedText(text)).toBe(typed))

  test('whatever is typed comes back, however Slack writes it', () => {
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('`')),
        (text) => {
          expect(typedText(escaped(text))).toBe(text.trim())
        },
      ),
    )
  })

  test('an address comes back as it was typed', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const written = url.replaceAll('&', '&amp;')
        expect(typedText(`paper <${written}>`)).toBe(`paper ${url}`)
        const bare = written.replace(/^https?:\/\//, '')
        expect(typedText(`paper <${written}|${bare}>`)).toBe(`paper ${bare.replaceAll('&amp;', '&')}`)
      }),
      { numRuns: 30 }, // Addresses take long to make up.
    )
  })

  test('no text is too much for it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void lineOf(afterMention(text, undefined))))
    for (const piece of ['<', '<a|', '&amp', '`', '<@U1', '<@U1|'])
      expect(lineOf(afterMention(piece.repeat(200_000), 'U2')).length).toBeGreaterThan(0)
  })
})

describe('the command in a message', () => {
  test.each([
    ['', 'help'],
    ['  ', 'help'],
    ['/papers', 'help'],
    ['papers ', 'help'],
    ['/papers search moths', '/papers search moths'],
  ])('of “%s” is “%s”', (text, line) => expect(lineOf(text)).toBe(line))

  test.each([
    ['<@U0BOT> search moths', 'search moths'],
    ['<@U0BOT>, search moths', 'search moths'],
    ['hello <@U0BOT|paperboy>: search moths', 'search moths'],
    ['<@U0ALICE> ask <@U0BOT> search moths by <@U0BOT>', 'search moths by <@U0BOT>'],
    ['<@U0BOT2> search moths', '<@U0BOT2> search moths'],
    ['thanks <@U0BOT>', ''],
  ])('“%s” is what follows the mention', (text, after) => expect(afterMention(text, 'U0BOT')).toBe(after))

  test.each([
    ['<@U0BOT> search moths', 'search moths'],
    ['search moths for <@U0BOT>', 'search moths for <@U0BOT>'],
    ['search moths', 'search moths'],
  ])('“%s” to the bot alone is “%s”', (text, line) => expect(withoutAddress(text, 'U0BOT')).toBe(line))

  test('where the bot’s id is not known, it follows the first mention', () =>
    expect(afterMention('<@U1> search moths', undefined)).toBe('search moths'))

  test.each([
    'search “sparse autoencoder”',
    'search &quot;',
    'search „sparse autoencoder“ --page 2',
    'digest weekly --zone “Europe/Berlin”',
  ])('%s is understood with the quotes that phones make', (text) => expect(() => parseLine(lineOf(text), commands)).not.toThrow())
})
