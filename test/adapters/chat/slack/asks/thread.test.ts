import { expect, test } from 'vitest'
import { threadOfButton } from '#adapters/chat/slack/asks/thread.ts'

test.each([
  ['a reply', { container: { message_ts: '2.2', thread_ts: '1.1' } }, '1.1'],
  [
    'a reply of which only the message says so',
    { container: { message_ts: '2.2' }, message: { ts: '2.2', thread_ts: '1.1' } },
    '1.1',
  ],
  ['a message that a thread hangs on', { container: { message_ts: '1.1', thread_ts: '1.1' } }, undefined],
  ['a message of the channel', { container: { message_ts: '1.1' }, message: { ts: '1.1' } }, undefined],
])('a button of %s', (_, body, thread) => {
  expect(threadOfButton({ ...body, ...('message' in body && { message: { type: 'message', ...body.message } }) } as never)).toBe(
    thread,
  )
})
