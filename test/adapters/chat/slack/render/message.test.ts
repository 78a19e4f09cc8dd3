import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messagesOf, oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Block } from '#core/reply.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')

function paper(changes: Partial<Paper> = {}): Paper {
  return {
    number: 1,
    ids: ['arxiv:2609.01234' as PaperId],
    title: 'Moths & <Lamps>',
    authors: [{ name: 'Ada Byron' }],
    abstract: 'Moths circle lamps.',
    published: '2026-04-23',
    categories: ['stat.ML'],
    score: 85.2,
    origins: {},
    sources: ['sample'],
    firstSeen: '2026-11-22T08:00:00Z',
    ...changes,
  }
}

/** All text of all messages, in order, without the small signs between. */
function textOf(blocks: readonly Block[]): string {
  const said: string[] = []
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const part of value) walk(part)
    else if (typeof value === 'object' && value !== null) {
      if ('text' in value && typeof value.text === 'string') said.push(value.text)
      else for (const part of Object.values(value)) walk(part)
    }
  }
  walk(messagesOf(blocks, { now }).map((message) => message.blocks))
  return said.join('')
}

test('a card is one run of rich text: facts, linked title, people, abstract', () => {
  const [message] = messagesOf([{ kind: 'card', paper: paper(), form: 'listing' }], { now })
  expect(message?.blocks).toEqual([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: '85.2', style: { bold: true } },
            { type: 'text', text: ' · ' },
            { type: 'text', text: 'ML' },
            { type: 'text', text: ' · ' },
            { type: 'text', text: 'Apr 23' },
            { type: 'text', text: '\n' },
            { type: 'link', url: 'https://arxiv.org/abs/2609.01234', text: 'Moths & <Lamps>', style: { bold: true } },
            { type: 'text', text: '\n' },
            { type: 'text', text: 'Ada Byron' },
            { type: 'text', text: '\n' },
            { type: 'text', text: 'Moths circle lamps.' },
          ],
        },
      ],
    },
  ])
  expect(message?.text).toBe('Moths &amp; &lt;Lamps&gt;')
})

test('buttons run commands or open pages', () => {
  const blocks: Block[] = [
    {
      kind: 'actions',
      actions: [
        { label: 'Next', command: 'search moths --page 2', primary: true },
        { label: 'PDF', url: 'https://example.org/moths.pdf' },
      ],
    },
  ]
  expect(messagesOf(blocks, { now })[0]?.blocks[0]).toMatchObject({
    elements: [
      { action_id: 'run:0', value: 'search moths --page 2', style: 'primary' },
      { action_id: 'open:1', url: 'https://example.org/moths.pdf' },
    ],
  })
})

test('what one message cannot hold goes into the next ones, all of it, in order', () => {
  const row = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '漢'), minLength: 1, maxLength: 4000 })
  fc.assert(
    fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
      const blocks = rows.map((text): Block => ({ kind: 'prose', spans: [{ text }] }))
      for (const message of messagesOf(blocks, { now })) {
        expect(message.blocks.length).toBeLessThanOrEqual(50)
        expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(13_000 + 120 * 50)
        expect(message.text).not.toBe('')
      }
      expect(textOf(blocks)).toBe(rows.join(''))
    }),
    { numRuns: 30 },
  )
})

test('one message for a delivery: abstracts are cut, titles never', () => {
  const blocks = Array.from(
    { length: 12 },
    (_, at): Block => ({
      kind: 'card',
      paper: paper({ title: `Moths ${at}`, abstract: 'circles '.repeat(400) }),
      form: 'listing',
    }),
  )
  const message = oneMessageOf(blocks, now)
  const text = JSON.stringify(message?.blocks)
  for (let at = 0; at < 12; at++) expect(text).toContain(`Moths ${at}`)
  expect(text).toContain('…')
})

test('more than one message can hold is said to be so', () => {
  const blocks = Array.from({ length: 60 }, (): Block => ({ kind: 'card', paper: paper(), form: 'listing' }))
  expect(oneMessageOf(blocks, now)).toBeUndefined()
})
