// Secrets are in every place where one may be, everything fails that can, whoever is asked sends back all that they were
// told: and none of the secrets is in a log, an error, a figure, an answer or what the doctor says.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, RequestListener } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import SQLite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { readConfig, variables } from '#config'
import { aServer } from '#test/adapters/http/server.ts'
import { install } from '#test/paperboy.ts'

/** In each of them, and in nothing else. */
const CANARY = 'c4n4ry'
const secret = (name: string) => `${CANARY}-${name}-0123456789abcdef`

const SECRETS = {
  SLACK_BOT_TOKEN: `xoxb-${secret('bot')}`,
  SLACK_SIGNING_SECRET: secret('signing'),
  SLACK_APP_TOKEN: `xapp-${secret('app')}`,
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: secret('client "quoted"'),
  SLACK_STATE_SECRET: secret('state'),
  DISCORD_TOKEN: secret('discord'),
  OPENALEX_API_KEY: secret('openalex'),
  SEMANTIC_SCHOLAR_API_KEY: secret('semantic'),
}
const DISCORD = { DISCORD_APP_ID: '100000000000000001' }
/** Nobody listens there; whoever says whose request it is does so in the address. */
const WITH_PASSWORD = `http://ada:${secret('address')}@127.0.0.1:9`
const SOURCES = Object.fromEntries(
  variables
    .filter(({ name }) => name.endsWith('_URL') && /ARXIV|OPENALEX|SCHOLAR|HUGGING|RXIV|CROSSREF/.test(name))
    .map(({ name }) => [name, WITH_PASSWORD]),
)
const EVERYTHING = { ...SECRETS, ...DISCORD, ...SOURCES, LOG_LEVEL: 'debug', WATCH_CATEGORIES: 'cs.LG' }

/** Answers with whatever it was told. */
function echo(status: number): RequestListener {
  return async (request, response) => {
    const told = { headers: request.headers, url: request.url, body: await text(request) }
    response.writeHead(status, { 'content-type': 'application/json', 'x-told': JSON.stringify(told.headers) })
    response.end(
      JSON.stringify({
        ok: false,
        error: `refused ${told.headers.authorization ?? told.body}`,
        message: JSON.stringify(told),
        ...told,
      }),
    )
  }
}

function expectNone(said: string): void {
  const at = said.indexOf(CANARY)
  expect(at < 0 ? '' : said.slice(Math.max(0, at - 300), at + 100)).toBe('')
}

test('every variable that may hold a secret has one here', () => {
  const secretNames = variables.map(({ name }) => name).filter((name) => /TOKEN|SECRET|KEY/.test(name))
  expect(secretNames.filter((name) => !(name in SECRETS))).toEqual([])
  expect(() => readConfig({ ...EVERYTHING })).not.toThrow()
})

describe('a start that fails says no secret', () => {
  test.each([
    ['Slack refuses the token, and says which', 401, {}],
    ['Slack fails', 500, {}],
    ['Slack refuses the socket', 200, { SLACK_MODE: 'socket', SLACK_SIGNING_SECRET: '' }],
    [
      'Discord refuses the token',
      401,
      { SLACK_BOT_TOKEN: '', SLACK_CLIENT_ID: '', SLACK_CLIENT_SECRET: '', SLACK_STATE_SECRET: '' },
    ],
  ])('%s', async (_what, status, more) => {
    await using server = await aServer(echo(status))
    const given = { ...EVERYTHING, PORT: String(await freePort()), SLACK_PORT: String(await freePort()), ...more }
    const bot = install({ ...given, SLACK_API_URL: `${server.url}/`, DISCORD_API_URL: server.url }).start('serve')
    const [stdout, stderr] = [text(bot.stdout), text(bot.stderr)]
    const [code] = await once(bot, 'exit')
    expect(code).toBe(1)
    expect(await stderr).not.toBe('')
    expectNone((await stdout) + (await stderr))
  })

  test('nobody listens', async () => {
    const nowhere = { SLACK_API_URL: `${WITH_PASSWORD}/`, DISCORD_API_URL: WITH_PASSWORD, PORT: String(await freePort()) }
    const { code, stdout, stderr } = await install({ ...EVERYTHING, ...nowhere }).run(['serve'])
    expect(code).toBe(1)
    expectNone(stdout + stderr)
  })

  test.each([
    `postgres://ada:${secret('database')}@127.0.0.1:9/papers`,
    `postgres://ada:${secret('database')}@[broken/papers`,
    `postgres://ada:${secret('database')}%zz@127.0.0.1:9/papers`,
    `postgres://127.0.0.1:9/papers?password=${secret('database')}`,
    `postgres://ada:9/${secret('database')}@127.0.0.1:9/papers`,
    `postgres://ada:${secret('data@base')}@127.0.0.1:9/papers`,
    `mysql://ada:${secret('database')}@127.0.0.1/papers`,
  ])('the database is %s', async (url) => {
    for (const call of [['serve'], ['doctor']]) {
      const { stdout, stderr } = await install({ ...EVERYTHING, DATABASE_URL: url }).run(call)
      expect(stdout + stderr).not.toBe('')
      expectNone(stdout + stderr)
    }
  })

  test.each(Object.keys(SECRETS).filter((name) => name !== 'SLACK_CLIENT_ID'))('%s is wrong', async (name) => {
    const { stdout, stderr } = await install({ ...EVERYTHING, [name]: `\u001b ${CANARY}-wrong` }).run(['doctor', '--json'])
    expectNone(stdout + stderr)
  })
})

test('what Node and libraries warn of says none, and is a line of the log as all others are', async () => {
  const warning = `data:text/javascript,${encodeURIComponent(`
    const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return
      clearInterval(timer)
      process.emitWarning('The address ' + process.env.ARXIV_RSS_URL + ' is none, said ' + process.env.DISCORD_TOKEN)
    })
  `)}`
  const { stderr } = await install({ ...EVERYTHING, NODE_OPTIONS: `--import=${warning}` }).run(['chat'], '')
  const lines = stderr.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).msg)).toContain('node warns')
  expectNone(stderr)
})

test('what nobody catches says none, several at once neither', async () => {
  const failing = `data:text/javascript,${encodeURIComponent(`
    const timer = setInterval(() => {
      if (process.listenerCount('uncaughtException') === 0) return
      clearInterval(timer)
      for (const name of ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'OPENALEX_API_KEY']) Promise.reject(new Error(process.env[name]))
    })
  `)}`
  const bot = install({ ...EVERYTHING, NODE_OPTIONS: `--import=${failing}` }).start('chat')
  const [stdout, stderr] = [text(bot.stdout), text(bot.stderr)]
  expect(await once(bot, 'exit')).toEqual([1, null])
  expect(await stderr).toContain('did not foresee')
  expectNone((await stdout) + (await stderr))
})

test('an installation that fails says none: neither what Slack sent a person back with, nor what it is asked with', async () => {
  await using server = await aServer(echo(200))
  const port = await freePort()
  const bot = install({
    ...EVERYTHING,
    SLACK_BOT_TOKEN: '',
    DISCORD_TOKEN: '',
    PORT: String(await freePort()),
    SLACK_PORT: String(port),
    SLACK_API_URL: `${server.url}/`,
    SLACK_AUTHORIZE_URL: `${server.url}/authorize`,
  }).start('serve')
  const [stdout, stderr] = [text(bot.stdout), text(bot.stderr)]
  const get = (path: string, cookie = '') =>
    fetch(`http://127.0.0.1:${port}/slack/${path}`, { headers: { cookie }, redirect: 'manual' })
  try {
    await expect
      .poll(
        () =>
          get('install').then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 20_000 },
      )
      .toBeGreaterThan(0)
    const begun = await get('install')
    const state = /state=([^&"]+)/.exec((begun.headers.get('location') ?? '') + (await begun.text()))?.[1] ?? ''
    const cookie = begun.headers.get('set-cookie')?.split(';')[0]
    const said = await get(`oauth_redirect?code=${secret('code')}&state=${state}`, cookie)
    expectNone(await said.text())
    expectNone(await (await get(`oauth_redirect?code=${secret('code')}&state=${secret('state')}`)).text())
  } finally {
    bot.kill('SIGTERM')
  }
  expectNone((await stdout) + (await stderr))
  expect(await stderr).toContain('slack installation failed')
})

test('the doctor says none, whatever it is told by those that it asks', async () => {
  await using server = await aServer(echo(401))
  const environment = { ...EVERYTHING, SLACK_API_URL: `${server.url}/`, DISCORD_API_URL: server.url }
  for (const more of [[], ['--json']]) {
    const { code, stdout, stderr } = await install(environment).run(['doctor', ...more])
    expect(code).toBe(1)
    expectNone(stdout + stderr)
  }
})

test('a running bot says none: in its log, its figures and its answers, with all sources, deliveries and commands failing', async () => {
  const answers: string[] = []
  const slack = aSlack(answers)
  await using server = await aServer(slack)
  await using sources = await aServer(echo(500))
  const [port, slackPort] = [await freePort(), await freePort()]
  const paperboy = install({
    ...EVERYTHING,
    ...Object.fromEntries(Object.keys(SOURCES).map((name) => [name, sources.url])),
    // One by its password in the address.
    ARXIV_RSS_URL: WITH_PASSWORD,
    DISCORD_TOKEN: '',
    SLACK_API_URL: `${server.url}/api/`,
    PORT: String(port),
    SLACK_PORT: String(slackPort),
    WATCH_CRON: '* * * * * *',
    FETCH_ALLOW_HOSTS: '127.0.0.1',
  })
  await paperboy.run(['import', '--sample'])
  const bot = paperboy.start('serve')
  const [stdout, stderr] = [text(bot.stdout), text(bot.stderr)]
  try {
    const figures = async (path: string) => (await fetch(`http://127.0.0.1:${port}/${path}`)).text().catch(() => '')
    await expect.poll(() => figures('readyz').catch(() => ''), { timeout: 20_000 }).toBe('ready')
    const ask = (line: string, changed: Readonly<Record<string, string>> = {}) =>
      send(slackPort, { text: line, response_url: `${server.url}/commands/T1/${secret('response')}` }, changed)
    await ask('help')
    await ask('follow category cs.LG')
    await ask(`follow feed ${server.url}/feed?access_token=${secret('feed')} --confirm yes`)
    await ask('lookup 2401.99999')
    await ask('help', { 'x-slack-signature': `v0=${secret('forged')}` })
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThan(3)
    // Whoever handles a command finds nothing where everything was.
    const connection = new SQLite(join(paperboy.folder, 'data/paperboy.db'), { timeout: 5000 })
    connection.exec('PRAGMA foreign_keys = OFF; DROP TABLE subscriptions')
    connection.close()
    await ask('following')
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBeGreaterThan(4)
    await expect.poll(() => figures('metrics'), { timeout: 10_000 }).toMatch(/^paperboy_tick_failures_total [1-9]/m)
    expectNone((await figures('metrics')) + (await figures('readyz')) + (await figures('healthz')))
    expectNone(answers.join('\n').replaceAll(`access_token=${secret('feed')}`, ''))
  } finally {
    bot.kill('SIGTERM')
  }
  expectNone((await stdout) + (await stderr))
  expect(await stderr).toContain('tick failed')
})

/** Says yes to the token, and otherwise fails with all that it was told; it keeps what is answered to people. */
function aSlack(answers: string[]): RequestListener {
  const refuse = echo(500)
  return async (request: IncomingMessage, response) => {
    if (request.url?.endsWith('auth.test')) return response.end('{"ok":true,"team_id":"T1","user_id":"U1"}')
    if (!request.url?.startsWith('/commands/')) return refuse(request, response)
    answers.push(await text(request))
    response.writeHead(answers.length % 2 ? 500 : 200).end(`${request.url} ${JSON.stringify(request.headers)}`)
  }
}

async function send(port: number, fields: Readonly<Record<string, string>>, changed: Readonly<Record<string, string>>) {
  const timestamp = String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000))
  const body = new URLSearchParams({
    command: '/papers',
    token: secret('verification'),
    trigger_id: `${crypto.randomUUID()}.${secret('trigger')}`,
    team_id: 'T1',
    team_domain: 'lab',
    channel_id: 'C1',
    channel_name: 'papers',
    user_id: 'U2',
    user_name: 'ada',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    ...fields,
  }).toString()
  const hex = createHmac('sha256', SECRETS.SLACK_SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hex}`,
      ...changed,
    },
    body,
  })
  return answer.text()
}
