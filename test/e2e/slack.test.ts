// The bot against a strict stand-in for Slack, from outside: commands, buttons, forged requests, an alert whose answer is lost, SIGTERM.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

const FAKES = '../shared/platform-fakes'
const CHANNEL = 'C0PAPERST0LAB'

describe.skipIf(!existsSync(FAKES))('Slack', () => {
  let slack: Awaited<ReturnType<typeof startFake>>
  let bot: Awaited<ReturnType<typeof startBot>>
  const closing: ChildProcess[] = []

  beforeAll(async () => {
    const port = await freePort()
    slack = await startFake(port)
    closing.push(slack.process)
    // What manifest.yaml asks for, and no more.
    await slack.ctl('team', {
      id: 'T0LAB',
      scopes: ['commands', 'chat:write', 'channels:history', 'groups:history', 'im:history', 'im:write', 'mpim:history'],
    })
    bot = await startBot(slack.env, port)
    closing.push(bot.process)
  })

  afterAll(() => {
    for (const child of closing) child.kill('SIGKILL')
  })

  test('/healthz, /readyz and /metrics answer', async () => {
    expect(await (await fetch(`${bot.health}/healthz`)).text()).toBe('ok')
    expect((await fetch(`${bot.health}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${bot.health}/metrics`)).text()).toContain('paperboy_papers 15')
  })

  test('a command is acknowledged at once and answered in the channel', async () => {
    const sent = await slack.ctl('command', { command: '/papers', text: 'author Eric J. Michaud', channel: CHANNEL })
    expect(sent.status).toBe(200)
    const answered = await slack.ctl('wait', { kind: 'response_url', includes: 'There Will Be a Scientific Theory' })
    expect(answered.ok).toBe(true)
  })

  test('a mistake is answered to the person alone', async () => {
    await slack.ctl('command', { command: '/papers', text: 'serch moths', channel: CHANNEL })
    const answered = await slack.ctl('wait', { kind: 'response_url', includes: 'serch' })
    expect(JSON.stringify(answered.records)).toContain('ephemeral')
  })

  test('a button shows the next page in the place of this one', async () => {
    await slack.ctl('command', { command: '/papers', text: 'search network', channel: CHANNEL })
    await slack.ctl('wait', { kind: 'response_url', includes: '--page 2' })
    const { messages } = await slack.ctl('messages', { channel: CHANNEL })
    const page = messages.findLast((message: object) => JSON.stringify(message).includes('--page 2'))
    const button = JSON.stringify(page).match(/"value":"(search network --page 2)","action_id":"(run:\d+)"/) ?? []
    const fields = { message_ts: page.ts, action_id: button[2] ?? 'run:0', value: 'search network --page 2' }
    expect((await slack.ctl('action', fields)).status).toBe(200)
    expect((await slack.ctl('wait', { kind: 'response_url', includes: 'replace_original' })).ok).toBe(true)
  })

  test.each(['signature', 'wrong_secret', 'body', 'missing', 'old', 'nan', 'future'])(
    'a request with a wrong %s is refused',
    async (tamper) => {
      expect((await slack.ctl('command', { command: '/papers', text: 'help', tamper })).status).toBe(401)
    },
  )

  test('an alert whose answer was lost is posted once', async () => {
    await slack.ctl('command', { command: '/papers', text: 'follow topic moths --cadence now --confirm yes', channel: CHANNEL })
    await slack.ctl('wait', { kind: 'response_url', includes: 'moths' })
    await slack.ctl('fault', { kind: 'reset', method: 'chat.postMessage', times: 1, phase: 'after' })
    const today = Temporal.Now.plainDateISO().toString()
    const paper = {
      id: '2611.00001',
      title: 'On Moths',
      authors: ['Ada Byron'],
      abstract: 'They circle.',
      date: today,
      categories: ['cs.LG'],
    }
    writeFileSync(join(bot.folder, 'new.ndjson'), `${JSON.stringify(paper)}\n`)
    expect((await bot.run(['import', 'new.ndjson'])).code).toBe(0)
    // The outbox leaves an unclear answer alone for two minutes, longer than any request takes, before it looks.
    expect((await slack.ctl('wait', { method: 'conversations.history', timeout_ms: 170_000 })).ok).toBe(true)
    await slack.ctl('idle', { quiet_ms: 3000 })
    const { messages } = await slack.ctl('messages', { channel: CHANNEL })
    expect(messages.filter((message: object) => JSON.stringify(message).includes('On Moths'))).toHaveLength(1)
  }, 240_000)

  test('SIGTERM ends it with 0, and it broke none of Slack’s rules', async () => {
    bot.process.kill('SIGTERM')
    const [code] = await once(bot.process, 'exit')
    expect(code).toBe(0)
    expect((await slack.ctl('violations', {})).violations).toEqual([])
  })
})

/** The fake in a process of its own, from a copy that finds the `ws` it needs. */
async function startFake(botPort: number) {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fakes-'))
  cpSync(join(FAKES, 'fake-slack.ts'), join(folder, 'fake-slack.ts'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const botUrl = `http://127.0.0.1:${botPort}/slack/events`
  const child = spawn(process.execPath, ['fake-slack.ts', '--port', '0', '--bot-url', botUrl], { cwd: folder })
  const { env, ctl } = await line(child, (said) => said.ready === true)
  return {
    process: child,
    env: env as Record<string, string>,
    async ctl(command: string, fields: object) {
      const response = await fetch(`${ctl}${command}`, { method: 'POST', body: JSON.stringify(fields) })
      // biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
      return (await response.json()) as any
    },
  }
}

/** The bot, serving, over the sample and with a tick each second. */
async function startBot(env: Record<string, string>, port: number) {
  const sample = install()
  await sample.run(['import', '--sample'])
  const healthPort = await freePort()
  const variables = { ...env, SLACK_PORT: String(port), PORT: String(healthPort), WATCH_CRON: '* * * * * *' }
  const paperboy = install({ ...variables, DATABASE_URL: `file:${join(sample.folder, 'data/paperboy.db')}` })
  const child = paperboy.start('serve')
  await line(child, (said) => said.msg === 'ready')
  return { ...paperboy, process: child, health: `http://127.0.0.1:${healthPort}` }
}

/** The first JSON line, of standard output or error, that fits. */
async function line(child: ChildProcess, fits: (said: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready.`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (text) => {
        if (text.startsWith('{') && fits(JSON.parse(text))) resolve(JSON.parse(text))
      })
    }
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
