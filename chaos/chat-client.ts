// The platform and the feeds of chat-server.ts, as the process that is killed sees them.
import { sentWithin } from '#adapters/http/in-time.ts'
import { DeliveryError, SourceError } from '#core/errors.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { FeedSource } from '#core/ports/source.ts'
import { acceptedOf } from './remembering-platform.ts'

/** Longer than any answer takes, and shorter than the outbox waits before it looks. */
const TIMEOUT = 700

export function chatClient(url: string): Platform {
  const dispatcher = sentWithin(TIMEOUT)
  const ask = (path: string, body?: unknown) =>
    fetch(`${url}/${path}`, {
      signal: AbortSignal.timeout(TIMEOUT),
      dispatcher,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    })
  return {
    name: 'terminal',
    async post(delivery) {
      const { status } = await ask('post', acceptedOf(delivery)).catch((cause) => {
        throw new DeliveryError('uncertain', 'No answer.', { cause })
      })
      if (status === 429) throw new DeliveryError('rate-limited', 'Slow down.', { retryAfter: 1 })
      return delivery.dedupeKey
    },
    async lookUp({ dedupeKey }) {
      const { ok } = await ask(`posted/${dedupeKey}`)
      return ok ? { found: dedupeKey } : 'absent'
    },
    edit: async () => undefined,
    permalink: (_, ref) => `https://chat.example/${ref}`,
  }
}

export function feedClient(url: string): FeedSource {
  return {
    name: 'arxiv-rss',
    async read(feed) {
      try {
        const answer = await fetch(`${url}/feed/${encodeURIComponent(feed)}`, { signal: AbortSignal.timeout(TIMEOUT) })
        const digest = await answer.text()
        return { kind: 'records', records: JSON.parse(digest), skipped: [], digest }
      } catch (cause) {
        throw new SourceError('No answer.', { cause })
      }
    },
  }
}
