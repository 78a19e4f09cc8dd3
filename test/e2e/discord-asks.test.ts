// What people ask on Discord, against a strict stand-in: every subcommand, completion, a message's menu, who may do what, and where.
import { describe, expect, test } from 'vitest'
import { commandName } from '#core/commands/command.ts'
import { readLine } from '#core/commands/command-line.ts'
import { optionsOf } from '#core/commands/options.ts'
import { commands } from '#core/commands/registry.ts'
import { fieldsOf } from '#core/commands/written.ts'
import { CHANNEL, discordAndBot } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

const THREAD = '3000000000000000999'
const ELSEWHERE = '2000000000000000777'
const ELSEWHERE_CHANNEL = '3000000000000000777'
const EPHEMERAL = 64

/** What somebody heard: all of it as text, and whether they alone did. */
interface Heard {
  readonly text: string
  readonly alone: boolean
  readonly deferred: boolean
  readonly message?: { readonly id: string; readonly components: object[] }
}

describe.skipIf(!hasFakes)('asking on Discord', () => {
  const running = discordAndBot()

  async function ask(sub: string, options: object = {}, fields: object = {}): Promise<Heard> {
    const [first = '', second] = sub.split(' ')
    const path = second === undefined ? { sub: first } : { group: first, sub: second }
    return heard(
      await running.discord.ctl('command', { name: 'papers', ...path, options, user: 'alice', channel: CHANNEL, ...fields }),
    )
  }

  async function press({ message }: Heard, label: string, fields: object = {}): Promise<Heard> {
    const id = new RegExp(`"label":"${label}"[^{}]*"custom_id":"((?:[^"\\\\]|\\\\.)+)"`).exec(
      JSON.stringify(message?.components),
    )?.[1]
    if (!message || id === undefined) throw new Error(`There is no button ${label} in ${JSON.stringify(message)}.`)
    const custom_id = JSON.parse(`"${id}"`)
    return heard(await running.discord.ctl('component', { message_id: message.id, custom_id, user: 'alice', ...fields }))
  }

  async function complete(sub: string, focus: string, value: string, options: object = {}): Promise<string[]> {
    const [first = '', second] = sub.split(' ')
    const path = second === undefined ? { sub: first } : { group: first, sub: second }
    const typing = { name: 'papers', ...path, focus, options: { ...options, [focus]: value }, user: 'alice', channel: CHANNEL }
    const { choices } = await running.discord.ctl('autocomplete', typing)
    return choices.map((choice: { value: string }) => choice.value)
  }

  test('who does not manage the channel may ask, and not change what it gets, unless it is opened', async () => {
    const bob = { user: 'bob' }
    expect((await ask('search', { query: 'network' }, bob)).alone).toBe(false)
    const refused = await ask('follow topic', { query: 'moths' }, bob)
    expect(refused.text).toContain('Only people with Manage Channels may change')
    expect(refused.alone).toBe(true)
    expect((await ask('permissions', { who: 'everyone' }, bob)).text).toContain('Only people with Manage Channels')
    await ask('permissions', { who: 'everyone' })
    const asked = await ask('follow topic', { query: 'moths' }, bob)
    await ask('permissions', { who: 'admins' })
    // It is looked at again with every press.
    expect((await press(asked, 'Follow', bob)).text).toContain('Only people with Manage Channels may change')
    expect((await press(asked, 'Follow')).text).toContain('Followed here now')
  })

  test('an answer that takes long is told to come, and heard by those alone whom it is for', async () => {
    const slow = { kind: 'slow', route: 'POST /users/@me/channels', delay_ms: 1500, times: 1 }
    await running.discord.ctl('fault', slow)
    const expected = await ask('following', { for: 'me' }, { user: 'bob' })
    expect(expected).toMatchObject({ alone: true, deferred: true })
    expect(expected.text).toContain('Nothing is followed')
    await running.discord.ctl('fault', slow)
    // All are told that this comes, and then it is for one alone.
    const unexpected = await ask('digest daily', { zone: 'berlin', for: 'me' }, { timeout_ms: 3000 })
    expect(unexpected).toMatchObject({ alone: true, deferred: true })
    expect(unexpected.text).toContain('set the digest in your direct messages')
  })

  test.each([{ kind: '500' }, { kind: 'reset' }, { kind: '429', retry_after: 0.3 }, { kind: 'slow', delay_ms: 1500 }])(
    'a fault on the way of the answer is overcome: $kind',
    async (fault) => {
      await running.discord.ctl('fault', { ...fault, route: 'POST /interactions/:id/:token/callback', times: 1 })
      expect((await ask('search', { query: 'network' })).text).toContain('network')
    },
  )

  test.each(everyExample())('an example of %s is answered: %s', async (name, _, options) => {
    const { text } = await ask(name, options, { settle_ms: 20 })
    expect(text).not.toContain('Something went wrong')
    expect(text).not.toContain('did not take')
    expect(text.length).toBeGreaterThan(20)
  })

  test('help names commands as they are typed', async () => {
    const { text, alone } = await ask('help')
    expect(text).toContain('/papers follow topic')
    expect(alone).toBe(true)
  })

  test('authors, categories, zones, commands and what is followed are completed', async () => {
    await press(await ask('follow topic', { query: 'lamps' }), 'Follow')
    expect(await complete('author', 'name', 'eric')).toContain('Eric J. Michaud')
    expect(await complete('follow category', 'category', 'cs.l')).toContain('cs.LG')
    expect(await complete('digest weekly', 'zone', 'berl')).toEqual(['Europe/Berlin'])
    expect(await complete('help', 'command', 'follow t')).toEqual(['follow topic'])
    expect(await complete('unfollow', 'target', 'lam')).toEqual(['lamps'])
    expect(await complete('unfollow', 'target', 'lam', { for: 'me' })).toEqual([])
  })

  test('a page is turned in place, where they alone see it too', async () => {
    const first = await ask('search', { query: 'network' })
    const second = await press(first, 'Next')
    expect(second.message?.id).toBe(first.message?.id)
    const back = await press(second, 'Previous')
    expect(back.message?.id).toBe(first.message?.id)
  })

  test('BibTeX is a file, for them alone', async () => {
    const { text, alone } = await ask('export', { format: 'bibtex', paper: '2303.13506' })
    expect(text).toContain('attachment://papers.bib')
    expect(text).toContain('@')
    expect(alone).toBe(true)
  })

  test('a message’s menu shows the papers that it names, to them alone', async () => {
    const { discord } = running
    // The stand-in has no such menu; an interaction that nobody answers lends its token.
    const { records: before } = await discord.ctl('log')
    const lent = discord.ctl('modal_submit', {
      custom_id: 'lent',
      values: {},
      user: 'alice',
      channel: CHANNEL,
      expect_failure: true,
    })
    const { records } = await discord.ctl('wait', { kind: 'interaction', since: before.at(-1).seq })
    const { id, token } = await discord.ctl('interaction', { id: records[0].interaction })
    const message = {
      id: '8000000000000000001',
      channel_id: CHANNEL,
      type: 0,
      content: 'See https://arxiv.org/abs/2303.13506',
      flags: 0,
    }
    const user = { id: '5000000000000000001', username: 'alice', discriminator: '0' }
    const said = { ...message, embeds: [], components: [], attachments: [], mentions: [], author: user }
    const data = {
      id: '1',
      name: 'Look up papers in this message',
      type: 3,
      target_id: said.id,
      resolved: { messages: { [said.id]: said } },
    }
    const member = { user, roles: [], permissions: '0', joined_at: '2024-01-01T00:00:00Z' }
    const where = {
      guild_id: '2000000000000000001',
      channel_id: CHANNEL,
      authorizing_integration_owners: { 0: '2000000000000000001' },
    }
    const d = {
      id,
      token,
      application_id: '1',
      type: 2,
      version: 1,
      data,
      member,
      entitlements: [],
      context: 0,
      ...where,
    }
    await discord.ctl('dispatch', { t: 'INTERACTION_CREATE', d, guild_id: where.guild_id })
    const { text, alone } = heard(await lent)
    expect(text).toContain('1 paper named here')
    expect(alone).toBe(true)
  })

  test('a digest asks for a time zone, and knows it then', async () => {
    const bob = { user: 'bob' }
    const asked = await ask('digest daily', { for: 'me' }, bob)
    expect(asked.text).toContain('does not say which time zone')
    expect((await ask('digest daily', { for: 'me', zone: 'berlin' }, bob)).text).toContain('Europe/Berlin')
    expect((await ask('digest monthly', { for: 'me' }, bob)).text).toContain('Europe/Berlin')
  })

  test('direct messages are their own', async () => {
    const direct = { user: 'bob', channel: await directOf('bob'), context: 1 }
    expect((await ask('permissions', {}, direct)).text).toContain('your direct messages')
    expect((await ask('digest off', {}, direct)).text).toContain('turned the digest')
  })

  test('in a server that they alone brought it to, direct messages are offered', async () => {
    const brought = { user_install: true, user: 'bob' }
    const offered = await ask('follow topic', { query: 'lanterns' }, brought)
    expect(offered.text).toContain('cannot post here')
    expect(offered.alone).toBe(true)
    const asked = await press(offered, 'In my direct messages', brought)
    expect((await press(asked, 'Follow', brought)).text).toContain('Followed in your direct messages')
    expect((await ask('search', { query: 'network' }, brought)).text).toContain('network')
  })

  test('a thread is a place of its own', async () => {
    await running.discord.ctl('channel', {
      id: THREAD,
      type: 11,
      guild_id: '2000000000000000001',
      parent_id: CHANNEL,
      name: 'moths',
      thread_metadata: { archived: false, auto_archive_duration: 1440, archive_timestamp: '2026-01-01T00:00:00Z', locked: false },
    })
    const there = { channel: THREAD }
    const asked = await ask('follow topic', { query: 'cocoons', for: 'thread' }, there)
    await press(asked, 'Follow', there)
    expect((await ask('following', { for: 'thread' }, there)).text).toContain('cocoons')
    expect((await ask('following', {})).text).toContain('in a thread')
  })

  test('what one server follows is not seen in another', async () => {
    const channels = [{ id: ELSEWHERE_CHANNEL, type: 0, name: 'elsewhere', guild_id: ELSEWHERE }]
    await running.discord.ctl('guild_create', { id: ELSEWHERE, name: 'Elsewhere', channels })
    expect((await ask('following', {})).text).toContain('lamps')
    const there = await ask('following', {}, { channel: ELSEWHERE_CHANNEL })
    expect(there.text).toContain('Nothing is followed')
    expect(there.text).not.toContain('lamps')
    expect((await ask('unfollow', { target: '1' }, { channel: ELSEWHERE_CHANNEL })).text).toContain('Nothing is followed')
  })

  test('nothing of it broke one of Discord’s rules, or was left without an answer', async () => {
    const { violations } = await running.discord.ctl('stop')
    expect(violations).toEqual([])
  })

  /** The channel in which the bot writes to somebody. */
  async function directOf(name: string): Promise<string> {
    const { channels } = await running.discord.ctl('channels')
    const channel = channels.find(({ recipients }: { recipients?: { username: string }[] }) => recipients?.[0]?.username === name)
    return channel.id
  }
})

/** Each example of each subcommand, with its options as Discord would send them. */
function everyExample(): [name: string, example: string, options: object][] {
  return commands
    .filter(({ path }) => path[0] !== 'lookup')
    .flatMap((command) =>
      command.examples.map((example): [string, string, object] => {
        const { options } = readLine(example, commands)
        const given = fieldsOf(command).flatMap(({ name, kind }) => {
          const value = options[name]
          if (value === undefined) return []
          // No feed is read but on loopback, which is refused.
          if (name === 'url') return [[name, 'http://127.0.0.1:9/feed']]
          const choice = optionsOf(command).find((option) => option.name === name && option.kind === 'choice')
          return [[name, kind === 'number' ? Number(value) : choice ? value.toLowerCase() : value]]
        })
        return [commandName(command), example, Object.fromEntries(given)]
      }),
    )
}

// biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
function heard(result: any): Heard {
  if (result.error !== undefined || !result.acked) throw new Error(JSON.stringify(result))
  const { callback, original, followups } = result
  const shown = [...(original?.deleted ? [] : [original]), ...followups]
  const flags = callback.type === 7 ? 0 : ((shown.at(-1)?.flags ?? 0) as number)
  return {
    text: JSON.stringify(shown.map((message) => message?.components)).replaceAll('\\\\', ''),
    alone: shown.every((message) => message?.ephemeral === true) || (flags & EPHEMERAL) !== 0,
    deferred: callback.type === 5 || callback.type === 6,
    message: callback.type === 7 || callback.type === 4 ? original : shown.at(-1),
  }
}
