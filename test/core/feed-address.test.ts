import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserInputError } from '#core/errors.ts'
import { feedAddress } from '#core/feed-address.ts'

describe('an address of a feed', () => {
  test.for([
    ['https://example.org/feed', 'https://example.org/feed'],
    ['http://example.org/feed', 'http://example.org/feed'],
    ['example.org', 'https://example.org/'],
    ['example.org/feed?format=atom&n=5', 'https://example.org/feed?format=atom&n=5'],
    ['Example.ORG:443/Feed', 'https://example.org/Feed'],
    ['example.org:8080/feed', 'https://example.org:8080/feed'],
    ['https://example.org/feed#latest', 'https://example.org/feed'],
    ['  https://example.org/feed  ', 'https://example.org/feed'],
    ['<https://example.org/feed>', 'https://example.org/feed'],
    ['<https://example.org/feed|example.org/feed>', 'https://example.org/feed'],
    ['feed://example.org/feed', 'https://example.org/feed'],
    ['feed:http://example.org/feed', 'http://example.org/feed'],
    ['http://intranet/feed', 'http://intranet/feed'],
    ['müller.example/ä', 'https://xn--mller-kva.example/%C3%A4'],
    ['export.arxiv.org/api/query?search_query=all', 'https://export.arxiv.org/api/query?search_query=all'],
    ['https://rss.arxiv.org.example.org/rss/cs.LG', 'https://rss.arxiv.org.example.org/rss/cs.LG'],
  ])('typed %s is %s', ([typed = '', url]) => {
    expect(feedAddress(typed)).toEqual({ kind: 'feed', url })
  })

  test.for([
    ['https://rss.arxiv.org/rss/cs.LG', 'cs.LG'],
    ['rss.arxiv.org/atom/stat.ML', 'stat.ML'],
    ['http://export.arxiv.org/rss/hep-th', 'hep-th'],
    ['https://arxiv.org/list/cs.CL/recent', 'cs.CL'],
  ])('of arXiv, %s, is a category', ([typed = '', category]) => {
    expect(feedAddress(typed)).toEqual({ kind: 'category', category })
  })

  test.for([
    ['nature', 'no address'],
    ['sparse autoencoders', 'no address'],
    ['', 'no address'],
    ['https://', 'no address'],
    ['http://[::1', 'no address'],
    ['ada@example.org', 'no address'],
    ['file:///etc/passwd', 'begins with http'],
    ['https://&."/', 'is no address of a feed'],
    ['https://exa<mple.org/', 'is no address of a feed'],
    ['ftp://example.org/feed', 'begins with http'],
    ['https://ada:secret@example.org/feed', 'name or a password'],
    [`https://example.org/${'x'.repeat(1000)}`, 'at most 1000'],
    ['https://rss.arxiv.org/rss/cs.LG+cs.CL', 'several categories'],
  ])('is never %s', ([typed = '', message]) => {
    expect(() => feedAddress(typed)).toThrow(UserInputError)
    expect(() => feedAddress(typed)).toThrow(message)
  })

  test('is the same when it is typed as it was read, and nothing else than an address or a word of what is wrong', () => {
    const typed = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string(), fc.domain())
    fc.assert(
      fc.property(typed, (text) => {
        try {
          const address = feedAddress(text)
          if (address.kind === 'category') return
          expect(address.url).toMatch(/^https?:\/\/[^\s"<>#]+$/)
          expect(feedAddress(address.url)).toEqual(address)
        } catch (error) {
          expect(error).toBeInstanceOf(UserInputError)
        }
      }),
    )
  })
})
