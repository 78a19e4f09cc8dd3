// Whether Slack's requests can come to the bot: to a port of this machine, or over a socket that the bot opens.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { isIPv6 } from 'node:net'
import { clientOf } from '#adapters/chat/slack/workspaces.ts'
import type { Check } from '#core/ports/platform.ts'
import { ask } from './ask.ts'

const SECRET = /^[0-9a-f]{32}$/
const ANSWER_WITHIN_MS = 3000
/** What listens everywhere is asked here. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

export interface HttpRequests {
  readonly signingSecret: string
  readonly host: string
  readonly port: number
}

/** Never rejects. */
export async function checkHttp({ signingSecret, host, port }: HttpRequests): Promise<Check[]> {
  return [await checkPort(host, port), ...checkSecret(signingSecret)]
}

async function checkPort(host: string, port: number): Promise<Check> {
  const about = 'Slack requests'
  const mend = `Slack has to reach it by a public address: https://your.address/slack/events. Where you have none, use Socket Mode.`
  const problem = await listening(host, port)
  if (problem === undefined) return { about, state: 'fine', found: `Port ${port} on ${host} is free for them.`, mend }
  if (problem !== 'EADDRINUSE') {
    const found = `Port ${port} on ${host} cannot be listened on (${problem}).`
    return {
      about,
      state: 'wrong',
      found,
      mend: 'Set HOST to an address of this machine, and SLACK_PORT to a port from 1024 on.',
    }
  }
  if (await isPaperboy(host, port))
    return { about, state: 'fine', found: `Paperboy takes them at port ${port} on ${host}.`, mend }
  const other = 'Set SLACK_PORT to a free port, and tell your web server of it; or stop the other program.'
  return { about, state: 'wrong', found: `Port ${port} on ${host} is taken by another program.`, mend: other }
}

/** The code of what is in the way; undefined where nothing is. */
async function listening(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  try {
    server.listen(port, host)
    await once(server, 'listening')
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  } finally {
    server.close()
  }
}

/** What is not signed is refused by the bot, and by hardly anybody else at this path. */
async function isPaperboy(host: string, port: number): Promise<boolean> {
  const name = LOOPBACK[host] ?? host
  const url = `http://${isIPv6(name) ? `[${name}]` : name}:${port}/slack/events`
  try {
    const { status } = await fetch(url, { method: 'POST', redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    return status === 401
  } catch {
    return false
  }
}

function checkSecret(secret: string): Check[] {
  if (SECRET.test(secret)) return []
  return [
    {
      about: 'Slack signing secret',
      state: 'warning',
      found:
        'SLACK_SIGNING_SECRET does not look like one, which is 32 digits and letters from a to f; if it is wrong, every request is refused.',
      mend: 'Copy the Signing Secret at https://api.slack.com/apps (Basic Information) once more.',
    },
  ]
}

/** Whether Slack gives the app a socket; it is not opened. Never rejects. */
export async function checkSocket(appToken: string, apiUrl: string | undefined): Promise<Check[]> {
  const about = 'Slack socket'
  const said = await ask(clientOf(appToken, { apiUrl }).apps.connections.open())
  if ('answer' in said) return [{ about, state: 'fine', found: 'Slack gives the app a socket.' }]
  const { code, found } = said.refusal
  const token = 'make an app-level token with the scope connections:write (Basic Information), and set SLACK_APP_TOKEN to it.'
  const mend = `At https://api.slack.com/apps turn Socket Mode on, ${token}`
  return [{ about, state: 'wrong', found, ...(code !== undefined && { mend }) }]
}
