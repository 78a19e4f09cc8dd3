import { readFileSync } from 'node:fs'
import { PermissionFlagsBits } from 'discord.js'
import { describe, expect, test } from 'vitest'
import { checkDiscord, type DiscordToCheck } from '#adapters/chat/discord/check/check.ts'
import { PERMISSIONS } from '#adapters/chat/discord/permissions.ts'
import { chatCommands } from '#adapters/chat/discord/register/commands.ts'
import type { Check } from '#core/ports/platform.ts'
import { aServer } from '#test/adapters/http/server.ts'

const APP = '1000000000000000001'
const GUILD = '2000000000000000001'
const ALL = PERMISSIONS.reduce((bits, { bit }) => bits | bit, 0n).toString()
const EVERYWHERE = { contexts: [0, 1, 2], integration_types: [0, 1] }
const FINE = {
  'applications/@me': { id: APP, name: 'Paperboy', flags: 0, integration_types_config: { 0: {}, 1: {} } },
  'gateway/bot': { url: 'wss://x', shards: 1, session_start_limit: { total: 1000, remaining: 998, reset_after: 3_600_000 } },
  [`applications/${APP}/commands`]: chatCommands().map((command) => ({ id: '1', ...command, ...EVERYWHERE })),
  'users/@me/guilds': [{ id: GUILD, name: 'Lab', permissions: ALL }],
}

type Answer = object | { readonly status: number; readonly body: object }

/** Discord as far as a check asks it: an answer a route. */
async function check(answers: Readonly<Record<string, Answer>> = {}, more: Partial<DiscordToCheck> = {}) {
  const all: Readonly<Record<string, Answer>> = { ...FINE, ...answers }
  await using server = await aServer((request, response) => {
    const route = request.url?.replace('/api/v10/', '').split('?')[0] ?? ''
    const answer = all[route] ?? { status: 404, body: { code: 0, message: 'no' } }
    const { status, body } = 'status' in answer ? answer : { status: 200, body: answer }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const checks = await checkDiscord({
    token: 'secret-token',
    app: APP,
    guild: undefined,
    apiUrl: `${server.url}/api`,
    now: () => Temporal.Now.instant(),
    ...more,
  })
  expect(JSON.stringify(checks)).not.toContain('secret-token')
  return { checks, of: (about: string) => checks.filter((one) => one.about === about) }
}

const states = (checks: readonly Check[]) => checks.map(({ about, state }) => `${about}: ${state}`)

test('all is fine, and the links to invite it stand at the end', async () => {
  const { checks, of } = await check()
  expect(states(checks)).toEqual([
    'clock: fine',
    'Discord token: fine',
    'Discord app: fine',
    'Discord gateway: fine',
    'Discord commands: fine',
    'Discord servers: fine',
    'Discord invite: fine',
    'Discord invite: fine',
  ])
  expect(of('Discord invite')[0]?.found).toContain(`client_id=${APP}`)
})

test('docs/discord.md shows what it says then', async () => {
  const { checks } = await check()
  const lines = checks.map(({ about, state, found }) => `${state.padEnd(9)}${about}: ${found}\n`).join('')
  expect(readFileSync('docs/discord.md', 'utf8')).toContain(`\`\`\`text\n${lines}\`\`\``)
})

test('a wrong token is wrong, and nothing more is asked', async () => {
  const { checks } = await check({ 'applications/@me': { status: 401, body: { code: 0, message: '401: Unauthorized' } } })
  expect(states(checks)).toEqual(['clock: fine', 'Discord token: wrong'])
  expect(checks[1]?.mend).toContain('DISCORD_TOKEN')
})

test.each([
  [{ status: 500, body: {} }, /not available|refuses/],
  [{ status: 503, body: {} }, /not available|refuses/],
  [{ status: 429, body: { message: 'slow', retry_after: 60, global: false } }, /asks for a pause/],
])('where Discord answers %o, that is said, and not that the token is wrong', async (answer, words) => {
  const { of } = await check({ 'applications/@me': answer })
  expect(of('Discord token')).toEqual([expect.objectContaining({ state: 'wrong', found: expect.stringMatching(words) })])
  expect(of('Discord token')[0]?.mend).not.toContain('DISCORD_TOKEN')
})

test('where nobody answers, that is said', async () => {
  const { checks } = await check({}, { apiUrl: 'http://127.0.0.1:1/api' })
  expect(checks).toEqual([
    expect.objectContaining({ about: 'Discord token', state: 'wrong', found: 'Discord cannot be reached.' }),
  ])
})

describe('the app', () => {
  test('another id than that of the token is wrong, with the right one', async () => {
    const { of } = await check({}, { app: '1000000000000000009' })
    expect(of('Discord app')).toEqual([expect.objectContaining({ state: 'wrong', mend: expect.stringContaining(APP) })])
    expect(of('Discord commands')).toEqual([])
  })

  test.each([
    [{ interactions_endpoint_url: 'https://elsewhere.example' }, 'Interactions Endpoint'],
    [{ bot_require_code_grant: true }, 'Code Grant'],
  ])('%o keeps people from it', async (setting, words) => {
    const { of } = await check({ 'applications/@me': { ...FINE['applications/@me'], ...setting } })
    expect(of('Discord app')).toEqual([expect.objectContaining({ state: 'wrong', found: expect.stringContaining(words) })])
  })

  test('privileged intents are not needed', async () => {
    const { of } = await check({ 'applications/@me': { ...FINE['applications/@me'], flags: (1 << 19) | (1 << 15) } })
    expect(of('Discord app')[0]).toMatchObject({
      state: 'fine',
      mend: expect.stringContaining('Server Members and Message Content'),
    })
  })

  test('where people may not install it for themselves, there is no link for that', async () => {
    const { of } = await check({ 'applications/@me': { ...FINE['applications/@me'], integration_types_config: { 0: {} } } })
    expect(of('Discord invite')).toHaveLength(1)
  })
})

describe('commands', () => {
  test('that are not registered yet are a warning', async () => {
    const { of } = await check({ [`applications/${APP}/commands`]: [] })
    expect(states(of('Discord commands'))).toEqual(['Discord commands: warning'])
  })

  test('of a server that the bot is not in are wrong', async () => {
    const refused = { status: 403, body: { code: 50001, message: 'Missing Access' } }
    const { of } = await check({ [`applications/${APP}/guilds/${GUILD}/commands`]: refused }, { guild: GUILD })
    expect(of('Discord commands')).toEqual([
      expect.objectContaining({ state: 'wrong', mend: expect.stringContaining('DISCORD_GUILD_ID') }),
    ])
  })
})

test('few new sessions that are left are a warning', async () => {
  const limit = { total: 1000, remaining: 3, reset_after: 7_000_000 }
  const { of } = await check({ 'gateway/bot': { ...FINE['gateway/bot'], session_start_limit: limit } })
  expect(of('Discord gateway')).toEqual([
    expect.objectContaining({ state: 'warning', mend: expect.stringContaining('within 2 hours') }),
  ])
})

describe('servers', () => {
  test('none yet is a warning', async () => {
    const { of } = await check({ 'users/@me/guilds': [] })
    expect(states(of('Discord servers'))).toEqual(['Discord servers: warning'])
  })

  test('what is missing somewhere is named, with what for; an administrator has everything', async () => {
    const without = (bit: bigint) => (BigInt(ALL) & ~bit).toString()
    const { of } = await check({
      'users/@me/guilds': [
        { name: 'Lab', permissions: without(PermissionFlagsBits.ReadMessageHistory) },
        { name: 'Annex', permissions: ALL },
        { name: 'Club', permissions: PermissionFlagsBits.Administrator.toString() },
        ...[1, 2, 3].map((n) => ({ name: `More ${n}`, permissions: without(PermissionFlagsBits.ReadMessageHistory) })),
      ],
    })
    expect(of('Discord permissions').map(({ state, found }) => `${state}: ${found}`)).toEqual([
      'warning: Read Message History is not granted in Lab, More 1, More 2 and 1 more. With it a message whose fate is unknown is looked for in the channel before it is posted again.',
    ])
  })
})
