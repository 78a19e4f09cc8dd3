// A strict stand-in for Discord, with Discord's own OpenAPI document, and a bot that serves it, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { install } from '#test/paperboy.ts'

const FAKES = '../shared/platform-fakes'
const SERVE_SOON = fileURLToPath(new URL('./serve-soon.ts', import.meta.url))
export const hasFakes = existsSync(FAKES)
/** A text channel that the bot may write in. */
export const CHANNEL = '3000000000000000002'

export interface DiscordAndBotOptions {
  /** More of the fake's flags, for instance --shards 2. */
  readonly flags?: readonly string[]
  /** What the fake is told before the bot starts, by the names of its control API. */
  readonly first?: readonly (readonly [command: string, fields: object])[]
  /** Runs the bot with a lease and a settle time of seconds, not minutes. */
  readonly soon?: boolean
}

/** Both, from before the first test of a suite until after its last; they are there once the tests run. */
export function discordAndBot({ flags = [], first = [], soon = false }: DiscordAndBotOptions = {}) {
  const running = {} as { discord: Awaited<ReturnType<typeof startFake>>; bot: Awaited<ReturnType<typeof startBot>> }
  beforeAll(async () => {
    running.discord = await startFake(flags)
    for (const [command, fields] of first) await running.discord.ctl(command, fields)
    running.bot = await startBot(running.discord, soon)
  })
  afterAll(() => {
    for (const { process } of Object.values(running)) process.kill('SIGKILL')
  })
  return running
}

/** A folder with fake-discord.ts and Discord's OpenAPI document, where it finds the `ws` it needs. */
export function copyOfFake(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fakes-'))
  for (const file of ['fake-discord.ts', 'discord-openapi.json']) cpSync(join(FAKES, file), join(folder, file))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

/** The fake, in a process of its own. */
export async function startFake(flags: readonly string[] = []) {
  const folder = copyOfFake()
  const always = ['--port', '0', '--openapi', 'discord-openapi.json']
  const child = spawn(process.execPath, ['fake-discord.ts', ...always, ...flags], { cwd: folder })
  const { env, ctl: address } = await line(child, (said) => said.ready === true)
  async function ctl(command: string, fields: object = {}) {
    const response = await fetch(`${address}${command}`, { method: 'POST', body: JSON.stringify(fields) })
    // biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
    return (await response.json()) as any
  }
  return { process: child, env: env as Record<string, string>, ctl }
}

/** The bot, serving, over the sample and with a tick each second. */
async function startBot({ env }: Awaited<ReturnType<typeof startFake>>, soon: boolean) {
  const sample = install()
  await sample.run(['import', '--sample'])
  const healthPort = await freePort()
  const variables = { ...env, PORT: String(healthPort), WATCH_CRON: '* * * * * *' }
  const paperboy = install({ ...variables, DATABASE_URL: `file:${join(sample.folder, 'data/paperboy.db')}` })
  const said: Record<string, unknown>[] = []
  async function start() {
    const child = soon ? paperboy.startScript(SERVE_SOON) : paperboy.start('serve')
    createInterface({ input: child.stderr }).on('line', (text) => {
      if (text.startsWith('{')) said.push(JSON.parse(text))
    })
    await line(child, ({ msg }) => msg === 'ready')
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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
