import { describe, expect, test } from 'vitest'
import { installPageOf, installPages } from '#adapters/chat/slack/requests/install.ts'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { StoreError } from '#core/errors.ts'
import type { Installation } from '#core/ports/installation-store.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { aLog } from './a-log.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')
const GRANTED = {
  ok: true,
  app_id: 'A1',
  access_token: 'xoxb-1',
  token_type: 'bot',
  bot_user_id: 'U0BOT',
  scope: 'commands,chat:write',
  authed_user: { id: 'U1' },
  team: { id: 'T1', name: 'A Lab' },
  enterprise: null,
  is_enterprise_install: false,
}

/** The pages beside a Slack that answers oauth.v2.access so; `kept` rejects where told. */
async function pagesWhere(access: object, { full = false, redirectUri }: { full?: boolean; redirectUri?: string } = {}) {
  const kept: Installation[] = []
  const methods: string[] = []
  const slack = await aServer((request, response) => {
    const method = request.url?.split('/').at(-1) ?? ''
    methods.push(method)
    const said = method === 'oauth.v2.access' ? access : { ok: true, bot_id: 'B1', url: 'https://lab.slack.com/' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  const { log, logged } = aLog()
  const pages = installPages({
    clientId: '1.2',
    clientSecret: 'canary-client-secret',
    stateSecret: 'canary-state-secret',
    ...(redirectUri !== undefined && { redirectUri }),
    authorizeUrl: 'https://slack.example/authorize',
    apiUrl: `${slack.url}/api/`,
    async installed(installation) {
      if (full) throw new StoreError('The disk is full.')
      kept.push(installation)
    },
    now: () => NOW,
    log,
  })
  const server = await aServer(async (request, response) => {
    if (!(await pages(request, response))) response.writeHead(418).end()
  })
  const get = (path: string, cookie = '', method = 'GET') =>
    fetch(`${server.url}${path}`, { method, redirect: 'manual', headers: { cookie } })
  /** Begins an installation as a browser does; comes back with these changes. */
  async function install({ state, cookie, query = 'code=1' }: { state?: string; cookie?: string; query?: string } = {}) {
    const begun = await get('/slack/install')
    const to = new URL(begun.headers.get('location') ?? '')
    const [given = ''] = begun.headers.getSetCookie().map((line) => line.split(';')[0])
    const path = `/slack/oauth_redirect?${query}&state=${state ?? to.searchParams.get('state')}`
    const response = await get(path, cookie ?? given)
    return { status: response.status, headers: response.headers, page: await response.text(), to }
  }
  return {
    get,
    install,
    kept,
    methods,
    logged,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await slack[Symbol.asyncDispose]()
    },
  }
}

describe('an installation', () => {
  test('begins at Slack, with every scope, and is kept as Slack granted it', async () => {
    await using slack = await pagesWhere(GRANTED)
    const { status, page, to, headers } = await slack.install()
    expect(to.origin + to.pathname).toBe('https://slack.example/authorize')
    expect(to.searchParams.get('scope')?.split(',')).toEqual(SCOPES.map(({ scope }) => scope))
    expect(to.searchParams.has('redirect_uri')).toBe(false)
    expect(status).toBe(200)
    expect(page).toContain('Paperboy is in A Lab')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(slack.kept).toEqual([
      {
        platform: 'slack',
        workspace: 'T1',
        name: 'A Lab',
        token: 'xoxb-1',
        botUser: 'U0BOT',
        scopes: ['commands', 'chat:write'],
        by: 'U1',
        at: NOW.toString(),
      },
    ])
  })

  test('comes back to the page that is set', async () => {
    const redirectUri = 'https://papers.example/bot/slack/oauth_redirect'
    await using slack = await pagesWhere(GRANTED, { redirectUri })
    expect((await slack.install()).to.searchParams.get('redirect_uri')).toBe(redirectUri)
  })

  test('of a workspace with an ugly name shows it as text', async () => {
    await using slack = await pagesWhere({ ...GRANTED, team: { id: 'T1', name: '<img src=x onerror=alert(1)>\u202e' } })
    const { page } = await slack.install()
    expect(page).not.toContain('<img')
    expect(page).not.toContain('\u202e')
  })

  test.each([
    ['a forged state', { state: 'forged' }],
    ['no state', { state: '' }],
    ['another browser’s cookie', { cookie: 'slack-app-oauth-state=other' }],
    ['no cookie', { cookie: '' }],
    ['no code', { query: 'nothing=1' }],
  ])('with %s is refused, and Slack is not asked', async (_, changes) => {
    await using slack = await pagesWhere(GRANTED)
    const { status, page } = await slack.install(changes)
    expect(status).toBe(400)
    expect(page).toContain('not installed')
    expect([slack.kept, slack.methods]).toEqual([[], []])
  })

  test('that is denied says so', async () => {
    await using slack = await pagesWhere(GRANTED)
    expect(await slack.install({ query: 'error=access_denied' })).toMatchObject({ status: 403 })
  })

  test.each([
    ['a code that Slack does not know', { ok: false, error: 'invalid_code' }, 400],
    ['a client secret that Slack does not know', { ok: false, error: 'bad_client_secret' }, 500],
    ['an answer that is none', { ok: true }, 500],
  ])('with %s is not kept', async (_, access, status) => {
    await using slack = await pagesWhere(access)
    expect(await slack.install()).toMatchObject({ status })
    expect(slack.kept).toEqual([])
  })

  test.each([
    ['a whole organisation', { team: null, enterprise: { id: 'E1', name: 'Org' }, is_enterprise_install: true }, 400],
    ['a token that expires', { refresh_token: 'xoxe-1', expires_in: 43_200 }, 500],
  ])('for %s is refused and given back', async (_, changes, status) => {
    await using slack = await pagesWhere({ ...GRANTED, ...changes })
    expect(await slack.install()).toMatchObject({ status })
    expect(slack.kept).toEqual([])
    expect(slack.methods).toContain('auth.revoke')
  })

  test('that cannot be kept is not called one', async () => {
    await using slack = await pagesWhere(GRANTED, { full: true })
    expect(await slack.install()).toMatchObject({ status: 500 })
  })

  test('brings no secret to page or log, however it ends', async () => {
    for (const access of [GRANTED, { ok: false, error: 'bad_client_secret' }]) {
      await using slack = await pagesWhere(access)
      const { page } = await slack.install()
      const said = page + JSON.stringify(slack.logged, (_, value) => (value instanceof Error ? `${value.stack}` : value))
      expect(said).not.toMatch(/canary|xoxb-1/)
    }
  })
})

test('other requests are none of the pages’', async () => {
  await using slack = await pagesWhere(GRANTED)
  for (const path of ['/', '/slack', '/slack/installed', '/slack/install/x', '/slack/events']) {
    expect((await slack.get(path)).status).toBe(418)
  }
  expect((await slack.get('/slack/install', '', 'POST')).status).toBe(418)
})

test('an installation begins beside the page that it comes back to', () => {
  const oauth = { clientId: '1.2', clientSecret: 'c', stateSecret: 's' }
  expect(installPageOf({ ...oauth, redirectUri: 'https://a.example/bot/slack/oauth_redirect' })).toBe(
    'https://a.example/bot/slack/install',
  )
  expect(installPageOf(oauth)).toBeUndefined()
})
