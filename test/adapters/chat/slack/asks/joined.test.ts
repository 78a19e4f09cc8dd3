import { App, type Receiver } from '@slack/bolt'
import { expect, test } from 'vitest'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { listenToInvitations } from '#adapters/chat/slack/asks/joined.ts'
import { createChatHandlers } from '#cli/chat-handlers.ts'
import { settingsOf } from '#core/place-settings.ts'
import { suspend } from '#digests/suspend.ts'
import { openBot } from '#test/core/commands/bot.ts'

const LAB = { platform: 'slack', workspace: 'T1', channel: 'C1' } as const

test('a channel that the bot was put out of is posted to again once it is invited, and not for anybody else who comes', async () => {
  await using bot = await openBot({ sample: false })
  const { store, clock, posting, log } = bot.context
  await suspend(store, { destination: LAB }, { kind: 'forbidden', message: 'Slack answered not_in_channel.' }, clock.now())
  const handlers = createChatHandlers(bot.context as never, posting)
  let under: Promise<void> | undefined
  const work = (task: () => Promise<void>) => {
    under = task()
    return true
  }
  const receiver: Receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined }
  const app = new App({ receiver, authorize: async () => ({ teamId: 'T1', botToken: 'xoxb-1', botUserId: 'U0BOT' }) })
  listenToInvitations(app, { handlers, work, log } as unknown as Desk)
  async function comes(user: string, channel = 'C1') {
    const event = { type: 'member_joined_channel', user, channel, channel_type: 'C', team: 'T1' }
    await app.processEvent({ body: { type: 'event_callback', team_id: 'T1', event }, ack: async () => undefined })
    await under
    return (await settingsOf(store, LAB)).suspension?.why
  }
  expect(await comes('U0ADA')).toBe('forbidden')
  expect(await comes('U0BOT', 'C2')).toBe('forbidden')
  expect(await comes('U0BOT')).toBeUndefined()
})
