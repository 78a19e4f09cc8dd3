// All ways to ask on Slack, from outside: mentions, direct messages, the shortcut, progress; each answered once and where it belongs.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

const BOT = '<@U0BOTT0LAB>'
const DIRECT = 'D0ALICE'

interface Message {
  readonly ts: string
  readonly channel: string
  readonly thread_ts?: string
  readonly ephemeral_to?: string
  readonly history?: readonly { readonly text: string }[]
  readonly blocks?: readonly unknown[]
}

/** All buttons within blocks that run a command. */
function buttonsIn(of: unknown): { readonly action_id: string; readonly value: string }[] {
  if (typeof of !== 'object' || of === null) return []
  const { action_id, value } = of as { action_id?: unknown; value?: unknown }
  const own =
    typeof action_id === 'string' && typeof value === 'string' && action_id.startsWith('run:') ? [{ action_id, value }] : []
  return [...own, ...Object.values(of).flatMap(buttonsIn)]
}

describe.skipIf(!hasFakes)('asking on Slack', () => {
  const running = slackAndBot()
  let stamps = 0

  /** What becomes visible by doing this, once the bot has made these calls, however busy the machine is, and is quiet again. */
  async function heard(ask: () => Promise<unknown>, calls?: object): Promise<Message[]> {
    const all = async () => (await running.slack.ctl('messages', {})).messages as Message[]
    const before = new Set((await all()).map(({ ts }) => ts))
    const since = (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
    await ask()
    if (calls) expect((await running.slack.ctl('wait', { ...calls, since, timeout_ms: 60_000 })).ok).toBe(true)
    await running.slack.ctl('idle', { quiet_ms: 1500 })
    return (await all()).filter(({ ts }) => !before.has(ts))
  }
  function event(fields: object, options: object = {}) {
    const ts = `1795000000.${String(++stamps).padStart(6, '0')}`
    return running.slack.ctl('event', { event: { user: 'U0ALICE', ts, ...fields }, single: true, ...options })
  }
  const mention = (text: string, fields: object = {}, options: object = {}) =>
    event({ type: 'app_mention', channel: CHANNEL, text, ...fields }, options)
  const write = (text: string, fields: object = {}) =>
    event({ type: 'message', channel: DIRECT, channel_type: 'im', text, ...fields })
  /** A message that is there, whose timestamp a mention or a thread may bear: the stand-in keeps only what the bot said. */
  async function aMessage(): Promise<string> {
    const [said] = await heard(() =>
      running.slack.ctl('command', { command: '/papers', text: 'paper 2303.13506', channel: CHANNEL }),
    )
    return said!.ts
  }

  test('a mention in a channel is answered in its thread, whatever stands before it', async () => {
    const ts = await aMessage()
    const said = await heard(() => mention(`Hello ${BOT} paper <https://arxiv.org/abs/2210.01117|this one>`, { ts }))
    expect(said).toMatchObject([{ channel: CHANNEL, thread_ts: ts }])
    expect(JSON.stringify(said)).toContain('Omnigrok')
  })

  test('a mention in a thread is answered there, phones’ quotes and all', async () => {
    const thread = await aMessage()
    const said = await heard(() =>
      mention(`${BOT} search “sparse autoencoder” score:&gt;=0 OR “sparse autoencoder”`, { thread_ts: thread }),
    )
    expect(said).toMatchObject([{ channel: CHANNEL, thread_ts: thread }])
    expect(JSON.stringify(said)).toContain('sparse autoencoder')
  })

  test('a mention that says nothing is answered with help, and a mistake with what is wrong, to the person alone', async () => {
    const help = await heard(() => mention(BOT))
    expect(help[0]).toMatchObject({ channel: CHANNEL, ephemeral_to: 'U0ALICE' })
    expect(JSON.stringify(help)).toContain('What you can ask')
    const mistake = await heard(() => mention(`${BOT} serch moths`))
    expect(mistake).toMatchObject([{ ephemeral_to: 'U0ALICE' }])
    expect(JSON.stringify(mistake)).toContain('serch')
  })

  test('pages of a mention’s answer are turned in its place', async () => {
    const thread = await aMessage()
    const [first] = await heard(() => mention(`${BOT} search network`, { thread_ts: thread }))
    const next = buttonsIn(first?.blocks).find(({ value }) => value === 'search network --page 2')
    expect(next).toBeDefined()
    const pressed = { message_ts: first!.ts, ...next }
    expect(await heard(() => running.slack.ctl('action', pressed))).toEqual([])
    const { messages } = await running.slack.ctl('messages', { channel: CHANNEL })
    expect(messages.find(({ ts }: Message) => ts === first!.ts).history).toHaveLength(1)
  })

  test('an event that comes again is answered once', async () => {
    const thread = await aMessage()
    const event_id = 'Ev0REPEATED'
    const said = await heard(async () => {
      for (const retry_num of [undefined, 1, 2]) {
        await mention(`${BOT} paper 2303.13506`, { thread_ts: thread, ts: '1795000001.000001' }, { event_id, retry_num })
      }
    })
    expect(said).toHaveLength(1)
  })

  test('each direct message is a command, answered there: mistakes too, and in a thread in that', async () => {
    await running.slack.ctl('channel', { id: DIRECT, team: 'T0LAB', is_im: true, is_member: true })
    const said = await heard(() => write('/papers author Eric J. Michaud'))
    expect(said.map(({ channel, ephemeral_to: alone, thread_ts: thread }) => [channel, alone, thread])).toEqual([
      [DIRECT, undefined, undefined],
    ])
    expect(await heard(() => write('serch moths'))).toMatchObject([{ channel: DIRECT }])
    expect(await heard(() => write('paper 2303.13506', { thread_ts: said[0]!.ts }))).toMatchObject([
      { channel: DIRECT, thread_ts: said[0]!.ts },
    ])
  })

  test('what a button looks up is for whoever pressed it in a channel, and stays in direct messages', async () => {
    const pressed = { message_ts: await aMessage(), action_id: 'run:0', user: 'U0BOB' }
    const inChannel = await heard(() => running.slack.ctl('action', pressed))
    expect(inChannel).toMatchObject([{ channel: CHANNEL, ephemeral_to: 'U0BOB' }])
    const [asked] = await heard(() => write('paper 2303.13506'))
    const direct = await heard(() => running.slack.ctl('action', { message_ts: asked!.ts, action_id: 'run:0' }))
    expect(direct).toHaveLength(1)
    expect(direct[0]?.ephemeral_to).toBeUndefined()
  })

  test('what bots say, what is edited and what Slack notes is no question', async () => {
    const said = await heard(async () => {
      await write('paper 2303.13506', { bot_id: 'B0OTHER' })
      await write('paper 2303.13506', { user: 'U0BOTT0LAB', bot_id: 'B0BOTT0LAB' })
      await write('paper 2303.13506', { subtype: 'message_changed' })
      await write('paper 2303.13506', { channel: CHANNEL, channel_type: 'channel' })
      await mention(`${BOT} paper 2303.13506`, { edited: { user: 'U0ALICE', ts: '1795000002.000001' } })
      await mention(`${BOT} paper 2303.13506`, { user: 'U0BOTT0LAB', bot_id: 'B0BOTT0LAB' })
    })
    expect(said).toEqual([])
  })

  test('the shortcut shows what papers a message names, to the person alone, in threads too', async () => {
    const ts = await aMessage()
    const shortcut = { callback_id: 'lookup_papers' }
    const outside = await heard(() => running.slack.ctl('shortcut', { ...shortcut, message_ts: ts }))
    expect(outside).toMatchObject([{ channel: CHANNEL, ephemeral_to: 'U0ALICE' }])
    expect(JSON.stringify(outside)).toContain('The Quantization Model')
    const [reply] = await heard(() => mention(`${BOT} paper 2210.01117`, { thread_ts: ts }))
    const inside = await heard(() => running.slack.ctl('shortcut', { ...shortcut, message_ts: reply!.ts }))
    expect(inside).toMatchObject([{ thread_ts: ts, ephemeral_to: 'U0ALICE' }])
    expect(JSON.stringify(inside)).toContain('Omnigrok')
  })

  test('what is pressed in the Home tab is answered in direct messages', async () => {
    await write('follow topic lamps --cadence now --confirm yes')
    await running.slack.ctl('idle', { quiet_ms: 1500 })
    await event({ type: 'app_home_opened', channel: DIRECT, tab: 'home' })
    await running.slack.ctl('idle', { quiet_ms: 1500 })
    const [[, home]] = (await running.slack.ctl('views', {})).homes
    const [button] = buttonsIn(home.blocks)
    const said = await heard(() => running.slack.ctl('action', { view_id: home.id, ...button }))
    expect(said[0]?.channel).toMatch(/^D/)
    expect(said[0]?.ephemeral_to).toBeUndefined()
  })

  test('what takes long says that it is under way: a note that stays, or a message that the answer takes the place of', async () => {
    const people = ['ALICE', 'BOB', 'CAROL', 'DAN'].map((name) => ({
      id: `U0${name}`,
      name: name.toLowerCase(),
      tz: 'Europe/Berlin',
    }))
    await running.slack.ctl('team', { id: 'T0LAB', users: people })
    const thread = await aMessage()
    const slow = { kind: 'slow', method: 'users.info', delay_ms: 1800, times: 1 }
    await running.slack.ctl('fault', slow)
    const slash = await heard(
      () => running.slack.ctl('command', { command: '/papers', text: 'paper 2303.13506', channel: CHANNEL, user: 'U0CAROL' }),
      { kind: 'response_url', count: 2 },
    )
    expect(slash.map((message) => [JSON.stringify(message).includes('Looking …'), message.ephemeral_to])).toEqual([
      [true, 'U0CAROL'],
      [false, undefined],
    ])
    await running.slack.ctl('fault', slow)
    const said = await heard(() => mention(`${BOT} paper 2303.13506`, { user: 'U0DAN', thread_ts: thread }), {
      method: 'chat.update',
    })
    expect(said).toMatchObject([{ thread_ts: thread, history: [{ text: 'Looking …' }] }])
    expect(JSON.stringify(said[0]?.blocks)).toContain('Quantization')
  })

  test('whoever asks faster than one person may hears when to ask again', async () => {
    const help = { command: '/papers', text: 'help help', channel: CHANNEL, user: 'U0BOB' }
    const told = { kind: 'response_url', includes: 'Ask again in 1 second.', timeout_ms: 1 }
    const said = await heard(async () => {
      // However slow the machine is, it is faster than two a second.
      while (!(await running.slack.ctl('wait', told)).ok) {
        await Promise.all(Array.from({ length: 20 }, () => running.slack.ctl('command', help)))
      }
    })
    expect(said.every(({ ephemeral_to }) => ephemeral_to === 'U0BOB')).toBe(true)
  })

  test('none of Slack’s rules was broken', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
