import { text } from 'node:stream/consumers'
import { REST, SnowflakeUtil } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { createApi, restOptions } from '#adapters/chat/discord/deliver/api.ts'
import { createDeliveries } from '#adapters/chat/discord/deliver/delivery.ts'
import { markOfDelivery } from '#adapters/chat/discord/render/custom-id.ts'
import type { Delivery } from '#core/delivery.ts'
import type { Block } from '#core/reply.ts'
import { type ChannelSettings, DEFAULT_SETTINGS } from '#core/settings.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

const GUILD = '2000000000000000001'
const CHANNEL = '3000000000000000002'
const PARENT = '7000000000000000001'
const POSTED = '7000000000000000002'
const PERSON = '5000000000000000001'
const ROLE = '8000000000000000001'
const FIRST_TRY = '2026-09-24T11:50:00Z'

const BLOCKS: readonly Block[] = [
  { kind: 'heading', spans: [{ text: 'Weekly digest · Sep 17 – Sep 24' }] },
  { kind: 'prose', spans: [{ text: 'New.' }] },
]

const delivery: Delivery = {
  id: 1,
  dedupeKey: 'the-key',
  destination: { platform: 'discord', workspace: GUILD, channel: CHANNEL },
  kind: 'digest',
  subject: '1',
  part: 0,
  blocks: BLOCKS,
  state: 'uncertain',
  attempt: 1,
  fence: 1,
  firstTryAt: FIRST_TRY,
  notBefore: FIRST_TRY,
  createdAt: FIRST_TRY,
}
const part: Delivery = { ...delivery, dedupeKey: 'part', part: 1, parentRef: PARENT }

type Answer = object | readonly [status: number, code: number]
type Body = { readonly [name: string]: unknown; readonly components?: { readonly content?: string }[] }

const TEXT = { id: CHANNEL, type: 0 }
const NEWS = { id: CHANNEL, type: 5 }
const FORUM = { id: CHANNEL, type: 15 }
const posting = `POST /channels/${CHANNEL}/messages`
const reading = `GET /channels/${CHANNEL}/messages`
const looking = `GET /channels/${CHANNEL}`
const beginning = `POST /channels/${CHANNEL}/messages/${PARENT}/threads`
const inThread = `POST /channels/${PARENT}/messages`
const opening = `PATCH /channels/${PARENT}`

const marked = (id: string, key = 'the-key') => ({
  id,
  components: [{ type: 1, components: [{ type: 2, custom_id: `0#${markOfDelivery(key)}|help` }] }],
})
/** The id of something posted minutes after the first try, or before it. */
const idAt = (minutes: number) =>
  `${SnowflakeUtil.generate({ timestamp: Temporal.Instant.from(FIRST_TRY).add({ minutes }).epochMilliseconds })}`

/** Discord that answers a call with these, one after the other, then with the last again; nothing else is there. */
async function discordThat(answers: Readonly<Record<string, readonly Answer[]>>, settings: Partial<ChannelSettings> = {}) {
  const asked: { readonly call: string; readonly body: Body; readonly query: URLSearchParams }[] = []
  const server = await aServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://discord')
    const call = `${request.method} ${pathname.slice('/api/v10'.length)}`
    const said = await text(request)
    const times = asked.filter((one) => one.call === call).length
    asked.push({ call, body: said === '' ? {} : JSON.parse(said), query: searchParams })
    const answer = answers[call]?.[times] ?? answers[call]?.at(-1) ?? [404, 0]
    const [status, body] = Array.isArray(answer) && typeof answer[0] === 'number' ? refusal(answer) : [200, answer]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const { clock, pass } = aTimer()
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const deliveries = createDeliveries({
    api: createApi(new REST({ api: `${server.url}/api`, ...restOptions }).setToken('token')),
    phrases: { keep: async () => undefined, get: async () => undefined },
    channels: { get: async () => ({ ...DEFAULT_SETTINGS, ...settings }) },
    now: clock.now,
    log,
  })
  return {
    ...deliveries,
    asked,
    calls: () => asked.map(({ call }) => call),
    bodyOf: (call: string) => asked.findLast((one) => one.call === call)?.body,
    pass,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function refusal([status, code]: readonly number[]): [number, object] {
  return [status ?? 500, { code, message: 'No.' }]
}

describe('a message', () => {
  test('is posted with a nonce, a mark, and nobody mentioned', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [posting]: [{ id: POSTED }] })
    expect(await discord.post(delivery)).toBe(POSTED)
    const body = discord.bodyOf(posting)
    expect(body).toMatchObject({ enforce_nonce: true, allowed_mentions: { parse: [] }, flags: 32_768 })
    expect(body?.nonce).toMatch(/^[\w-]{24}$/)
    expect(JSON.stringify(body)).toContain(markOfDelivery('the-key'))
  })

  test('goes to a channel that is known for some minutes', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [posting]: [{ id: POSTED }] })
    for (const _ of [1, 2]) await discord.post(delivery)
    expect(discord.calls()).toEqual([looking, posting, posting])
    discord.pass(11 * 60_000)
    await discord.post(delivery)
    expect(discord.calls().slice(3)).toEqual([looking, posting])
  })

  test('may be posted again where the channel could not be looked at', async () => {
    await using discord = await discordThat({ [looking]: [[500, 0]] })
    await expect(discord.post(delivery)).rejects.toMatchObject({ kind: 'transient' })
  })

  test.each([
    [[404, 10_003], 'gone'],
    [[403, 50_001], 'forbidden'],
  ])('to a channel that answers %j fails as %s', async (answer, kind) => {
    await using discord = await discordThat({ [looking]: [answer] })
    await expect(discord.post(delivery)).rejects.toMatchObject({ kind })
  })

  test('to a person by their own id goes to their direct messages', async () => {
    const direct = '5000000000000000008'
    await using discord = await discordThat({
      [`GET /channels/${PERSON}`]: [[404, 10_003]],
      'POST /users/@me/channels': [{ id: direct, type: 1 }],
      [`POST /channels/${direct}/messages`]: [{ id: POSTED }],
    })
    const destination = { ...delivery.destination, channel: PERSON }
    expect(await discord.post({ ...delivery, kind: 'notice', destination })).toBe(POSTED)
    await expect(discord.post({ ...delivery, destination: { ...destination, channel: CHANNEL } })).rejects.toThrow()
  })
})

describe('a part', () => {
  test('stands in the thread of the first, which is begun once and named by its heading', async () => {
    await using discord = await discordThat({
      [looking]: [TEXT],
      [posting]: [{ id: PARENT }],
      [beginning]: [{ id: PARENT }],
      [inThread]: [{ id: POSTED }],
    })
    await discord.post(delivery)
    expect(await discord.post(part)).toBe(POSTED)
    await discord.post({ ...part, dedupeKey: 'another' })
    expect(discord.calls()).toEqual([looking, posting, beginning, inThread, inThread])
    expect(discord.bodyOf(beginning)).toEqual({ name: 'Weekly digest · Sep 17 – Sep 24' })
  })

  test.each([[[400, 160_004]], [[404, 10_008]]])(
    'finds the thread that is there, where beginning it is answered %j',
    async (answer) => {
      await using discord = await discordThat({ [looking]: [TEXT], [beginning]: [answer], [inThread]: [{ id: POSTED }] })
      expect(await discord.post(part)).toBe(POSTED)
    },
  )

  test('stands in the channel where the bot may begin no threads, which is not tried each time', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [beginning]: [[403, 50_013]], [posting]: [{ id: POSTED }] })
    expect(await discord.post(part)).toBe(POSTED)
    await discord.post({ ...part, parentRef: POSTED })
    expect(discord.calls()).toEqual([looking, beginning, posting, posting])
  })

  test('answers the first in direct messages, which have no threads', async () => {
    await using discord = await discordThat({ [posting]: [{ id: POSTED }] })
    const destination = { ...delivery.destination, workspace: 'direct' }
    await discord.post({ ...part, destination })
    expect(discord.bodyOf(posting)?.message_reference).toEqual({ message_id: PARENT, fail_if_not_exists: false })
  })

  test('opens a thread that was archived, once', async () => {
    const answers = { [looking]: [TEXT], [beginning]: [{ id: PARENT }], [inThread]: [[400, 50_083], { id: POSTED }] }
    await using discord = await discordThat({ ...answers, [opening]: [{ id: PARENT }] })
    expect(await discord.post(part)).toBe(POSTED)
    expect(discord.bodyOf(opening)).toEqual({ archived: false })
    await using closed = await discordThat({ ...answers, [opening]: [[403, 50_013]] })
    await expect(closed.post(part)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('dies with its thread alone, and waits where the channel is gone too', async () => {
    const answers = { [beginning]: [{ id: PARENT }], [inThread]: [[404, 10_003]] as const }
    await using discord = await discordThat({ ...answers, [looking]: [TEXT] })
    await expect(discord.post(part)).rejects.toMatchObject({ kind: 'rejected', message: 'The thread is gone.' })
    await using without = await discordThat({ ...answers, [looking]: [TEXT, [404, 10_003]] })
    await expect(without.post(part)).rejects.toMatchObject({ kind: 'gone' })
  })
})

test('what is followed in a thread is posted there, without a look at the channel', async () => {
  await using discord = await discordThat({ [inThread]: [{ id: POSTED }] })
  expect(await discord.post({ ...delivery, destination: { ...delivery.destination, thread: PARENT } })).toBe(POSTED)
  expect(discord.calls()).toEqual([inThread])
})

describe('in a forum', () => {
  const posts = `POST /channels/${CHANNEL}/threads`
  const tag = (id: string, name: string, moderated = false) => ({ id, name, moderated })

  test('a digest is a post, and its parts are messages there', async () => {
    await using discord = await discordThat({ [looking]: [FORUM], [posts]: [{ id: PARENT }], [inThread]: [{ id: POSTED }] })
    expect(await discord.post(delivery)).toBe(PARENT)
    const { message, ...body } = discord.bodyOf(posts) ?? {}
    expect(body).toEqual({ name: 'Weekly digest · Sep 17 – Sep 24' })
    expect(message).toMatchObject({ flags: 32_768, allowed_mentions: { parse: [] } })
    expect(await discord.post(part)).toBe(POSTED)
    expect(discord.calls()).toEqual([looking, posts, inThread])
  })

  test.each([
    [[tag('1', 'ml'), tag('2', 'Papers')], ['2']],
    [[tag('1', 'ml'), tag('2', 'digest')], ['2']],
    [[tag('1', 'papers', true), tag('2', 'ml')], ['2']],
    [[tag('1', 'papers', true)], undefined],
    [[], undefined],
  ])('that wants a tag, of %j it has %j', async (tags, applied) => {
    await using discord = await discordThat({
      [looking]: [{ ...FORUM, flags: 16, available_tags: tags }],
      [posts]: [{ id: PARENT }],
    })
    await discord.post(delivery)
    expect(discord.bodyOf(posts)?.applied_tags).toEqual(applied)
  })

  test('its tags are looked at again once they did not do', async () => {
    await using discord = await discordThat({ [looking]: [FORUM], [posts]: [[400, 40_067], { id: PARENT }] })
    await expect(discord.post(delivery)).rejects.toMatchObject({ kind: 'forbidden' })
    await discord.post(delivery)
    expect(discord.calls()).toEqual([looking, posts, looking, posts])
  })

  test('a post is edited within its thread, and linked to', async () => {
    const edited = `PATCH /channels/${PARENT}/messages/${PARENT}`
    await using discord = await discordThat({ [looking]: [FORUM], [edited]: [{ id: PARENT }] })
    await discord.edit({ ...delivery, ref: PARENT })
    expect(discord.calls()).toEqual([looking, edited])
    expect(discord.permalink(delivery.destination, PARENT)).toBe(`https://discord.com/channels/${GUILD}/${PARENT}/${PARENT}`)
  })

  const all = `GET /guilds/${GUILD}/channels`
  const active = `GET /guilds/${GUILD}/threads/active`

  test('nothing was posted where the latest post is from before', async () => {
    await using discord = await discordThat({ [looking]: [FORUM], [all]: [[{ ...FORUM, last_message_id: idAt(-10) }]] })
    expect(await discord.lookUp(delivery)).toBe('absent')
    expect(discord.calls()).toEqual([looking, all])
  })

  test('a post is found among those since the first try, by its mark', async () => {
    const [ours, theirs, latest] = [idAt(1), idAt(2), idAt(3)]
    await using discord = await discordThat({
      [looking]: [FORUM],
      [all]: [[{ ...FORUM, last_message_id: latest }]],
      [active]: [{ threads: [theirs, ours, idAt(-9)].map((id) => ({ id, parent_id: CHANNEL })) }],
      [`GET /channels/${ours}/messages/${ours}`]: [marked(ours)],
      [`GET /channels/${theirs}/messages/${theirs}`]: [marked(theirs, 'another')],
      [`GET /channels/${latest}/messages/${latest}`]: [[404, 10_008]],
    })
    expect(await discord.lookUp(delivery)).toEqual({ found: ours })
    expect(await discord.lookUp({ ...delivery, dedupeKey: 'never posted' })).toBe('absent')
  })

  test.each([50_001, 50_013])(
    'whose posts may not be read it is not known what arrived (%i), and it is not closed for that',
    async (code) => {
      const [theirs, latest] = [idAt(2), idAt(3)]
      await using discord = await discordThat({
        [looking]: [FORUM],
        [all]: [[{ ...FORUM, last_message_id: latest }]],
        [active]: [{ threads: [] }],
        [`GET /channels/${latest}/messages/${latest}`]: [[403, code]],
        [`GET /channels/${theirs}/messages/${theirs}`]: [[403, code]],
      })
      expect(await discord.lookUp(delivery)).toBe('unknown')
      expect(await discord.lookUp(delivery)).toBe('unknown')
      // It is not asked each time.
      expect(discord.calls().filter((call) => call === all)).toHaveLength(1)
    },
  )

  test('after an hour posts may be listed no more, and nobody can say', async () => {
    const latest = idAt(3)
    await using discord = await discordThat({
      [looking]: [FORUM],
      [all]: [[{ ...FORUM, last_message_id: latest }]],
      [active]: [{ threads: [] }],
      [`GET /channels/${latest}/messages/${latest}`]: [marked(latest, 'another')],
    })
    discord.pass(3_600_000)
    expect(await discord.lookUp(delivery)).toBe('unknown')
  })
})

describe('a channel for announcements', () => {
  const publishing = `POST /channels/${CHANNEL}/messages/${POSTED}/crosspost`

  test.each<[string, Partial<ChannelSettings>, Partial<Delivery>, object, number]>([
    ['publishes where it chose so', { publish: true }, {}, NEWS, 1],
    ['does not where it did not', {}, {}, NEWS, 0],
    ['publishes no notices', { publish: true }, { kind: 'notice' }, NEWS, 0],
    ['is not what another channel is', { publish: true }, {}, TEXT, 0],
  ])('%s', async (_, settings, changes, channel, times) => {
    const answers = { [looking]: [channel], [posting]: [{ id: POSTED }], [publishing]: [{}] }
    await using discord = await discordThat(answers, settings)
    await discord.post({ ...delivery, ...changes })
    expect(discord.calls().filter((call) => call === publishing)).toHaveLength(times)
  })

  test.each([[[500, 0]], [[403, 50_013]], [[429, 0]]])('keeps what it could not publish, answered %j', async (answer) => {
    await using discord = await discordThat(
      { [looking]: [NEWS], [posting]: [{ id: POSTED }], [publishing]: [answer] },
      { publish: true },
    )
    expect(await discord.post(delivery)).toBe(POSTED)
    expect(discord.calls().filter((call) => call === publishing)).toHaveLength(1)
  })
})

describe('a role', () => {
  const answers = { [looking]: [TEXT], [posting]: [{ id: POSTED }], [inThread]: [{ id: POSTED }], [beginning]: [{}] }

  test('is mentioned by a digest where the channel chose it, and by its first part alone', async () => {
    await using discord = await discordThat(answers, { mention: ROLE })
    await discord.post(delivery)
    expect(discord.bodyOf(posting)).toMatchObject({ allowed_mentions: { parse: [], roles: [ROLE] } })
    expect(discord.bodyOf(posting)?.components?.[0]?.content).toBe(`<@&${ROLE}>`)
    await discord.post(part)
    expect(discord.bodyOf(inThread)?.allowed_mentions).toEqual({ parse: [] })
  })

  test.each(['alert', 'notice'] as const)('is not mentioned by an %s', async (kind) => {
    await using discord = await discordThat(answers, { mention: ROLE })
    await discord.post({ ...delivery, kind })
    expect(discord.bodyOf(posting)?.allowed_mentions).toEqual({ parse: [] })
    expect(JSON.stringify(discord.bodyOf(posting))).not.toContain(ROLE)
  })

  test('is not mentioned again by an edit', async () => {
    const editing = `PATCH /channels/${CHANNEL}/messages/${POSTED}`
    await using discord = await discordThat({ ...answers, [editing]: [{ id: POSTED }] }, { mention: ROLE })
    await discord.edit({ ...delivery, ref: POSTED })
    expect(discord.bodyOf(editing)?.allowed_mentions).toEqual({ parse: [] })
    expect(discord.bodyOf(editing)?.components?.[0]?.content).toBe(`<@&${ROLE}>`)
  })
})

describe('a look-up', () => {
  const others = (minutes: number) => Array.from({ length: 100 }, () => marked(idAt(minutes), 'another'))

  test('finds a message by its mark, from a little before the first try on', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [reading]: [[marked(idAt(2), 'another'), marked(POSTED)]] })
    expect(await discord.lookUp(delivery)).toEqual({ found: POSTED })
    const after = discord.asked.at(-1)?.query.get('after')
    expect(SnowflakeUtil.timestampFrom(after ?? '')).toBe(Temporal.Instant.from('2026-09-24T11:48:00Z').epochMilliseconds)
  })

  test('reads a busy channel page by page', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [reading]: [others(1), others(2), [marked(POSTED)]] })
    expect(await discord.lookUp(delivery)).toEqual({ found: POSTED })
    const [, second, third] = discord.asked.filter(({ call }) => call === reading).map(({ query }) => query.get('after'))
    expect(BigInt(third ?? 0) > BigInt(second ?? 0)).toBe(true)
  })

  test('says absent only where everything was read', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [reading]: [others(1), [marked(idAt(3), 'another')]] })
    expect(await discord.lookUp(delivery)).toBe('absent')
    await using endless = await discordThat({ [looking]: [TEXT], [reading]: [others(1)] })
    expect(await endless.lookUp(delivery)).toBe('unknown')
  })

  test.each([50_001, 50_013])('cannot say where %i keeps the channel from being read, which is remembered', async (code) => {
    await using discord = await discordThat({ [looking]: [TEXT], [reading]: [[403, code]] })
    for (const _ of [1, 2]) expect(await discord.lookUp(delivery)).toBe('unknown')
    expect(discord.calls().filter((call) => call === reading)).toHaveLength(1)
    discord.pass(3_600_001)
    expect(await discord.lookUp(delivery)).toBe('unknown')
    expect(discord.calls().filter((call) => call === reading)).toHaveLength(2)
  })

  test('cannot say where Discord shows nothing of a channel in which something was posted', async () => {
    await using discord = await discordThat({ [looking]: [{ ...TEXT, last_message_id: idAt(1) }], [reading]: [[]] })
    expect(await discord.lookUp(delivery)).toBe('unknown')
    await using empty = await discordThat({ [looking]: [{ ...TEXT, last_message_id: idAt(-9) }], [reading]: [[]] })
    expect(await empty.lookUp(delivery)).toBe('absent')
  })

  test('of a part looks into the thread and, where none could be begun, into the channel', async () => {
    const thread = `GET /channels/${PARENT}/messages`
    await using discord = await discordThat({
      [looking]: [TEXT],
      [thread]: [[404, 10_003]],
      [reading]: [[marked(POSTED, 'part')]],
    })
    expect(await discord.lookUp(part)).toEqual({ found: POSTED })
    expect(discord.calls()).toEqual([looking, thread, reading])
  })

  test('that fails says nothing yet', async () => {
    await using discord = await discordThat({ [looking]: [TEXT], [reading]: [[500, 0]] })
    await expect(discord.lookUp(delivery)).rejects.toMatchObject({ code: 'delivery' })
  })
})

test('a link leads to the message in its channel or thread; there is none into direct messages', async () => {
  await using discord = await discordThat({})
  const { destination } = delivery
  expect(discord.permalink(destination, POSTED)).toBe(`https://discord.com/channels/${GUILD}/${CHANNEL}/${POSTED}`)
  const inside = { ...destination, thread: PARENT }
  expect(discord.permalink(inside, POSTED)).toBe(`https://discord.com/channels/${GUILD}/${PARENT}/${POSTED}`)
  expect(discord.permalink({ ...destination, workspace: 'direct' }, POSTED)).toBeUndefined()
})
