import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { renderAnswer, renderBlocks } from '#adapters/chat/terminal/render.ts'
import { createSession } from '#adapters/chat/terminal/session.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Action, Block } from '#core/reply.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const plain = { colour: false, width: null, now }

const paper: Paper = {
  number: 1,
  ids: ['arxiv:2609.01234' as PaperId],
  title: 'Moths and $O(n^2)$ Lamps',
  authors: [{ name: 'Ada Byron' }, { name: 'Ben Crow' }, { name: 'Cy Dale' }, { name: 'Di Eve' }],
  abstract: 'Moths circle lamps. We count the circles.',
  published: '2026-04-23',
  categories: ['stat.ML'],
  orgs: ['berkeley'],
  score: 85.2,
  origins: {},
  sources: ['sample'],
  firstSeen: '2026-11-22T08:00:00Z',
}

test('a card is the listing of the design: facts, title, people, abstract, address', () => {
  expect(renderBlocks([{ kind: 'card', paper, form: 'listing' }], plain)).toBe(
    [
      '85.2 · ML · Apr 23',
      'Moths and O(n²) Lamps',
      'Ada Byron, Ben Crow, Cy Dale et al. · berkeley',
      'Moths circle lamps. We count the circles.',
      'https://arxiv.org/abs/2609.01234',
    ].join('\n'),
  )
})

test('a full card names everyone and says what else is known', () => {
  const full = renderBlocks([{ kind: 'card', paper: { ...paper, version: 2, comment: '12 pages' }, form: 'full' }], plain)
  expect(full).toContain('Ada Byron, Ben Crow, Cy Dale, Di Eve · berkeley')
  expect(full).toContain('Comment: 12 pages')
  expect(full).toContain('PDF: https://arxiv.org/pdf/2609.01234')
})

test('without colour no escape sequence is written, with colour there is one', () => {
  const blocks: Block[] = [{ kind: 'heading', spans: [{ text: 'Moths' }] }]
  expect(renderBlocks(blocks, plain)).toBe('Moths')
  expect(renderBlocks(blocks, { ...plain, colour: true })).toContain('\u001b[')
})

test('others’ texts cannot steer the terminal', () => {
  const hostile = { ...paper, title: 'Up \u001b[2J and \u202eaway', authors: [{ name: 'Eve\u001b]0;x\u0007' }] }
  const shown = renderBlocks([{ kind: 'card', paper: hostile, form: 'full' }], plain)
  expect(shown).not.toMatch(/[\u001b\u0007\u202e]/)
})

test('commands to be typed are shown whole; numbered, their labels share a line', () => {
  const blocks: Block[] = [
    {
      kind: 'actions',
      actions: [
        { label: 'Next', command: 'search moths --page 2' },
        { label: 'Follow', command: 'follow topic moths' },
      ],
    },
  ]
  expect(renderBlocks(blocks, plain)).toBe('Next: /papers search moths --page 2\nFollow: /papers follow topic moths')
  expect(renderBlocks(blocks, plain, true)).toBe('[1] Next  [2] Follow')
})

test('what can be done with a paper of a list is offered where it can be chosen by a number', () => {
  const blocks: Block[] = [{ kind: 'card', paper, form: 'listing', actions: [{ label: 'Save', command: 'save 2609.01234' }] }]
  expect(renderBlocks(blocks, plain)).not.toContain('Save')
  expect(renderBlocks(blocks, plain, true)).toContain('[1] Save')
})

test('what a menu would hold, and a form, is not offered', () => {
  const actions: Action[] = [
    { label: 'Follow by a form', command: 'follow', form: true },
    { label: 'Related', command: 'related 2609.01234', more: true },
    { label: 'Save', command: 'save 2609.01234' },
  ]
  const blocks: Block[] = [{ kind: 'card', paper, form: 'listing', actions }]
  expect(renderBlocks(blocks, plain, true)).toMatch(/\[1\] Save$/)
  const session = createSession()
  session.answered({ visibility: 'public', blocks })
  expect(session.offered()).toEqual([{ label: 'Save', command: 'save 2609.01234' }])
})

test('a link shows its address once', () => {
  const link = 'https://example.org/a'
  expect(renderBlocks([{ kind: 'prose', spans: [{ text: 'here', link }] }], plain)).toBe(`here <${link}>`)
  expect(renderBlocks([{ kind: 'prose', spans: [{ text: link, link }] }], plain)).toBe(link)
})

test('an error is said with its mend', () => {
  const answer = { ok: false, error: { code: 'wrong-input', message: 'No.', hint: 'Type help.' } } as const
  expect(renderAnswer(answer, plain)).toBe('No.\nType help.')
})

test('no line is wider than the terminal, and no word is lost', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcé漢字🦋-'), minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.integer({ min: 24, max: 120 }), (words, width) => {
      const row = words.map((text) => ({ text: `${text} ` }))
      const blocks: Block[] = [
        { kind: 'prose', spans: row },
        { kind: 'list', ordered: true, rows: [row] },
      ]
      const shown = renderBlocks(blocks, { ...plain, width })
      expect(Math.max(...shown.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
      const said = words.join('')
      expect(shown.replace(/\s/g, '')).toBe(`${said}1.${said}`)
    }),
  )
})
