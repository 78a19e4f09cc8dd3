// Whatever others write, Discord takes what we send, nothing in it is active, and what it says is what they wrote.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markOf } from '#adapters/chat/discord/render/custom-id.ts'
import { messagesOf, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import { misreadTitle, violationsOf } from '#test/adapters/chat/discord/components.ts'
import { anyBlock, anyPaper } from '#test/ugly-blocks.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const mark = 'abcdefghijklmnop'

test('any blocks become messages that Discord takes, with nothing active in them, and a delivery with its mark', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 12 }), fc.boolean(), (blocks, files) => {
      const messages = messagesOf(blocks, { now, files })
      expect(messages.length).toBeLessThanOrEqual(5)
      for (const message of messages) expect(violationsOf(message)).toEqual([])
      const one = oneMessageOf(blocks, { now, mark })
      if (!one) return
      expect(violationsOf(one)).toEqual([])
      expect(one.files).toEqual([])
      const ids = JSON.stringify(one.components).match(/(?<="custom_id":")\d+#[^|~"]+[|~]/g) ?? []
      expect(ids.map((id) => markOf(`${id}x`))).toEqual([mark])
    }),
    { numRuns: 150 },
  )
})

test("a paper's title reads as it was written, or ends with an ellipsis", () => {
  fc.assert(
    fc.property(anyPaper, fc.constantFrom('listing', 'full', 'line'), (paper, form) => {
      const actions = form === 'full' ? fullCardActions(paper) : paperActions(paper)
      const [message] = messagesOf([{ kind: 'card', paper, form, actions }], { now })
      expect(misreadTitle(message?.components ?? [], paper)).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})
