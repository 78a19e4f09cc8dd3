import { expect, test } from 'vitest'
import { createSession } from '#adapters/chat/terminal/session.ts'
import type { Reply } from '#core/reply.ts'

const reply: Reply = {
  visibility: 'public',
  blocks: [
    {
      kind: 'actions',
      actions: [
        { label: 'Page', url: 'https://example.org' },
        { label: 'Cancel', command: 'help' },
        { label: 'Follow', command: 'follow topic moths --confirm yes', primary: true },
      ],
    },
  ],
  page: { offset: 5, total: 12, next: 'search moths --page 3', previous: 'search moths' },
}

test('next and previous stand for the neighbours of the page shown last', () => {
  const session = createSession()
  session.answered(reply)
  expect(session.interpret('next')).toBe('search moths --page 3')
  expect(session.interpret('/papers p')).toBe('search moths')
})

test('a number stands for the action that was shown with it; links have none', () => {
  const session = createSession()
  session.answered(reply)
  expect(session.interpret('1')).toBe('help')
  expect(session.interpret('2')).toBe('follow topic moths --confirm yes')
  expect(session.interpret('3')).toBe('3')
})

test('yes stands for the action that was offered first of all', () => {
  const session = createSession()
  session.answered(reply)
  expect(session.interpret('yes')).toBe('follow topic moths --confirm yes')
})

test('an empty line says nothing, and with nothing offered every word is itself', () => {
  const session = createSession()
  expect(session.interpret('  ')).toBeUndefined()
  expect(session.interpret('yes')).toBe('yes')
  expect(session.interpret('7')).toBe('7')
})
