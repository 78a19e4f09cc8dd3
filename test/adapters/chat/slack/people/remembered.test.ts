import { expect, test } from 'vitest'
import { remembered } from '#adapters/chat/slack/people/remembered.ts'

test('of more than it may hold, what was not asked for longest is forgotten', async () => {
  const asked: string[] = []
  const ask = remembered(async (_, id: string) => asked.push(id), { most: 2 })
  for (const id of ['a', 'b', 'a', 'c', 'a', 'b']) await ask('T1', id)
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})
