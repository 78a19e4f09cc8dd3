import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '#core/commands/command.ts'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'
import { aDestination } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot()
  const destination = aDestination({ platform: 'slack', workspace: 'T1', channel: 'C1' })
  bot.context = { ...bot.context, destination, direct: async () => ({ ...destination, channel: 'D1' }) }
})
afterEach(() => bot[Symbol.asyncDispose]())

const refuse = (kind: DeliveryFailure) =>
  bot.slack.failures.push({ error: new DeliveryError(kind, 'Slack answered not_in_channel.'), arrives: false })
const daysLater = (days: number): Partial<Context> => ({
  clock: { now: () => bot.context.clock.now().add({ hours: 24 * days }) },
})

describe('follow', () => {
  test('where nothing was posted yet, posts what is followed, and says nothing of it', async () => {
    const { text } = await bot.ask('follow topic moths --cadence now')
    expect(text).not.toContain('test')
    expect(bot.slack.posted).toHaveLength(1)
    expect(bot.slack.posted[0]).toMatchObject({ kind: 'notice', destination: { channel: 'C1' } })
    expect(JSON.stringify(bot.slack.posted[0]?.blocks)).toContain('come here at once.')
  })

  test('asks for no proof twice within thirty days', async () => {
    await bot.ask('follow topic moths')
    await bot.ask('follow topic lamps', daysLater(29))
    expect(bot.slack.posted).toHaveLength(1)
    await bot.ask('follow topic candles', daysLater(31))
    expect(bot.slack.posted).toHaveLength(2)
  })

  test('where posts are refused it is saved, and the answer says why and how to mend it', async () => {
    refuse('forbidden')
    const { text, actions } = await bot.ask('follow topic moths')
    expect(text).toContain('It is saved, but nothing can be posted here yet: Slack answered not_in_channel.')
    expect(text).toContain('Invite it: /invite @Paperboy. Then press the button.')
    expect(actions[0]).toEqual({ label: 'Test again', command: 'test' })
    expect(await bot.context.store.subscriptions.ofDestination(bot.context.destination)).toHaveLength(1)
    await bot.ask('follow topic lamps')
    expect(bot.slack.posted).toHaveLength(1)
  })

  test('for a person the proof is posted to their direct messages', async () => {
    await bot.ask('follow topic moths --for me')
    expect(bot.slack.posted[0]?.destination.channel).toBe('D1')
  })

  test('posts nothing while posts are paused, nor in the terminal', async () => {
    await bot.ask('pause')
    await bot.ask('follow topic moths')
    await bot.ask('follow topic moths', { destination: aDestination() })
    expect(bot.slack.posted).toEqual([])
  })
})

describe('test', () => {
  test('posts, and says that it worked', async () => {
    const { text, reply } = await bot.ask('test')
    expect(text).toBe('It worked: Paperboy can post here.')
    expect(reply.visibility).toBe('private')
    expect(JSON.stringify(bot.slack.posted[0]?.blocks)).toContain('A test that Ada asked for.')
  })

  test('opens a channel again that refused posts', async () => {
    refuse('gone')
    const { text } = await bot.ask('test')
    expect(text).toContain('Nothing can be posted here yet: Slack answered not_in_channel.')
    expect(text).toContain('If the channel is archived, open it again; otherwise invite Paperboy: /invite @Paperboy.')
    expect((await bot.context.store.channels.get(bot.context.destination)).suspension).toMatchObject({ why: 'gone' })
    expect((await bot.ask('test', daysLater(1))).text).toContain('What waited since it could not comes now.')
    expect((await bot.context.store.channels.get(bot.context.destination)).suspension).toBeUndefined()
  })

  test.each([
    ['transient', '', 'Whether Paperboy can post here is not known: Slack answered not_in_channel. Try it again in a while.'],
    ['revoked', '', 'Whoever runs Paperboy has to install it here again.'],
    ['forbidden', ' --for me', 'Whoever runs Paperboy has to allow its app to write direct messages.'],
  ] as const)('a post that fails by %s%s is told of with its mend', async (kind, place, words) => {
    refuse(kind)
    const { text, actions } = await bot.ask(`test${place}`)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(actions).toEqual([{ label: 'Test again', command: `test${place}` }])
  })
})
