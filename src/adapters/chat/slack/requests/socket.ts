// Slack's requests over a socket that the bot opens itself, and opens again for as long as it runs.
// Bolt's own way to reconnect ends the process where Slack refuses to open one (an unhandled rejection), so it is off.
import { setTimeout as wait } from 'node:timers/promises'
import { type App, SocketModeReceiver } from '@slack/bolt'
import { silentLogger } from '#adapters/chat/slack/bolt-logger.ts'
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { clientOptions } from '#adapters/chat/slack/workspaces.ts'
import { ConfigError, type DeliveryError, type DeliveryFailure } from '#core/errors.ts'
import type { InstallPages } from './install.ts'
import type { HeardReceiver } from './receiver.ts'
import { createSlackServer, end, type ServerOptions } from './server.ts'

/** From opening a socket to Slack's greeting on it. */
const GREETED_WITHIN_MS = 30_000
/** What lasted so long is replaced at once; what ended sooner, after the shortest pause. */
const LASTED_MS = 30_000
const SHORTEST_PAUSE_SECONDS = 1
const LONGEST_PAUSE_SECONDS = 60
const MEND = 'Look at SLACK_APP_TOKEN: it begins with xapp-, has the scope connections:write, and its app has Socket Mode on.'
/** These pass by themselves; what else Slack says at the start has to be mended. */
const PASSING: ReadonlySet<DeliveryFailure> = new Set(['transient', 'uncertain', 'rate-limited'])

export interface SocketOptions extends ServerOptions {
  readonly appToken: string
  readonly apiUrl: string | undefined
  /** Served over HTTP; undefined where nobody may install the bot, and then nothing listens. */
  readonly pages: InstallPages | undefined
}

/** A Bolt receiver. Start resolves once Slack greets, however long that takes, and rejects with ConfigError where it refuses the app token. */
export function createSocketReceiver({ appToken, apiUrl, pages, ...options }: SocketOptions): HeardReceiver {
  const { log } = options
  const stopping = new AbortController()
  const server =
    pages &&
    createSlackServer(async (request, response) => {
      if (!(await pages(request, response))) end(response, 404)
    }, options)
  const socket = new SocketModeReceiver({
    appToken,
    logger: silentLogger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions({ apiUrl }) },
    async processEventErrorHandler({ error }) {
      log.error('slack request failed', { error })
      return false
    },
  })
  let isOpening = false
  let isOpen = false
  let openedAt = 0

  socket.client.on('error', (error) => log.warn('slack socket failed', { error }))
  socket.client.on('disconnected', () => {
    isOpen = false
    if (isOpening || stopping.signal.aborted) return
    const pause = performance.now() - openedAt >= LASTED_MS ? 0 : SHORTEST_PAUSE_SECONDS
    log.info('slack socket closed', { pause })
    open(pause).catch((error) => log.error('slack socket given up', { error }))
  })

  /** Tries until Slack greets or the bot stops, first after `pause` seconds; `isFatal` ends it by rejecting. */
  async function open(pause: number, isFatal?: (failure: DeliveryError) => boolean): Promise<void> {
    isOpening = true
    try {
      let seconds = pause
      for (let failures = 0; await passes(seconds); failures++) {
        const failure = await greeting()
        if (!failure) return log.info('slack socket open')
        if (isFatal?.(failure)) throw failure
        seconds = failure.retryAfter ?? Math.min(SHORTEST_PAUSE_SECONDS * 2 ** failures, LONGEST_PAUSE_SECONDS)
        log.warn('slack socket not open', { pause: seconds, error: failure })
      }
    } finally {
      isOpening = false
    }
  }

  /** False where the bot stops meanwhile. */
  async function passes(seconds: number): Promise<boolean> {
    const { signal } = stopping
    if (seconds > 0) await wait(seconds * 1000, undefined, { signal }).catch(() => undefined)
    return !signal.aborted
  }

  /** Undefined once Slack greets; else why it does not. */
  async function greeting(): Promise<DeliveryError | undefined> {
    const late = setTimeout(() => socket.client.disconnect().catch(() => undefined), GREETED_WITHIN_MS)
    try {
      await socket.client.start()
      openedAt = performance.now()
      isOpen = true
      return undefined
    } catch (error) {
      return inOurWords(error)
    } finally {
      clearTimeout(late)
    }
  }

  return {
    init: (app: App) => socket.init(app),
    isHeard: () => isOpen && !stopping.signal.aborted,
    async start() {
      await server?.start()
      await open(0, ({ kind }) => !PASSING.has(kind)).catch(async (cause) => {
        await server?.stop()
        throw new ConfigError(`Slack opens no socket: ${cause.message}`, { hint: MEND, cause })
      })
    },
    async stop() {
      stopping.abort()
      await Promise.all([server?.stop(), socket.stop()])
    },
  }
}
