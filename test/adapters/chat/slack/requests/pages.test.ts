import fc from 'fast-check'
import { expect, test } from 'vitest'
import { htmlOf } from '#adapters/chat/slack/requests/pages.ts'

const ENTITY = /&#(\d+);/g
const SHOWN = /<h1>(.*?)<\/h1>\n<p>(.*?)<\/p>\n<a href="(.*?)">(.*?)<\/a>/s
const MARKUP = /[<>&"']/

const unescaped = (html: string) => html.replaceAll(ENTITY, (_, code) => String.fromCodePoint(Number(code)))

test('whatever a workspace calls itself is text on the page, and reads as it was written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.webUrl({ withQueryParameters: true }), (name, url) => {
      const html = htmlOf({ status: 200, title: name, sentences: [name], link: { label: name, url } })
      const shown = SHOWN.exec(html)?.slice(1) ?? []
      for (const part of shown) expect(part.replaceAll(ENTITY, '')).not.toMatch(MARKUP)
      expect(shown.map(unescaped)).toEqual([name, name, url, name])
    }),
    { numRuns: 30 },
  )
})
