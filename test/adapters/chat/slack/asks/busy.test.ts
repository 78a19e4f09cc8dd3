import { App } from '@slack/bolt'
import { describe, expect, test } from 'vitest'
import { BUSY } from '#adapters/chat/lanes.ts'
import { listenToButtons } from '#adapters/chat/slack/asks/button.ts'
import { listenToCommands } from '#adapters/chat/slack/asks/command.ts'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { listenToDirectMessages } from '#adapters/chat/slack/asks/direct-message.ts'
import { listenToMentions } from '#adapters/chat/slack/asks/mention.ts'
import { listenToShortcuts } from '#adapters/chat/slack/asks/shortcut.ts'

const LISTENERS = [listenToCommands, listenToButtons, listenToMentions, listenToDirectMessages, listenToShortcuts]

/** An app whose desk takes work as told, and begins none of it; what happens is noted in its order. */
function anApp({ isFull }: { isFull: boolean }) {
  const events: unknown[] = []
  const take = (name: string, taken: boolean) => () => {
    events.push(name)
    return taken
  }
  const desk = { work: take('work', !isFull), refuse: take('refuse', true) } as unknown as Desk
  const receiver = { init() {}, start: async () => undefined, stop: async () => undefined }
  const app = new App({ authorize: async () => ({ teamId: 'T1', botToken: 'xoxb-1', botUserId: 'UBOT' }), receiver })
  for (const listen of LISTENERS) listen(app, desk)
  return {
    async receive(body: object) {
      await app.processEvent({ body: body as Record<string, unknown>, ack: async (said) => void events.push(said ?? 'ack') })
      return events
    },
  }
}

const team = { id: 'T1', domain: 'lab' }
const user = { id: 'U1', name: 'ada', team_id: 'T1' }
const channel = { id: 'C1', name: 'papers' }
const url = { response_url: 'https://hooks.slack.com/1' }
const requests = {
  command: { command: '/papers', text: 'help', team_id: 'T1', channel_id: 'C1', user_id: 'U1', user_name: 'ada', ...url },
  button: {
    type: 'block_actions',
    team,
    user,
    channel,
    container: { type: 'message', message_ts: '1.1' },
    actions: [{ type: 'button', action_id: 'run:0', block_id: 'b', value: 'help', text: { type: 'plain_text', text: 'Help' } }],
    ...url,
  },
  shortcut: {
    type: 'message_action',
    callback_id: 'lookup_papers',
    team,
    user,
    channel,
    message: { ts: '1.1', text: 'moths' },
    ...url,
  },
  mention: said({ type: 'app_mention', channel: 'C1', text: '<@UBOT> help' }),
  'direct message': said({ type: 'message', channel: 'D1', channel_type: 'im', text: 'help' }),
}
function said(event: object) {
  return { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event: { user: 'U1', ts: '1.1', ...event } }
}

describe('where too much waits already', () => {
  test('a command says so in its acknowledgement, to the person alone', async () => {
    const busy = { response_type: 'ephemeral', text: BUSY }
    expect(await anApp({ isFull: true }).receive(requests.command)).toEqual(['work', busy])
  })

  test.each(['button', 'shortcut', 'mention', 'direct message'] as const)(
    'a %s has it said by those who only refuse',
    async (kind) => {
      const events = await anApp({ isFull: true }).receive(requests[kind])
      expect(events.toSorted()).toEqual(['ack', 'refuse', 'work'])
    },
  )
})

test.each(Object.entries(requests))('a %s is acknowledged without a word, and its work is taken once', async (_, request) => {
  expect((await anApp({ isFull: false }).receive(request)).toSorted()).toEqual(['ack', 'work'])
})
