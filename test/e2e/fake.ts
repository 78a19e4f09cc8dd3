// What the stand-ins for Slack and Discord have in common, and a bot that serves one of them: each a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { install } from '#test/paperboy.ts'

const FAKES = '../shared/platform-fakes'
const SERVE_SOON = fileURLToPath(new URL('./serve-soon.ts', import.meta.url))
export const hasFakes = existsSync(FAKES)

/** A folder with these files, where they find the `ws` that they need. */
export function copyOf(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-fakes-'))
  for (const file of files) cpSync(join(FAKES, file), join(folder, file))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
  return folder
}

/** A fake, started by its script, that takes any free port. */
export async function startFakeOf(folder: string, script: string, flags: readonly string[]) {
  const child = spawn(process.execPath, [script, '--port', '0', ...flags], { cwd: folder })
  const { env, ctl: address } = await line(child, (said) => said.ready === true)
  async function ctl(command: string, fields: object = {}) {
    const response = await fetch(`${address}${command}`, { method: 'POST', body: JSON.stringify(fields) })
    // biome-ignore lint/suspicious/noExplicitAny: what the fake answers has no types
    return (await response.json()) as any
  }
  return { process: child, env: env as Record<string, string>, ctl }
}

/** The bot, serving, over the sample (in a file of its own unless DATABASE_URL is given) and with a look at feeds each second; `soon`: with a lease and a settle time of seconds, not minutes. */
export async function startBotWith(environment: Readonly<Record<string, string>>, soon: boolean) {
  const { DATABASE_URL } = environment
  const sample = install(DATABASE_URL === undefined ? {} : { DATABASE_URL })
  await sample.run(['import', '--sample'])
  const healthPort = await freePort()
  const database = join(sample.folder, 'data/paperboy.db')
  const variables = { PORT: String(healthPort), WATCH_CRON: '* * * * * *', DATABASE_URL: `file:${database}` }
  const paperboy = install({ ...variables, ...environment })
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
    /** Its database's file, where it has one of its own. */
    database,
    /** Ends it by a signal and starts it again once `meanwhile` is over, over the same store or what that put in its place. */
    async restart(signal: 'SIGTERM' | 'SIGKILL', meanwhile: () => unknown = () => {}) {
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      await meanwhile()
      child = await start()
    },
  }
}

/** After the last test of a suite. */
export function killAll(running: Readonly<Record<string, { readonly process: ChildProcess }>>): void {
  afterAll(() => {
    for (const { process } of Object.values(running)) process.kill('SIGKILL')
  })
}

/** The first JSON line, of standard output or error, that fits; `all` gets each, then and later. */
export async function line(
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
