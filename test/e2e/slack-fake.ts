// A strict stand-in for Slack and a bot that serves it, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { install } from '#test/paperboy.ts'

const FAKES = '../shared/platform-fakes'
const SERVE_SOON = fileURLToPath(new URL('./serve-soon.ts', import.meta.url))
export const hasFakes = existsSync(FAKES)
/** A channel that the bot is in. */
export const CHANNEL = 'C0PAPERST0LAB'

export interface SlackAndBotOptions {
  /** What the bot's environment has besides what the fake gives; an empty value takes one away. */
  readonly environment?: Readonly<Record<string, string>>
  /** How Slack's requests come to the bot; over HTTP by default. */
  readonly delivery?: 'http' | 'socket'
  /** What the workspace grants the bot; the scopes of manifest.yaml by default. */
  readonly scopes?: readonly string[]
  /** More of the fake's flags, for instance --enforce-rate. */
  readonly flags?: readonly string[]
  /** Runs the bot with a lease and a settle time of seconds, not minutes. */
  readonly soon?: boolean
}

/** Both, from before the first test of a suite until after its last; they are there once the tests run. */
export function slackAndBot(options: SlackAndBotOptions = {}) {
  const running = {} as { slack: Awaited<ReturnType<typeof startFake>>; bot: Awaited<ReturnType<typeof startBot>> }
  beforeAll(async () => {
    running.slack = await startFake(options)
    running.bot = await startBot(running.slack, options)
  })
  afterAll(() => {
    for (const { process } of Object.values(running)) process.kill('SIGKILL')
  })
  return running
}

/** A folder with fake-slack.ts, where it finds the `ws` it needs. */
export function copyOfFake(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fakes-'))
  cpSync(join(FAKES, 'fake-slack.ts'), join(folder, 'fake-slack.ts'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

/** The fake, from a copy of it. */
async function startFake({
  delivery = 'http',
  scopes = SCOPES.map(({ scope }) => scope),
  flags = [],
}: Pick<SlackAndBotOptions, 'delivery' | 'scopes' | 'flags'>) {
  const botPort = await freePort()
  const folder = copyOfFake()
  const bot = `http://127.0.0.1:${botPort}/slack`
  const urls = ['--bot-url', `${bot}/events`, '--install-url', `${bot}/install`, '--redirect-uri', `${bot}/oauth_redirect`]
  const child = spawn(process.execPath, ['fake-slack.ts', '--port', '0', '--delivery', delivery, ...urls, ...flags], {
    cwd: folder,
  })
  const { env, ctl: address } = await line(child, (said) => said.ready === true)
  async function ctl(command: string, fields: object) {
    const response = await fetch(`${address}${command}`, { method: 'POST', body: JSON.stringify(fields) })
    // biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
    return (await response.json()) as any
  }
  await ctl('team', { id: 'T0LAB', scopes })
  const mode: Record<string, string> = delivery === 'socket' ? { SLACK_MODE: 'socket' } : {}
  return { process: child, env: { ...(env as Record<string, string>), ...mode }, botPort, ctl }
}

/** The bot, serving, over the sample and with a tick each second. */
async function startBot(
  { env, botPort }: Awaited<ReturnType<typeof startFake>>,
  { environment = {}, soon = false }: Pick<SlackAndBotOptions, 'environment' | 'soon'>,
) {
  const sample = install()
  await sample.run(['import', '--sample'])
  const healthPort = await freePort()
  const ports = { SLACK_PORT: String(botPort), PORT: String(healthPort) }
  const variables = { ...env, ...ports, WATCH_CRON: '* * * * * *', ...environment }
  const paperboy = install({ ...variables, DATABASE_URL: `file:${join(sample.folder, 'data/paperboy.db')}` })
  const said: Record<string, unknown>[] = []
  async function start() {
    const child = soon ? paperboy.startScript(SERVE_SOON) : paperboy.start('serve')
    await line(child, ({ msg }) => msg === 'ready', said)
    return child
  }
  let child = await start()
  return {
    ...paperboy,
    health: `http://127.0.0.1:${healthPort}`,
    get process() {
      return child
    },
    /** What it logged. */
    said,
    /** Ends it by a signal and starts it again, over the same store. */
    async restart(signal: 'SIGTERM' | 'SIGKILL') {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      child = await start()
    },
  }
}

/** The first JSON line, of standard output or error, that fits; `all` gets each, then and later. */
async function line(
  child: ChildProcess,
  fits: (said: Record<string, unknown>) => boolean,
  all: Record<string, unknown>[] = [],
): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it was ready.`)))
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (text) => {
        if (!text.startsWith('{')) return
        const said = JSON.parse(text)
        all.push(said)
        if (fits(said)) resolve(said)
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
