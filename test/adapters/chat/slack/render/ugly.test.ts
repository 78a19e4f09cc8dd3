// Whatever others write, Slack takes what we send, nothing in it is active, and what it says is what they wrote.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messagesOf, oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import type { Block } from '#core/reply.ts'
import { misreadTitle, viewViolationsOf, violationsOf } from '#test/adapters/chat/slack/block-kit.ts'
import { anyBlock, anyPaper, uglyText } from '#test/ugly-blocks.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')

test('any blocks become messages that Slack takes, with nothing active in them', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 12 }), (blocks) => {
      for (const message of messagesOf(blocks, { now })) expect(violationsOf(message)).toEqual([])
      const one = oneMessageOf(blocks, now)
      if (one) expect(violationsOf(one)).toEqual([])
    }),
    { numRuns: 600 },
  )
})

test('any blocks become a view that Slack takes', () => {
  const rest: Block = { kind: 'note', spans: [{ text: 'More in the channel.' }] }
  fc.assert(
    fc.property(fc.array(anyBlock, { minLength: 1, maxLength: 12 }), uglyText, (blocks, title) => {
      const shown = viewBlocksOf([{ kind: 'prose', spans: [{ text: 'Here:' }] }, ...blocks], { now, rest })
      const view = modalView({ title: `T${title}`, blocks: shown })
      expect(viewViolationsOf(view)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test("a paper's title reads as it was written, or ends with an ellipsis after a whole grapheme", () => {
  fc.assert(
    fc.property(anyPaper, fc.constantFrom('listing', 'full', 'line'), (one, form) => {
      const actions = form === 'full' ? fullCardActions(one) : paperActions(one)
      const [message] = messagesOf([{ kind: 'card', paper: one, form, actions }], { now })
      expect(misreadTitle(message?.blocks ?? [], one)).toBeUndefined()
    }),
    { numRuns: 1500 },
  )
})
