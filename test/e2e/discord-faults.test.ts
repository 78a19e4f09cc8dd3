// Alerts and digests on Discord while everything goes wrong that can: each fault has a place of its own, so that all wait for
// the same settle time. At the end every message is there once, and nothing waits.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CHANNEL, discordAndBot } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

const GUILD = '2000000000000000001'
const GENERAL = '3000000000000000001'
const ANNEX = '3170000000000000000'
const ROLE = '8000000000000000001'
/** Alice's direct messages, once they are open. */
const DIRECT = '5000000000000000008'
/** Threads get ids of the moment, which begin so. */
const A_THREAD = '/channels/15'

interface Fault {
  readonly kind: string
  readonly [option: string]: unknown
}

/** For one post to a channel. */
const FAULTS: readonly Fault[] = [
  { kind: '429', retry_after: 1 },
  { kind: '429', retry_after: 3 },
  { kind: '429', retry_after: 3, global: true },
  { kind: '500' },
  { kind: '500', phase: 'after' },
  { kind: '502' },
  { kind: '502', phase: 'after' },
  { kind: '503' },
  { kind: 'reset' },
  { kind: 'reset', phase: 'after' },
  { kind: 'hang' },
  { kind: 'hang', phase: 'after' },
  { kind: 'error', code: 50_035 },
  { kind: 'error', code: 130_000 },
]
/** For a post in a forum, which has no nonce. */
const OF_POSTS: readonly Fault[] = [
  { kind: '429', retry_after: 3 },
  { kind: '500' },
  { kind: '500', phase: 'after' },
  { kind: '503' },
  { kind: 'reset' },
  { kind: 'reset', phase: 'after' },
  { kind: 'hang' },
  { kind: 'hang', phase: 'after' },
]
/** What a channel may become, and what mends it. */
const CLOSED = [
  { code: 50_013, http: 403, becomes: { deny: 50_013 }, mended: { deny: 0 } },
  { code: 50_001, http: 403, becomes: { deny: 50_001 }, mended: { deny: 0 } },
  { code: 10_003, http: 404, becomes: { delete: true }, mended: {} },
]

/** Milliseconds: longer than a settle time after the last of several passes. */
const LONGEST = 240_000
const within = { timeout: LONGEST - 20_000, interval: 2000 }
const TAG = { id: '4000000000000000001', name: 'Papers', moderated: false, emoji_id: null, emoji_name: null }
const text = { type: 0 }
const forum = { type: 15, flags: 16, available_tags: [TAG] }
const news = { type: 5 }

const numbered = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${first}${String(at).padStart(4, '0')}`)
const alerted = numbered('310000000000000', FAULTS.length)
const closed = numbered('311000000000000', CLOSED.length)
const forums = numbered('312000000000000', OF_POSTS.length)
const threads = numbered('313000000000000', 3)
const digested = numbered('314000000000000', FAULTS.length)
const digestForums = numbered('315000000000000', 3)
const mentioning = digested.slice(0, 3)
const [published = '', unpublished = ''] = numbered('316000000000000', 2)
const titles = Array.from({ length: 15 }, (_, at) => `Lanterns ${String(at + 1).padStart(2, '0')}`)

/** Where people talk in a forum. */
const postIn = (forumId: string) => `39${forumId.slice(2)}`

interface Message {
  readonly id: string
  readonly channel_id: string
  readonly flags: number
  readonly ephemeral: boolean
  readonly allowed_mentions: { readonly roles?: readonly string[] }
}

describe.skipIf(!hasFakes)('Discord, while posts fail', () => {
  const running = discordAndBot({ soon: true })
  const ctl = (command: string, fields: object = {}) => running.discord.ctl(command, fields)

  async function say(channel: string, sub: string, options: object, includes: string, group?: string) {
    const command = { name: 'papers', sub, options, channel, ...(group !== undefined && { group }) }
    const { original } = await ctl('command', command)
    expect(JSON.stringify(original), `${sub} in ${channel}`).toContain(includes)
    return original
  }
  async function follow(channel: string, query: string, cadence: 'now' | 'digest', place = 'here') {
    const { id, components } = await say(channel, 'topic', { query, cadence, for: place }, '--confirm yes', 'follow')
    const [, confirm] = JSON.stringify(components).match(/"custom_id":"(0\|[^"]*--confirm yes[^"]*)"/) ?? []
    const pressed = await ctl('component', { message_id: id, custom_id: confirm })
    expect(JSON.stringify(pressed), `${query} in ${channel}`).toContain(query)
  }
  async function imports(...papers: readonly object[]) {
    const date = Temporal.Now.plainDateISO().toString()
    const lines = papers.map((paper) => JSON.stringify({ authors: ['Ada Byron'], categories: ['cs.LG'], date, ...paper }))
    writeFileSync(join(running.bot.folder, 'new.ndjson'), lines.join('\n'))
    expect((await running.bot.run(['import', 'new.ndjson'])).code).toBe(0)
  }
  const create = (ids: readonly string[], kind: object) =>
    Promise.all(
      ids.map((id) => ctl('channel', { id, guild_id: GUILD, name: id, position: 0, permission_overwrites: [], ...kind })),
    )
  /** A thread that somebody began. */
  async function begin(id: string, parent: string) {
    const thread = { id, guild_id: GUILD, name: id, type: 11, parent_id: parent, thread_metadata: { archived: false } }
    await ctl('channel', thread)
    await ctl('dispatch', { t: 'THREAD_CREATE', guild_id: GUILD, d: thread })
  }
  const counts = async () => JSON.parse((await running.bot.run(['deliveries', '--json'])).stdout).counts

  /** How many papers the bot has found for anybody. */
  const matched = () =>
    running.bot.said.reduce((sum, { report }) => sum + ((report as { matched?: number } | undefined)?.matched ?? 0), 0)

  /** How often each place, its threads included, shows a text to all. */
  async function shown(places: readonly string[], includes: string): Promise<number[]> {
    const parents = new Map((await ctl('channels')).channels.map(({ id, parent_id }: Record<string, string>) => [id, parent_id]))
    const messages = ((await ctl('messages')).messages as Message[]).filter(
      (message) => !message.ephemeral && JSON.stringify(message).includes(includes),
    )
    return places.map((place) => messages.filter(({ channel_id: at }) => at === place || parents.get(at) === place).length)
  }
  const once = (places: readonly string[]) => places.map(() => 1)
  async function arm(places: readonly string[], faults: readonly Fault[], route: string) {
    for (const [at, fault] of faults.entries())
      await ctl('fault', { ...fault, method: 'POST', route, channel: places[at], times: 1 })
  }

  test('topics are followed in many places', async () => {
    await create([...alerted, ...closed, ...digested], text)
    await create([...forums, ...digestForums], forum)
    await create([published, unpublished], news)
    for (const id of threads) await begin(id, GENERAL)
    for (const id of [...forums, ...digestForums]) await begin(postIn(id), id)
    for (const channel of [...alerted, ...closed, ...forums.map(postIn), published, unpublished])
      await follow(channel, 'moths', 'now')
    for (const thread of threads) await follow(thread, 'moths', 'now', 'thread')
    await follow(CHANNEL, 'moths', 'now', 'me')
    for (const channel of [...digested, ...digestForums.map(postIn)]) await follow(channel, 'lanterns', 'digest')
    for (const channel of [published, unpublished]) await say(channel, 'alerts', { publish: 'yes' }, 'go on to the servers')
    for (const channel of mentioning) await say(channel, 'alerts', { mention: `<@&${ROLE}>` }, 'mentions this role')
    await imports(...titles.map((title, at) => ({ id: `2611.4${String(at).padStart(4, '0')}`, title })))
  })

  test('digests are due while their posts will fail, and those of their parts in threads', async () => {
    const soon = Temporal.Now.zonedDateTimeISO('UTC').add({ seconds: 75 })
    const time = soon.toPlainTime().toString({ smallestUnit: 'minute' })
    for (const channel of [...digested, ...digestForums.map(postIn)])
      await say(channel, 'daily', { time, zone: 'UTC' }, 'igest', 'digest')
    await arm(digested, FAULTS, '/messages')
    await arm(digestForums, [{ kind: '500', phase: 'after' }, { kind: 'reset' }, { kind: 'hang', phase: 'after' }], '/threads')
    for (const [at, fault] of FAULTS.entries())
      await ctl('fault', { ...fault, method: 'POST', route: A_THREAD, skip: at % 5, times: 1 })
    await ctl('fault', { kind: '500', method: 'POST', route: '/threads', channel: digested[0], times: 1 })
    await ctl('fault', { kind: 'reset', phase: 'after', method: 'POST', route: '/threads', channel: digested[1], times: 1 })
  })

  test('alerts go out while their posts fail', async () => {
    await arm(alerted, FAULTS, '/messages')
    await arm(forums, OF_POSTS, '/threads')
    await arm(threads, [{ kind: '500', phase: 'after' }, { kind: 'reset' }, { kind: 'error', code: 50_083 }], '/messages')
    await arm([DIRECT], [{ kind: 'reset', phase: 'after' }], '/messages')
    await ctl('fault', { kind: '500', method: 'POST', route: '/crosspost', channel: unpublished, times: 1 })
    await ctl('fault', { kind: '500', method: 'GET', route: '/messages', times: 1 })
    await ctl('fault', { kind: '429', retry_after: 3, method: 'GET', route: '/messages', skip: 2, times: 1 })
    for (const [at, { becomes }] of CLOSED.entries()) await ctl('channel', { id: closed[at], ...becomes })
    await imports({ id: '2611.50001', title: 'On Moths', abstract: 'They circle.' })
    await ctl('gateway', { do: 'drop' })
  })

  test('a channel that is lost is left alone until it is mended', async () => {
    for (const [at, { code, http, mended }] of CLOSED.entries()) {
      const id = closed[at] ?? ''
      const refused = { method: 'POST', route: '/messages', channel: id, http, timeout_ms: 60_000 }
      expect((await ctl('wait', refused)).ok, `${code}`).toBe(true)
      await create([id], { ...text, ...mended })
      await ctl('gateway', { do: 'reconnect' })
      await say(id, 'resume', {}, 'esume')
    }
    await ctl('fault', { kind: '429', retry_after: 3, method: 'PATCH', route: '/messages', times: 1 })
    await ctl('fault', { kind: '500', phase: 'after', method: 'PATCH', route: '/messages', skip: 1, times: 1 })
    await imports({ id: '2611.50001v2', title: 'On Moths, Revised', abstract: 'They still circle.' })
    await ctl('gateway', { do: 'invalid_session' })
  })

  const places = [...alerted, ...closed, ...forums, ...threads, published, unpublished, DIRECT]

  test(
    'each alert arrives once, and is brought up to date',
    async () => {
      await expect.poll(() => shown(places, 'On Moths'), within).toEqual(once(places))
      await expect.poll(() => shown(places, 'Revised'), within).toEqual(once(places))
    },
    LONGEST,
  )

  test('what was to be published is, once, and stays where it could not be', async () => {
    const { records } = await ctl('log')
    const tried = records.filter(({ route }: { route?: string }) => route?.endsWith('/crosspost'))
    const outcomes = new Map(tried.map(({ channel, http, fault }: Record<string, unknown>) => [channel, http ?? fault]))
    expect(tried).toHaveLength(2)
    expect(outcomes).toEqual(
      new Map<unknown, unknown>([
        [published, 200],
        [unpublished, '500'],
      ]),
    )
  })

  test(
    'each part of a digest arrives once, the second in the thread of the first',
    async () => {
      const all = [...digested, ...digestForums]
      for (const title of ['Lanterns 15', 'Lanterns 01']) await expect.poll(() => shown(all, title), within).toEqual(once(all))
      for (const title of titles) expect(await shown(all, title), title).toEqual(once(all))
      expect(await shown(all, 'Lanterns ')).toEqual(all.map(() => 2))
      const messages = ((await ctl('messages')).messages as Message[]).filter((one) => JSON.stringify(one).includes('Lanterns '))
      expect(messages.filter(({ channel_id }) => digested.includes(channel_id))).toHaveLength(digested.length)
      const pinging = messages.filter(({ allowed_mentions: { roles = [] } }) => roles.includes(ROLE))
      expect(pinging.map(({ channel_id }) => channel_id).toSorted()).toEqual(mentioning)
    },
    LONGEST,
  )

  test(
    'what a kill cuts short arrives once, whether or not Discord had taken it',
    async () => {
      const [forumTaken = '', forumNot = ''] = digestForums
      const cut = [CHANNEL, GENERAL, forumTaken, forumNot]
      for (const channel of [CHANNEL, GENERAL, postIn(forumTaken), postIn(forumNot)]) await follow(channel, 'comets', 'now')
      for (const channel of [CHANNEL, forumTaken])
        await ctl('fault', { kind: 'hang', phase: 'after', method: 'POST', channel, times: 1 })
      for (const channel of [GENERAL, forumNot]) await ctl('fault', { kind: 'hang', method: 'POST', channel, times: 1 })
      const since = (await ctl('log')).records.at(-1).seq
      await imports({ id: '2611.60001', title: 'Of Comets' })
      expect((await ctl('wait', { includes: 'Of Comets', kind: 'rest', since, count: 4, timeout_ms: 15_000 })).ok).toBe(true)
      await running.bot.restart('SIGKILL')
      await expect.poll(() => counts(), within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
      expect(await shown(cut, 'Of Comets')).toEqual(once(cut))
      expect((await ctl('faults')).faults.filter(({ fired }: { fired?: number }) => !fired)).toEqual([])
    },
    LONGEST,
  )

  test(
    'a server that puts the bot out gets nothing, and everything once it is invited again',
    async () => {
      const annex = { id: '2000000000000000002', name: 'Annex', channels: [{ id: ANNEX, type: 0, name: 'annex' }] }
      await ctl('guild_create', annex)
      await follow(ANNEX, 'planets', 'now')
      await ctl('guild_delete', { id: annex.id })
      const since = (await ctl('log')).records.at(-1).seq
      const before = matched()
      await imports({ id: '2611.60002', title: 'Of Planets' })
      await expect.poll(matched, within).toBeGreaterThan(before)
      await ctl('idle', { quiet_ms: 2000 })
      const { records } = await ctl('log', { since })
      expect(records.filter(({ channel }: { channel?: string }) => channel === ANNEX)).toEqual([])
      await ctl('guild_create', annex)
      await expect.poll(() => shown([ANNEX], 'Of Planets'), within).toEqual([1])
    },
    LONGEST,
  )

  test(
    'once the token is refused nothing is asked any more, and everything comes once it is taken again',
    async () => {
      await ctl('fault', { kind: 'error', code: 0, status: 401, method: 'POST', route: '/messages', times: 100 })
      const since = (await ctl('log')).records.at(-1).seq
      await imports({ id: '2611.60003', title: 'Comets Again' }, { id: '2611.60004', title: 'Planets Again' })
      await ctl('wait', { kind: 'rest', includes: 'Again', since, timeout_ms: 15_000 })
      await ctl('idle', { quiet_ms: 3000 })
      const refused = (await ctl('log', { since })).records.filter(({ fault }: { fault?: string }) => fault === 'error')
      // One each, for those that were under way side by side.
      expect(refused.length).toBeGreaterThan(0)
      expect(refused.length).toBeLessThanOrEqual(3)
      await ctl('clear_faults')
      await running.bot.restart('SIGTERM')
      await expect.poll(() => counts(), within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
      expect(await shown([CHANNEL, GENERAL, ...digestForums.slice(0, 2)], 'Comets Again')).toEqual([1, 1, 1, 1])
      expect(await shown([ANNEX], 'Planets Again')).toEqual([1])
    },
    LONGEST,
  )

  test('nothing waits any more, nothing came twice, and none of Discord’s rules was broken', async () => {
    expect(await counts()).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
    expect((await ctl('duplicates')).duplicates).toEqual([])
    expect((await ctl('violations')).violations).toEqual([])
  })
})
