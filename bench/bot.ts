// The whole bot as operators run it, in a process of its own, for benches that ask it from outside.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../bin/paperboy.js', import.meta.url))

/** No source is asked over the network: whoever needs one sets its address. Nobody listens at the port, which no system gives out and fetch would ask. */
const nowhere = 'http://127.0.0.1:65535'
export const NO_SOURCES: Readonly<Record<string, string>> = {
  ARXIV_RSS_URL: nowhere,
  ARXIV_API_URL: nowhere,
  ARXIV_OAI_URL: nowhere,
  OPENALEX_API_URL: nowhere,
  SEMANTIC_SCHOLAR_API_URL: nowhere,
  HUGGING_FACE_API_URL: nowhere,
  BIORXIV_API_URL: nowhere,
  CROSSREF_API_URL: nowhere,
}

/** Resolves once it is ready. Feeds are looked at once a year; `environment` goes before what is set here. */
export async function serve(path: string, environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: `file:${path}`,
    PORT: String(await freePort()),
    WATCH_CRON: '0 0 1 1 *',
    ...NO_SOURCES,
    ...environment,
  }
  const bot = spawn(process.execPath, [bin, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const lines: string[] = []
  for await (const line of createInterface({ input: bot.stderr })) {
    lines.push(line)
    if (line.includes('"msg":"ready"')) {
      bot.stderr.resume()
      return bot
    }
  }
  throw new Error(`The bot did not start: ${lines.join('\n')}`)
}

export async function ended(process: ChildProcess): Promise<void> {
  process.kill('SIGKILL')
  await once(process, 'exit')
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
