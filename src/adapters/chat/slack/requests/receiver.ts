// Slack's requests over HTTP, handed to Bolt; Bolt's own receiver takes requests from the future, replays, and ends on `null`.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App, Receiver } from '@slack/bolt'
import type { InstallPages } from './install.ts'
import { type Checked, isProbe, requestChecker } from './request.ts'
import { createSlackServer, end, read, type ServerOptions } from './server.ts'
import { isOfSlack } from './shape.ts'

const PATH = '/slack/events'
/** Slack gives up after three seconds. */
const ANSWER_WITHIN_MS = 2900

/** A Bolt receiver that says whether requests arrive. */
export interface HeardReceiver extends Receiver {
  isHeard(): boolean
}

export interface ReceiverOptions extends ServerOptions {
  readonly signingSecret: string
  /** Undefined where nobody may install the bot. */
  readonly pages: InstallPages | undefined
}

/** A Bolt receiver that listens on `host` and `port`; start rejects with ConfigError where it cannot. */
export function createReceiver({ signingSecret, pages, ...options }: ReceiverOptions): HeardReceiver {
  const checker = requestChecker(signingSecret, () => Temporal.Now.instant())
  let app: App | undefined
  const server = createSlackServer(receive, options)
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await pages?.(request, response)) return
    const [path, query = ''] = request.url?.split('?') ?? []
    if (path !== PATH) return end(response, 404)
    if (request.method !== 'POST') return end(response, request.method === 'GET' && isProbe(query) ? 200 : 404)
    const body = await read(request)
    if (body === undefined) return end(response, 413)
    const received = {
      contentType: header(request, 'content-type'),
      timestamp: header(request, 'x-slack-request-timestamp'),
      signature: header(request, 'x-slack-signature'),
      body,
    }
    try {
      await answer(checker.check(received), response)
    } catch (error) {
      if (!response.headersSent) checker.forget(received)
      throw error
    }
  }
  async function answer(checked: Checked, response: ServerResponse): Promise<void> {
    if ('refused' in checked) return end(response, checked.refused)
    if ('repeated' in checked || 'probe' in checked) return end(response, 200)
    if (checked.payload.type === 'url_verification') return end(response, 200, String(checked.payload.challenge ?? ''))
    if (!isOfSlack(checked.payload)) return end(response, 400)
    const timer = setTimeout(() => end(response, 500), ANSWER_WITHIN_MS)
    const ack = async (said?: unknown) => end(response, 200, said === undefined ? '' : said)
    await app?.processEvent({ body: { ...checked.payload }, ack }).finally(() => clearTimeout(timer))
    end(response, 404)
  }
  return {
    init(bolt) {
      app = bolt
    },
    isHeard: () => server.isListening(),
    start: () => server.start(),
    stop: () => server.stop(),
  }
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}
