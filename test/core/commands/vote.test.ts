import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
afterAll(() => bot[Symbol.asyncDispose]())

const bob = { person: { id: 'bob', name: 'Bob' } }

test('a vote counts once a person, in its channel alone, and the same word takes it back', async () => {
  const { text, reply } = await bot.ask('vote 2303.13506')
  expect(reply.visibility).toBe('private')
  expect(text).toContain('Your vote for The Quantization Model of Neural Scaling is given: 1 vote here.')
  expect((await bot.ask('vote 2303.13506', bob)).text).toContain('is given: 2 votes here.')
  expect((await bot.ask('vote 2303.13506')).text).toContain('is taken back: 1 vote here.')
  expect((await bot.ask('vote 2303.13506', bob)).text).toContain('is taken back: no votes here.')
  await bot.ask('vote 2303.13506')
  bot.enterNewChannel()
  expect((await bot.ask('vote 2303.13506')).text).toContain('is given: 1 vote here.')
})

test('every paper of a list can be voted for', async () => {
  const { actions } = await bot.ask('search grokking representation')
  expect(actions).toContainEqual({ label: 'Vote', command: 'vote 2205.10343' })
})
