import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import type { Block } from '#core/reply.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const rest: Block = { kind: 'note', spans: [{ text: 'Ask for the rest.' }] }
const foreign = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom('\u0000', '‮gnp.exe', '👩‍👩‍👧‍👦'.repeat(20), '<!channel>', ':smile: *bold* `code`', '\u{e0041}', '\ud800'),
)

test('what fits is shown whole', () => {
  const blocks = viewBlocksOf([{ kind: 'prose', spans: [{ text: 'Moths' }] }], { now, rest })
  expect(JSON.stringify(blocks)).toContain('Moths')
  expect(JSON.stringify(blocks)).not.toContain('Ask for the rest.')
})

test('what does not fit is cut between blocks, and the end says so', () => {
  const row = fc.string({ unit: fc.constantFrom('a', '漢', '"', '\n'), minLength: 1, maxLength: 6000 })
  fc.assert(
    fc.property(fc.array(row, { minLength: 90, maxLength: 130 }), (texts) => {
      const blocks = viewBlocksOf(
        texts.map((text) => ({ kind: 'code', text })),
        { now, rest },
      )
      expect(blocks.length).toBeLessThanOrEqual(100)
      expect(Buffer.byteLength(JSON.stringify(blocks))).toBeLessThanOrEqual(240_000)
      const isCut = blocks.length < texts.length
      expect(JSON.stringify(blocks.at(-1)).includes('Ask for the rest.')).toBe(isCut)
    }),
    { numRuns: 20 },
  )
})

test('a modal keeps to its limits whatever it is called', () => {
  fc.assert(
    fc.property(foreign, foreign, (title, submit) => {
      const view = modalView({ title, submit, blocks: [] })
      expect(view.title.text.length).toBeLessThanOrEqual(24)
      expect(view.submit?.text.length).toBeLessThanOrEqual(24)
      expect(view.title.text.isWellFormed()).toBe(true)
      expect(view.title.text.trim()).not.toBe('')
      expect(view.submit?.text.trim()).not.toBe('')
      expect(view.title.emoji).toBe(false)
    }),
  )
})
