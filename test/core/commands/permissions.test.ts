import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commandName } from '#core/commands/command.ts'
import { parseLine } from '#core/commands/command-line.ts'
import { commands } from '#core/commands/registry.ts'
import { type Rights, whoChanges } from '#core/rights.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
})
afterEach(() => bot[Symbol.asyncDispose]())

const as = (name: string, rights: Partial<Rights> = {}) => ({
  person: { id: name.toLowerCase(), name },
  confirm: 'ask' as const,
  rights: async () => ({ guest: false, admin: false, ...rights }),
})
const anyone = as('Bob')
const admin = as('Ada', { admin: true })
const guest = as('Eve', { guest: true })
const changes = async (channel = bot.context.destination) => whoChanges(await bot.context.store.channels.get(channel), channel)

/** Lines of each command that changes what a channel gets, and of each that does not: a new command has to be one of them. */
const CHANGING = [
  'follow author Max Tegmark',
  'follow topic moths',
  'follow category cs.LG',
  'follow feed example.org/feed',
  'cadence 1 digest',
  'them 2303.13506',
  'unfollow 1',
  'digest weekly',
  'digest daily',
  'digest monthly',
  'digest now',
  'digest off',
  'pause',
  'resume',
  'quiet weekend',
  'alerts --most 5',
  'test',
]
const ASKING = [
  'search moths',
  'author Max Tegmark',
  'paper 2303.13506',
  'related 2303.13506',
  'trending',
  'following',
  'digest show',
  'digest preview',
  'catchup',
  'quiet',
  'alerts',
  'permissions',
  'why 2303.13506',
  'vote 2303.13506',
  'save 2303.13506',
  'unsave 2303.13506',
  'saved',
  'export',
  'lookup 2303.13506',
  'help',
]

test('every command has been decided about', () => {
  const named = [...CHANGING, ...ASKING, 'permissions admins'].map((line) => commandName(parseLine(line, commands).command))
  expect(new Set(named)).toEqual(new Set(commands.map(commandName)))
})

describe('where admins alone may change what the channel gets', () => {
  beforeEach(() => bot.ask('permissions admins', admin))

  test.each(CHANGING)('others may not: %s', async (line) => {
    expect(await bot.fail(line, anyone)).toMatch(/^not-allowed \| Only admins and whoever made this channel may change/)
  })

  test.each(ASKING)('all may: %s', async (line) => {
    for (const asker of [anyone, guest]) {
      expect(await bot.fail(line, asker).catch(() => '')).not.toMatch(/admins|guest/)
    }
  })

  test('admins may, and a thread is the channel’s', async () => {
    await bot.ask('follow topic moths --confirm yes', admin)
    expect(await bot.fail('follow topic lamps --for thread', { ...anyone, thread: '1.2' })).toContain('Only admins')
  })

  test('everybody may for themselves', async () => {
    const { text } = await bot.ask('follow topic moths --for me --confirm yes', anyone)
    expect(text).toContain('in your direct messages')
  })

  test('what is asked back is not even asked of somebody who may not', async () => {
    expect(await bot.fail('follow topic moths', anyone)).toContain('have it in your direct messages: add --for me')
  })
})

describe('where everyone may change what the channel gets', () => {
  test.each(CHANGING)('a guest may not: %s', async (line) => {
    expect(await bot.fail(line, guest)).toContain('You are a guest here')
  })

  test('others may', async () => {
    await bot.ask('follow topic moths --confirm yes', anyone)
    expect((await bot.ask('following', guest)).text).toContain('moths')
  })
})

describe('permissions', () => {
  test('says who changed it, and what it was before', async () => {
    const { reply, text } = await bot.ask('permissions admins', admin)
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Ada changed who may change what this channel gets: admins and whoever made this channel now.')
    expect(text).toContain('Before: everyone in it.')
    expect(await changes()).toBe('admins')
    await bot.ask('permissions everyone', admin)
    expect(await changes()).toBe('everyone')
  })

  test('shows it to all, with a button for those who may', async () => {
    expect((await bot.ask('permissions', admin)).actions).toEqual([{ label: 'Admins only', command: 'permissions admins' }])
    const shown = await bot.ask('permissions', guest)
    expect(shown.text).toContain('may be changed by everyone in it')
    expect(shown.actions).toEqual([])
  })

  test('set to what it is changes nothing, and is told to nobody else', async () => {
    expect((await bot.ask('permissions everyone', admin)).reply.visibility).toBe('private')
  })

  test.each(['everyone', 'admins'])('is set by admins alone, where it is “%s” too', async (before) => {
    await bot.ask(`permissions ${before}`, admin)
    expect(await bot.fail('permissions admins', anyone)).toContain('Only admins')
    expect(await bot.fail('permissions everyone', anyone)).toContain('Only admins')
    expect(await bot.fail('permissions everyone', as('Eve', { guest: true, admin: true }))).toContain('You are a guest here')
    expect(await changes()).toBe(before)
  })

  test('says what to mend where the platform does not tell who is an admin', async () => {
    const untold = as('Bob', { untold: 'The app needs the scope users:read.' })
    expect(await bot.fail('permissions admins', untold)).toContain('The app needs the scope users:read.')
    expect((await bot.ask('permissions', untold)).text).toContain('The app needs the scope users:read.')
  })

  test('makes no difference in direct messages, nor where there are no admins', async () => {
    expect((await bot.ask('permissions admins', as('Ada', { admin: true, alone: true }))).text).toContain('your direct messages')
    expect((await bot.ask('permissions admins')).text).toContain('There are no admins here')
    expect(await changes()).toBe('everyone')
  })
})

describe('on Discord', () => {
  const destination = { platform: 'discord', workspace: 'G1', channel: 'C1' } as const
  const there = (name: string, rights: Partial<Rights> = {}) => ({ ...as(name, rights), destination })

  test.each(CHANGING)('who does not manage the channel may not, unless it chose otherwise: %s', async (line) => {
    expect(await bot.fail(line, there('Bob'))).toMatch(/^not-allowed \| Only people with Manage Channels may change/)
  })

  test.each(ASKING)('everybody may: %s', async (line) => {
    const answer = await bot.ask(line, there('Bob')).catch((error: Error) => error.message)
    expect(answer).not.toContain('Manage Channels may')
  })

  test('“everyone” opens it, and “admins” closes it again', async () => {
    const chief = there('Ada', { admin: true })
    const { text } = await bot.ask('permissions everyone', chief)
    expect(text).toContain('everyone in it now. Before: people with Manage Channels.')
    expect(text).not.toContain('guests')
    await bot.ask('follow topic moths --confirm yes', there('Bob'))
    await bot.ask('permissions admins', chief)
    expect(await bot.fail('unfollow 1', there('Bob'))).toContain('Manage Channels')
    expect(await changes(destination)).toBe('admins')
  })

  test('what is for oneself alone is one’s own', async () => {
    const direct = async () => ({ platform: 'discord', workspace: 'direct', channel: 'D1' }) as const
    const answer = await bot.ask('follow topic moths --for me --confirm yes', { ...there('Bob'), direct })
    expect(answer.text).toContain('in your direct messages')
  })
})

test('nobody else may be named', async () => {
  expect(await bot.fail('permissions nobody')).toContain('“permissions” takes everyone or admins, not “nobody”.')
})
