import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { checkSlack, type SlackToCheck } from '#adapters/chat/slack/check/check.ts'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import type { Check } from '#core/ports/platform.ts'
import { aServer } from '#test/adapters/http/server.ts'

const ALL = SCOPES.map(({ scope }) => scope)
const HISTORY = ['channels:history', 'groups:history', 'mpim:history']
const SECRET = '0123456789abcdef0123456789abcdef'
const TEAM = { ok: true, team: 'Lab', team_id: 'T0LAB', user: 'paperboy', is_enterprise_install: false }
const SOCKET = { mode: 'socket', appToken: 'xapp-1' } as const

type Answers = Readonly<Record<string, object | undefined>>

/** Slack as far as a check asks it: an answer a method, the granted scopes in the header unless undefined. */
async function slack(answers: Answers, granted?: readonly string[]) {
  return aServer((request, response) => {
    const method = request.url?.replace('/api/', '') ?? ''
    const headers = { 'content-type': 'application/json', ...(granted && { 'x-oauth-scopes': granted.join(',') }) }
    response.writeHead(200, headers).end(JSON.stringify(answers[method] ?? { ok: false, error: 'unknown_method' }))
  })
}

async function check(answers: Answers, granted?: readonly string[], more: Partial<SlackToCheck> = {}) {
  await using server = await slack({ 'apps.connections.open': { ok: true, url: 'wss://x' }, ...answers }, granted)
  const now = () => Temporal.Now.instant()
  const checks = await checkSlack({
    workspaces: [{ token: 'xoxb-1' }],
    requests: SOCKET,
    apiUrl: `${server.url}/api/`,
    now,
    ...more,
  })
  return {
    checks,
    asked: server.requests.map(({ url }) => url),
    of: (about: string) => checks.filter((one) => one.about === about),
  }
}

const states = (checks: readonly Check[]) => checks.map(({ about, state }) => `${about}: ${state}`)

test('with everything granted all is fine, and Slack is asked for nothing more than who the bot is', async () => {
  const { checks, asked } = await check({ 'auth.test': TEAM }, ALL)
  expect(states(checks)).toEqual(['clock: fine', 'Slack socket: fine', 'Slack token: fine', 'Slack scopes: fine'])
  expect(checks[2]?.found).toBe('Slack knows the bot as paperboy in Lab (T0LAB).')
  expect(asked.sort()).toEqual(['/api/api.test', '/api/apps.connections.open', '/api/auth.test'])
})

test('docs/slack.md shows what it says then', async () => {
  const { checks } = await check({ 'auth.test': TEAM }, ALL)
  const lines = checks.map(({ about, state, found }) => `${state.padEnd(9)}${about}: ${found}\n`).join('')
  expect(readFileSync('docs/slack.md', 'utf8')).toContain(`\`\`\`text\n${lines}\`\`\``)
})

describe('scopes', () => {
  test('those for looking through a channel are one warning, with what they are for', async () => {
    const { of } = await check(
      { 'auth.test': TEAM },
      ALL.filter((scope) => !HISTORY.includes(scope)),
    )
    const [warning, ...more] = of('Slack scopes')
    expect(more).toEqual([])
    expect(warning).toMatchObject({
      state: 'warning',
      found: expect.stringMatching(
        /^channels:history, groups:history and mpim:history are not granted, .* before it is posted again\.$/,
      ),
      mend: expect.stringMatching(/^Add them under OAuth & Permissions .* Everything else works without\.$/),
    })
  })

  test.each(['commands', 'chat:write'])('without %s the bot is of no use: that is wrong', async (scope) => {
    const { of } = await check(
      { 'auth.test': TEAM },
      ALL.filter((one) => one !== scope),
    )
    expect(of('Slack scopes')).toEqual([
      expect.objectContaining({
        state: 'wrong',
        found: expect.stringMatching(new RegExp(`^${scope} is not granted, for which`)),
      }),
    ])
  })

  test('each scope that is missing is named', async () => {
    const { of } = await check({ 'auth.test': TEAM }, ['team:read'])
    const found = of('Slack scopes')
      .map((one) => one.found)
      .join(' ')
    expect(ALL.filter((scope) => !found.includes(scope))).toEqual([])
  })

  test('where no header names them, Slack names them when it refuses more', async () => {
    const granted = ALL.filter((scope) => !HISTORY.includes(scope))
    const refusal = { ok: false, error: 'missing_scope', needed: 'team:read', provided: granted.join(',') }
    const { of } = await check({ 'auth.test': TEAM, 'team.info': refusal })
    expect(of('Slack scopes')).toEqual([
      expect.objectContaining({ state: 'warning', found: expect.stringContaining('mpim:history') }),
    ])
  })

  test('where Slack names them nowhere, that is said', async () => {
    const { of } = await check({ 'auth.test': TEAM, 'team.info': { ok: true } })
    expect(of('Slack scopes')).toEqual([
      expect.objectContaining({ state: 'warning', found: 'Slack did not say what the bot is allowed.' }),
    ])
  })
})

describe('tokens', () => {
  test.each([
    ['invalid_auth', 'Slack does not know this token (invalid_auth).'],
    ['token_revoked', 'The token was revoked (token_revoked).'],
    ['account_inactive', 'The app was removed from the workspace, or its bot deactivated (account_inactive).'],
    ['brand_new_refusal', 'Slack refuses this (brand_new_refusal).'],
  ])('%s is said in words', async (error, found) => {
    const { of } = await check({ 'auth.test': { ok: false, error } })
    expect(of('Slack token')).toEqual([
      { about: 'Slack token', state: 'wrong', found, mend: expect.stringContaining('set SLACK_BOT_TOKEN') },
    ])
    expect(of('Slack scopes')).toEqual([])
  })

  test('one that expired is mended by an app without token rotation', async () => {
    const { of } = await check({ 'auth.test': { ok: false, error: 'token_expired' } })
    expect(of('Slack token')[0]?.mend).toContain('Token rotation cannot be turned off again')
  })

  test('one of a whole organisation is refused', async () => {
    const { of } = await check({ 'auth.test': { ...TEAM, is_enterprise_install: true } }, ALL)
    expect(of('Slack token')).toEqual([
      expect.objectContaining({ state: 'wrong', found: expect.stringContaining('Enterprise Grid') }),
    ])
  })

  test('what answers in place of Slack is told apart from it', async () => {
    await using proxy = await aServer((_, response) => response.end('<html>Please log in</html>'))
    const { of } = await check({}, undefined, { apiUrl: `${proxy.url}/api/` })
    expect(of('Slack token')).toEqual([expect.objectContaining({ state: 'wrong', found: expect.stringContaining('not Slack') })])
  })

  test('nothing is said of a clock or of scopes where Slack cannot be reached', async () => {
    const { checks } = await check({}, undefined, { apiUrl: 'http://127.0.0.1:9/api/' })
    expect(checks.map(({ state, found }) => `${state}: ${found}`)).toEqual([
      'wrong: Slack cannot be reached.',
      'wrong: Slack cannot be reached.',
    ])
  })

  test('each workspace that installed the bot is asked, up to twenty, and the rest counted', async () => {
    const workspaces = Array.from({ length: 23 }, (_, at) => ({ token: `xoxb-${at}`, name: `Lab ${at}` }))
    const { checks, of } = await check({ 'auth.test': TEAM }, ALL, { workspaces })
    expect(of('Slack in Lab 19')).toHaveLength(2)
    expect(of('Slack in Lab 20')).toEqual([])
    expect(checks.at(-1)?.found).toBe('It is installed in 3 workspaces more, which were not asked.')
  })
})

describe('installations', () => {
  test('are counted, and where there is none yet, its page is named', async () => {
    const installs = { page: 'https://papers.lab.example/slack/install' }
    const none = await check({}, ALL, { workspaces: [], installs })
    expect(none.of('Slack installations')[0]).toMatchObject({ state: 'fine', mend: `They do so at ${installs.page}.` })
    const two = await check({ 'auth.test': TEAM }, ALL, {
      workspaces: ['A', 'B'].map((name) => ({ token: 'xoxb-1', name })),
      installs,
    })
    expect(two.of('Slack installations')[0]?.found).toBe('2 workspaces have installed it.')
  })

  test('one that is lost is mended by the workspace itself', async () => {
    const { of } = await check({ 'auth.test': { ok: false, error: 'account_inactive' } }, ALL, {
      workspaces: [{ token: 'xoxb-1', name: 'Annex' }],
    })
    expect(of('Slack in Annex')).toEqual([
      expect.objectContaining({ state: 'wrong', mend: expect.stringMatching(/^Somebody of the workspace/) }),
    ])
  })
})

describe('the socket', () => {
  test('needs a token that may open it', async () => {
    const { of } = await check({ 'auth.test': TEAM, 'apps.connections.open': { ok: false, error: 'missing_scope' } }, ALL)
    expect(of('Slack socket')).toEqual([
      expect.objectContaining({ state: 'wrong', mend: expect.stringMatching(/connections:write .* SLACK_APP_TOKEN/) }),
    ])
  })
})

describe('requests over HTTP', () => {
  async function port(status: number | undefined) {
    const server = createServer((_, response) => response.writeHead(status ?? 200).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    if (status === undefined) await new Promise((resolve) => server.close(resolve))
    const requests = { mode: 'http', signingSecret: SECRET, host: '127.0.0.1', port } as const
    const { checks, of } = await check({ 'auth.test': TEAM }, ALL, { requests })
    await new Promise((resolve) => server.close(resolve))
    return { states: states(checks), found: of('Slack requests')[0]?.found, mend: of('Slack requests')[0]?.mend }
  }

  test('a free port is fine, and that Slack needs a public address is said', async () => {
    const { states, found, mend } = await port(undefined)
    expect(states).toEqual(['clock: fine', 'Slack requests: fine', 'Slack token: fine', 'Slack scopes: fine'])
    expect(found).toMatch(/is free/)
    expect(mend).toContain('public address')
  })

  test('a port at which Paperboy refuses what is not signed is fine', async () => {
    expect((await port(401)).found).toMatch(/^Paperboy takes them/)
  })

  test('a port at which another program answers is wrong', async () => {
    const { states, found } = await port(404)
    expect(states).toContain('Slack requests: wrong')
    expect(found).toMatch(/taken by another program/)
  })

  test('an address that is not of this machine is wrong', async () => {
    const requests = { mode: 'http', signingSecret: SECRET, host: '192.0.2.1', port: 3000 } as const
    const { of } = await check({ 'auth.test': TEAM }, ALL, { requests })
    expect(of('Slack requests')).toEqual([
      expect.objectContaining({ state: 'wrong', found: expect.stringContaining('EADDRNOTAVAIL') }),
    ])
  })

  test('a signing secret of another shape is a warning that does not repeat it', async () => {
    const requests = { mode: 'http', signingSecret: 'hunter2', host: '192.0.2.1', port: 3000 } as const
    const { checks, of } = await check({ 'auth.test': TEAM }, ALL, { requests })
    expect(of('Slack signing secret')).toEqual([expect.objectContaining({ state: 'warning' })])
    expect(JSON.stringify(checks)).not.toContain('hunter2')
  })
})

describe('the clock', () => {
  test.each([
    [30, 'fine', /agrees/],
    [-90, 'warning', /(89|9[01]) seconds behind/],
    [400, 'wrong', /(399|40[01]) seconds ahead of Slack's, so that requests over HTTP are refused/],
  ])('%i seconds apart: %s', async (seconds, state, words) => {
    const { of } = await check({ 'auth.test': TEAM }, ALL, { now: () => Temporal.Now.instant().add({ seconds }) })
    expect(of('clock')).toEqual([expect.objectContaining({ state, found: expect.stringMatching(words) })])
  })
})
