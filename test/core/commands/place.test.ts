import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { placeOf } from '#core/commands/place.ts'
import type { Destination } from '#core/subscription.ts'
import { aDestination } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

const destination = aDestination()
const own: Destination = { ...destination, channel: 'D1' }

describe('the place that is meant', () => {
  test('here is the channel, also in a thread', async () =>
    expect(await placeOf({ destination, thread: '1.1' }, 'here')).toMatchObject({ destination, words: 'here', option: '' }))

  test('thread is the one it was asked in', async () =>
    expect(await placeOf({ destination, thread: '1.1' }, 'thread')).toMatchObject({
      destination: { ...destination, thread: '1.1' },
      words: 'in this thread',
      visibility: 'public',
    }))

  test("me is the person's direct messages, of which nobody else is told", async () =>
    expect(await placeOf({ destination, direct: async () => own }, 'me')).toMatchObject({
      destination: own,
      words: 'in your direct messages',
      visibility: 'private',
    }))

  test('me within the direct messages is here', async () =>
    expect(await placeOf({ destination: own, direct: async () => own }, 'me')).toMatchObject({ destination: own, words: 'here' }))

  test('outside of a thread, and where there are no direct messages, it says so', async () => {
    const terminal = { ...destination, platform: 'terminal' as const }
    await expect(placeOf({ destination: terminal }, 'thread')).rejects.toThrow('The terminal has no threads.')
    const slack = { ...destination, platform: 'slack' as const }
    await expect(placeOf({ destination: slack }, 'thread')).rejects.toThrow('This was not asked in a thread.')
    await expect(placeOf({ destination: slack }, 'me')).rejects.toThrow('There are no direct messages')
  })
})

describe('commands for a place', () => {
  let bot: Bot
  beforeAll(async () => {
    bot = await openBot()
  })
  beforeEach(() => bot.enterNewChannel())
  afterAll(() => bot[Symbol.asyncDispose]())

  const direct = async () => ({ ...bot.context.destination, channel: `with Ada, from ${bot.context.destination.channel}` })
  const schedule = (destination: Destination) => bot.context.store.schedules.ofDestination(destination)

  test('a digest for me comes there alone, and only I am told', async () => {
    const { text, reply, actions } = await bot.ask('digest weekly --for me', { direct })
    expect(text).toContain('Ada set the digest in your direct messages: every Monday at 09:00 (UTC).')
    expect(reply.visibility).toBe('private')
    expect(actions).toContainEqual({ label: 'Turn off', command: 'digest off --for me' })
    expect(await schedule(bot.context.destination)).toBeUndefined()
    expect(await schedule(await direct())).toMatchObject({ frequency: 'weekly' })
    expect((await bot.ask('digest show for:me', { direct })).text).toContain(
      'The digest comes in your direct messages every Monday',
    )
    expect((await bot.ask('digest show', { direct })).text).toContain('No digest is posted here.')
    await bot.ask('digest off --for me', { direct })
    expect(await schedule(await direct())).toBeUndefined()
  })

  test('a digest for a thread is its own', async () => {
    await bot.ask('digest daily', { thread: '1.1' })
    await bot.ask('digest weekly --for thread', { thread: '1.1' })
    expect(await schedule(bot.context.destination)).toMatchObject({ frequency: 'daily' })
    expect(await schedule({ ...bot.context.destination, thread: '1.1' })).toMatchObject({ frequency: 'weekly' })
  })
})
