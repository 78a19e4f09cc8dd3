import type { ButtonAction, OverflowAction, types } from '@slack/bolt'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messagesOf, oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import { pressedOf, RUN } from '#adapters/chat/slack/render/pressed.ts'
import { paperActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Action, Block, CommandAction } from '#core/reply.ts'
import { textsOf } from '#test/adapters/chat/slack/block-kit.ts'

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

test('what is to be typed begins with the slash command, in texts, lists and small print', () => {
  const typed = { text: 'search moths', code: true, command: true } as const
  const written = { text: 'search', code: true } as const
  const said = textOf([
    { kind: 'prose', spans: [{ text: 'Try ' }, typed] },
    { kind: 'list', ordered: false, rows: [[typed], [written]] },
    { kind: 'note', spans: [{ text: 'Or: ' }, typed] },
  ])
  expect(said.match(/\/papers search moths/g)).toHaveLength(3)
  expect(said.match(/\/papers/g)).toHaveLength(3)
})

test('a card is its facts as small print, then linked title, people and abstract in one run', () => {
  const [message] = messagesOf([{ kind: 'card', paper: paper(), form: 'listing' }], { now })
  expect(message?.blocks).toEqual([
    { type: 'context', elements: [{ type: 'plain_text', text: '85.2 · ML · Apr 23', emoji: false }] },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
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
})

test('a notification says what came: heading, sentences, then titles with their TeX turned and their people', () => {
  const blocks: Block[] = [
    { kind: 'heading', spans: [{ text: 'Weekly digest · Nov 17 – Nov 24' }] },
    { kind: 'prose', spans: [{ text: '1 new paper of what is followed here.' }] },
    { kind: 'card', paper: paper({ title: 'In $O(n^2)$ & <less>' }), form: 'listing' },
  ]
  expect(messagesOf(blocks, { now })[0]?.text.split('\n')).toEqual([
    'Weekly digest · Nov 17 – Nov 24',
    '1 new paper of what is followed here.',
    'In O(n²) &amp; &lt;less&gt; · Ada Byron',
  ])
})

test('a notification stays within its limit however much of it has to be escaped', () => {
  const [message] = messagesOf([{ kind: 'prose', spans: [{ text: '&'.repeat(9000) }] }], { now })
  expect(message?.text).toMatch(/^(&amp;){700,800}…$/)
})

test('a message that is one of several is announced by what it says itself', () => {
  const blocks = ['first', 'second'].map((text): Block => ({ kind: 'prose', spans: [{ text: text.padEnd(9000, '.') }] }))
  expect(messagesOf(blocks, { now }).map(({ text }) => text.slice(0, 6))).toEqual(['first.', 'second'])
})

test('a heading is large where it is plain and short, bold otherwise', () => {
  const heading = (text: string, link?: string): Block => ({ kind: 'heading', spans: [{ text, ...(link && { link }) }] })
  const shown = (block: Block) => messagesOf([block], { now })[0]?.blocks[0]?.type
  expect(shown(heading('a'.repeat(150)))).toBe('header')
  expect(shown(heading('a'.repeat(151)))).toBe('rich_text')
  expect(shown(heading('here', 'https://example.org'))).toBe('rich_text')
})

test('a sentence that is a channel alone is said', () => {
  const blocks: Block[] = [{ kind: 'prose', spans: [{ text: '#papers', channel: 'C0PAPERS' }] }]
  expect(JSON.stringify(messagesOf(blocks, { now })[0]?.blocks)).toContain('C0PAPERS')
})

test('in a list abstracts are short enough for a phone, a paper by itself is whole', () => {
  const card: Block = { kind: 'card', paper: paper({ abstract: 'circles '.repeat(200) }), form: 'listing' }
  const longest = (blocks: Block[]) => Math.max(...textsOf(messagesOf(blocks, { now })[0]?.blocks).map(({ length }) => length))
  expect(longest([card, card])).toBe(400)
  expect(longest(Array(15).fill(card))).toBe(200)
  expect(longest([card])).toBe(1600)
})

test('lines between cards are left out where they would make a second message', () => {
  const cards = (count: number) =>
    Array.from({ length: count }, (): Block => {
      const actions = [{ label: 'Save', command: 'save 2609.01234' }]
      return { kind: 'card', paper: paper(), form: 'listing', actions }
    })
  const lines = (count: number) =>
    messagesOf(cards(count), { now }).map(({ blocks }) => blocks.filter(({ type }) => type === 'divider').length)
  expect(lines(10)).toEqual([9])
  expect(lines(16)).toEqual([0])
  expect(lines(17)).toEqual([0, 0])
})

test('cards of one line are one list', () => {
  const card: Block = { kind: 'card', paper: paper(), form: 'line' }
  const [message] = messagesOf([card, card, card], { now })
  expect(message?.blocks).toMatchObject([{ elements: [{ type: 'rich_text_list', elements: [{}, {}, {}] }] }])
})

test('what a card offers more is a menu behind its buttons', () => {
  const one = paper({ authors: [{ name: 'Ada Byron' }, { name: 'Jun Li' }] })
  const [message] = messagesOf([{ kind: 'card', paper: one, form: 'listing', actions: paperActions(one) }], { now })
  expect(message?.blocks.at(-1)).toMatchObject({
    type: 'actions',
    elements: [
      { type: 'button', text: { text: 'Details' } },
      { type: 'button', text: { text: 'Save' } },
      { type: 'button', text: { text: 'Vote' } },
      {
        type: 'overflow',
        options: [
          { text: { text: 'Related' }, value: 'here related 2609.01234' },
          { text: { text: 'BibTeX' }, value: 'aside export bibtex 2609.01234' },
          { text: { text: 'Follow Ada Byron' }, value: 'here follow author Ada Byron' },
          { text: { text: 'Follow Jun Li' }, value: 'here follow author Jun Li' },
        ],
      },
    ],
  })
})

test('what does not fit into a menu is a button, what does not fit into a button is to be typed', () => {
  const actions: Action[] = [
    { label: 'One', command: 'related 1', more: true },
    { label: 'Two', command: 'related 2', more: true },
    { label: 'Long', command: `search ${'m'.repeat(150)}`, more: true },
    { label: 'Longer', command: `search ${'m'.repeat(2000)}` },
    { label: 'Far', url: `https://example.org/${'m'.repeat(3000)}` },
    { label: 'Odd', url: 'javascript:alert(1)' },
  ]
  const [message] = messagesOf([{ kind: 'actions', actions }], { now })
  const [row, ...words] = message?.blocks ?? []
  expect(row).toMatchObject({
    elements: [
      { type: 'button', text: { text: 'Long' } },
      { type: 'overflow', options: [{}, {}] },
    ],
  })
  expect(words.map((block) => textsOf(block).join('').slice(0, 24))).toEqual([
    'Longer: /papers search m',
    'Far: https://example.org',
    'Odd: javascript:alert(1)',
  ])
})

test('a menu of one is a button, and what is offered twice is offered once', () => {
  const twice: Action[] = ['a', 'b'].map((label) => ({ label, command: 'follow author Jun Li', more: true }))
  const [message] = messagesOf([{ kind: 'actions', actions: twice }], { now })
  expect(message?.blocks).toMatchObject([{ elements: [{ type: 'button', text: { text: 'a' } }] }])
  const alike: Action[] = ['\ud800', '\udc00'].map((half) => ({ label: half, command: `follow author ${half}`, more: true }))
  expect(messagesOf([{ kind: 'actions', actions: alike }], { now })[0]?.blocks).toMatchObject([
    { elements: [{ type: 'button' }] },
  ])
})

test('facts of which nothing is seen are no small print', () => {
  const card: Block = { kind: 'card', paper: paper({ published: '\u200b', categories: ['\u200b'] }), form: 'listing' }
  expect(messagesOf([card], { now })[0]?.blocks.map(({ type }) => type)).toEqual(['rich_text'])
})

test('a picture without an address of the web is told of', () => {
  const shown = (url: string) => messagesOf([{ kind: 'picture', url, alt: '' }], { now })[0]?.blocks[0]
  expect(shown('https://example.org/a.png')).toEqual({
    type: 'image',
    image_url: 'https://example.org/a.png',
    alt_text: 'A picture',
  })
  expect(textsOf(shown('data:image/png;base64,AAAA')).join('')).toBe('A picture (data:image/png;base64,AAAA)')
})

test('what is pressed comes back as what was offered, with where its answer belongs', () => {
  const action: CommandAction = { label: 'BibTeX', command: 'export bibtex 2609.01234', aside: true }
  const offered = (...of: CommandAction[]) => messagesOf([{ kind: 'actions', actions: of }], { now })[0]?.blocks[0]
  const here: CommandAction = { label: 'Related', command: 'related 2609.01234' }
  const next: CommandAction = { label: 'Next', command: 'search moths --page 2', turns: true }
  const buttons = (offered(action, here, next) as types.ActionsBlock).elements as unknown as ButtonAction[]
  expect(buttons.map(pressedOf)).toEqual([
    { command: action.command, aside: true, turns: false },
    { command: here.command, aside: false, turns: false },
    { command: next.command, aside: false, turns: true },
  ])
  const [menu] = (offered({ ...action, more: true }, { ...here, more: true }) as types.ActionsBlock).elements as types.Overflow[]
  const chosen = menu?.options.map((option) => ({ ...menu, selected_option: option }) as unknown as OverflowAction) ?? []
  expect(chosen.map(pressedOf)).toEqual([
    { command: action.command, aside: true, turns: false },
    { command: here.command, aside: false, turns: false },
  ])
  expect([...buttons, menu].every((one) => RUN.test(one?.action_id ?? ''))).toBe(true)
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

test('a delivery of more headings, texts and notes than a message has blocks is one message, all of it, in order', () => {
  const rows = Array.from({ length: 30 }, (_, at): Block[] => [
    { kind: 'heading', spans: [{ text: `Heading ${at}` }] },
    { kind: 'prose', spans: [{ text: `Text ${at}` }] },
    { kind: 'note', spans: [{ text: `Note ${at}` }] },
  ])
  const message = oneMessageOf(rows.flat(), now)
  expect(message?.blocks).toHaveLength(1)
  expect(textsOf(message?.blocks)).toEqual(
    rows.flat().flatMap((block) => ('spans' in block ? block.spans.map(({ text }) => text) : [])),
  )
})

test('more than one message can hold is said to be so', () => {
  const blocks = Array.from({ length: 60 }, (): Block => ({ kind: 'card', paper: paper(), form: 'listing' }))
  expect(oneMessageOf(blocks, now)).toBeUndefined()
})
