// A bot that takes Slack's requests over HTTP, with all that Slack brings and a whole bot behind it, and Slack's side of both:
// whoever signs, a Web API that says yes, and a place for answers.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { slackPlatform } from '#adapters/chat/slack/slack.ts'
import type { App } from '#cli/app.ts'
import { createChatHandlers } from '#cli/chat-handlers.ts'
import { openBot } from '#test/core/commands/bot.ts'

const SECRET = 'signing-secret'
const PATH = '/slack/events'
export const JSON_TYPE = 'application/json'
export const FORM_TYPE = 'application/x-www-form-urlencoded'

export interface Sent {
  readonly status: number
  readonly said: string
}

/** Also what was logged as an error. Whether a workspace installed it, fails to be found out so often. */
export async function aBotOnSlack({ fails = 0 } = {}) {
  let looked = 0
  const errors: unknown[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (_: string, { error }: { error?: unknown } = {}) => errors.push(error) }
  const slack = createServer((request, response) => {
    const { ok, team_id, user } = { ok: true, team_id: 'T0LAB', user: { id: 'U0ADA', tz: 'Europe/Berlin' } }
    request
      .resume()
      .on('end', () => response.end(JSON.stringify({ ok, team_id, user_id: 'U0BOT', user, channel: { id: 'D0ADA' } })))
  }).listen(0, '127.0.0.1')
  await once(slack, 'listening')
  const slackUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}`
  const bot = await openBot()
  const port = await freePort()
  const platform = slackPlatform({
    token: 'xoxb-test',
    requests: { mode: 'http', signingSecret: SECRET },
    host: '127.0.0.1',
    port,
    installations: {
      all: bot.context.store.installations.all,
      async get(workspace) {
        if (looked++ < fails) throw new Error('The store is locked.')
        return bot.context.store.installations.get(workspace)
      },
    },
    apiUrl: `${slackUrl}/api/`,
    now: () => Temporal.Now.instant(),
    log,
  })
  await platform.start(createChatHandlers({ ...bot.context, log } as unknown as App, bot.context.posting))

  return {
    errors,
    /** How often it was looked up whether a workspace installed it. */
    looked: () => looked,
    answerUrl: `${slackUrl}/answer`,
    /** What is under way is over. */
    async [Symbol.asyncDispose]() {
      await platform.stop()
      slack.closeAllConnections()
      slack.close()
      await bot[Symbol.asyncDispose]()
    },
    signature,
    /** A request as Slack sends it, but for `changed`. */
    async send(body: string | Uint8Array<ArrayBuffer>, type = JSON_TYPE, changed: Record<string, string> = {}): Promise<Sent> {
      const timestamp = seconds()
      const headers = { 'content-type': type, ...signature(body, timestamp), ...changed }
      const response = await fetch(`http://127.0.0.1:${port}${PATH}`, { method: 'POST', headers, body })
      return { status: response.status, said: await response.text() }
    },
    async fetch(path: string, options: RequestInit = {}): Promise<number> {
      return (await fetch(`http://127.0.0.1:${port}${path}`, options)).status
    },
    /** Bytes as they are, and all that comes back until the bot hangs up. */
    async raw(...parts: readonly string[]): Promise<string> {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined)
      for (const part of parts) socket.write(part)
      return text(socket).catch(() => '')
    },
  }
}

export function seconds(later = 0): string {
  return String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + later)
}

export function signature(body: string | Uint8Array, timestamp: string): Record<string, string> {
  const hex = createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hex}` }
}

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
