import fc from 'fast-check'
import { expect, test } from 'vitest'
import { homeView } from '#adapters/chat/slack/render/home.ts'
import type { Block } from '#core/reply.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const said = (text: string): Block => ({ kind: 'prose', spans: [{ text }] })
const own: Block[] = [said('What comes to you'), { kind: 'actions', actions: [{ label: 'Help', command: 'help' }] }]

test('the form for following is opened from beside the other buttons', () => {
  const { blocks } = homeView({ own, channels: [] }, now)
  expect(blocks[1]).toMatchObject({ elements: [{ action_id: 'follow:open', style: 'primary' }, { value: 'help' }] })
})

test('whatever is followed, a view holds it, and says how many channels it does not', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '漢', '"', '<', '\n'), minLength: 1, maxLength: 2000 })
  const channel = fc.array(text.map(said), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.array(channel, { maxLength: 60 }), (channels) => {
      const parts = channels.map((blocks, at) => [said(`channel ${at};`), ...blocks])
      const { blocks } = homeView({ own, channels: parts }, now)
      const json = JSON.stringify(blocks)
      expect(blocks.length).toBeLessThanOrEqual(100)
      expect(Buffer.byteLength(json)).toBeLessThanOrEqual(250_000)
      const shown = parts.filter((_, at) => json.includes(`channel ${at};`)).length
      const left = /and (\d+) more of your channels/.exec(json)?.[1] ?? 0
      expect(shown + Number(left)).toBe(parts.length)
    }),
    { numRuns: 30 },
  )
})
