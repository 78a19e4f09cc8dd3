// A strict stand-in for Slack and a bot that serves it, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { install } from '#test/paperboy.ts'

const FAKES = '../shared/platform-fakes'
export const hasFakes = existsSync(FAKES)
/** A channel that the bot is in. */
export const CHANNEL = 'C0PAPERST0LAB'

export interface SlackAndBotOptions {
  /** What the bot's environment has besides what the fake gives; an empty value takes one away. */
  readonly environment?: Readonly<Record<string, string>>
  /** How Slack's requests come to the bot; over HTTP by default. */
  readonly delivery?: 'http' | 'socket'
}

/** Both, from before the first test of a suite until after its last; they are there once the tests run. */
export function slackAndBot({ environment = {}, delivery = 'http' }: SlackAndBotOptions = {}) {
  const running = {} as { slack: Awaited<ReturnType<typeof startFake>>; bot: Awaited<ReturnType<typeof startBot>> }
  beforeAll(async () => {
    running.slack = await startFake(delivery)
    running.bot = await startBot(running.slack, environment)
  })
  afterAll(() => {
    for (const { process } of Object.values(running)) process.kill('SIGKILL')
  })
  return running
}

/** The fake, from a copy that finds the `ws` it needs, with the scopes of manifest.yaml and no more. */
async function startFake(delivery: 'http' | 'socket') {
  const botPort = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fakes-'))
  cpSync(join(FAKES, 'fake-slack.ts'), join(folder, 'fake-slack.ts'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  const bot = `http://127.0.0.1:${botPort}/slack`
  const urls = ['--bot-url', `${bot}/events`, '--install-url', `${bot}/install`, '--redirect-uri', `${bot}/oauth_redirect`]
  const child = spawn(process.execPath, ['fake-slack.ts', '--port', '0', '--delivery', delivery, ...urls], { cwd: folder })
  const { env, ctl: address } = await line(child, (said) => said.ready === true)
  async function ctl(command: string, fields: object) {
    const response = await fetch(`${address}${command}`, { method: 'POST', body: JSON.stringify(fields) })
    // biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
    return (await response.json()) as any
  }
  await ctl('team', { id: 'T0LAB', scopes: SCOPES.map(({ scope }) => scope) })
  const mode = delivery === 'socket' ? { SLACK_MODE: 'socket' } : {}
  return { process: child, env: { ...(env as Record<string, string>), ...mode }, botPort, ctl }
}

/** The bot, serving, over the sample and with a tick each second. */
async function startBot({ env, botPort }: Awaited<ReturnType<typeof startFake>>, environment: Readonly<Record<string, string>>) {
  const sample = install()
  await sample.run(['import', '--sample'])
  const healthPort = await freePort()
  const ports = { SLACK_PORT: String(botPort), PORT: String(healthPort) }
  const variables = { ...env, ...ports, WATCH_CRON: '* * * * * *', ...environment }
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
