import { expect, test } from 'vitest'
import { createChatHandlers } from '#cli/chat-handlers.ts'
import { openBot } from '#test/core/commands/bot.ts'

const ASKER = {
  destination: { platform: 'slack', workspace: 'T1', channel: 'C1' },
  person: { platform: 'slack', id: 'U1', name: 'ada' },
} as const

test('what is under way when the bot stops is answered; who still waits then is told to ask again, and nothing is done', async () => {
  await using bot = await openBot({ sample: false })
  const stopping = new AbortController()
  const handlers = createChatHandlers(bot.context as never, bot.context.posting, stopping.signal)
  const underWay = handlers.answer({ line: 'help' }, ASKER)
  stopping.abort()
  const waiting = handlers.answer({ line: 'follow topic moths --confirm yes' }, ASKER)
  expect(await underWay).toMatchObject({ ok: true })
  expect(await waiting).toMatchObject({
    ok: false,
    error: { message: 'Paperboy is being restarted.', hint: 'Ask again in a moment.' },
  })
  expect(await bot.context.store.subscriptions.ofChannel(ASKER.destination)).toEqual([])
})
