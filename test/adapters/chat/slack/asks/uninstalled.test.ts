import { App } from '@slack/bolt'
import { expect, test } from 'vitest'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { listenToUninstalls } from '#adapters/chat/slack/asks/uninstalled.ts'
import { createWorkspaces } from '#adapters/chat/slack/workspaces.ts'
import { createChatHandlers } from '#cli/chat-handlers.ts'
import { settingsOf } from '#core/place-settings.ts'
import { aSlack } from '#test/adapters/chat/slack/people/a-slack.ts'
import { openBot } from '#test/core/commands/bot.ts'

const LAB = { platform: 'slack', workspace: 'T1', channel: 'C1' } as const
const BEFORE = {
  platform: 'slack',
  workspace: 'T1',
  name: 'A Lab',
  token: 'xoxb-before',
  botUser: 'U0BOT',
  scopes: [],
  at: '2026-11-20T00:00:00Z',
} as const
const AGAIN = { ...BEFORE, token: 'xoxb-again', at: '2026-11-21T00:00:00Z' }

/** The bot, in a workspace that took it out: Slack refuses its token, which is found out while `meanwhile` happens. */
async function takenOut(meanwhile?: (handlers: Desk['handlers']) => Promise<void>) {
  await using bot = await openBot({ sample: false })
  const { store, clock, posting, log } = bot.context
  const handlers = createChatHandlers(bot.context as never, posting)
  await handlers.installed(BEFORE)
  await using slack = await aSlack({ 'auth.test': { ok: false, error: 'token_revoked' } })
  const options = { token: undefined, installations: store.installations, apiUrl: `${slack.url}/api/`, now: clock.now }
  const slow = {
    ...handlers,
    async uninstalled(gone: Parameters<typeof handlers.uninstalled>[0]) {
      await meanwhile?.(handlers)
      await handlers.uninstalled(gone)
    },
  }
  const receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined }
  const app = new App({ receiver, authorize: async () => ({ teamId: 'T1', botToken: 'xoxb-before' }) })
  listenToUninstalls(app, { handlers: slow, workspaces: createWorkspaces(options), log } as unknown as Desk)
  const body = { type: 'event_callback', team_id: 'T1', event: { type: 'app_uninstalled' } }
  await app.processEvent({ body, ack: async () => undefined })
  const [token, why] = [(await store.installations.get(LAB))?.token, (await settingsOf(store, LAB)).suspension?.why]
  return { token, why }
}

test('where the bot is taken out, its token is forgotten and nothing is posted any more', async () => {
  expect(await takenOut()).toEqual({ token: undefined, why: 'revoked' })
})

test('what is installed again while that is found out stays, and is posted to', async () => {
  const again = await takenOut((handlers) => handlers.installed(AGAIN))
  expect(again).toEqual({ token: 'xoxb-again', why: undefined })
})
