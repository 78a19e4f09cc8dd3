import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allSaidIn } from '#adapters/chat/slack/asks/all-said.ts'
import { idsIn } from '#core/mentioned.ts'

test('a message names papers in its text, in the links of its blocks, and in what is attached', () => {
  const message = {
    type: 'message',
    text: 'Compare <https://arxiv.org/abs/2303.13506|this> &amp; that',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://arxiv.org/abs/2210.01117', text: 'that' }] },
        ],
      },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'and arXiv:2205.10343' },
        accessory: { type: 'image', alt_text: '2403.19647' },
      },
    ],
    attachments: [
      { title: 'A page', title_link: 'https://doi.org/10.3390/e22121429', fields: [{ title: 'id', value: '2405.14860' }] },
    ],
    ts: '2303.00001',
  }
  expect(idsIn(allSaidIn(message))).toEqual([
    'arxiv:2303.13506',
    'arxiv:2210.01117',
    'arxiv:2205.10343',
    'arxiv:2403.19647',
    'doi:10.3390/e22121429',
    'arxiv:2405.14860',
  ])
})

test('no message is too much for it', () => {
  let deep: unknown = 'moths'
  for (let at = 0; at < 10_000; at++) deep = [{ text: deep }]
  expect(allSaidIn({ text: 'lamps', blocks: deep })).toBe('lamps')
  expect(allSaidIn({ text: 'moths '.repeat(100_000), attachments: Array(1000).fill({ text: 'x'.repeat(1000) }) })).toHaveLength(
    100_000,
  )
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (message) => void allSaidIn(message)))
})
