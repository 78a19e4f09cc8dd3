import { expect, test } from 'vitest'
import { isByPerson } from '#adapters/chat/slack/asks/said.ts'

const message = { channel: 'C1', ts: '1.1', user: 'U1', text: 'search moths' }

test('a person’s message is answered', () => expect(isByPerson(message)).toBe(true))

test.each(['file_share', 'thread_broadcast', 'me_message'])('so is one that is a %s', (subtype) =>
  expect(isByPerson({ ...message, subtype })).toBe(true),
)

test.each([
  ['a bot', { bot_id: 'B1' }],
  ['an edit', { edited: { user: 'U1', ts: '1.2' } }],
  ['a changed message', { subtype: 'message_changed' }],
  ['a joining', { subtype: 'channel_join' }],
  ['nobody', { user: undefined }],
])('what comes from %s is not', (_, fields) => expect(isByPerson({ ...message, ...fields } as never)).toBe(false))
