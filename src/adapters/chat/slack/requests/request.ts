// Whether an HTTP request comes from Slack, and what it says.
// The order: whether it only looks if somebody answers, signature, age on either side of now, whether it came before, what the body is.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { createMemory } from '#core/memory.ts'

/** Slack looks whether the address answers (https://docs.slack.dev/interactivity/implementing-slash-commands); it asks for nothing. */
const SSL_CHECK = /(?:^|&)ssl_check=1(?:&|$)/
const SECONDS = /^\d{1,12}$/
/** Signatures remembered against replays: more than Slack sends in the time that a request counts as fresh. */
const REMEMBERED = 50_000

export interface SlackRequest {
  readonly contentType: string
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

export type Checked =
  | { readonly payload: Readonly<Record<string, unknown>> }
  | { readonly refused: 400 | 401 }
  | { readonly repeated: true }
  | { readonly probe: true }

export interface RequestChecker {
  check(request: SlackRequest): Checked
  /** What failed before it was answered may come again, within the same second even, and then is no repetition. */
  forget(request: SlackRequest): void
}

/** Checks requests signed with this secret (https://docs.slack.dev/authentication/verifying-requests-from-slack). */
export function requestChecker(signingSecret: string, now: () => Temporal.Instant): RequestChecker {
  const seen = createMemory<string, true>(REMEMBERED)
  return {
    check(request) {
      if (isForm(request) && isProbe(request.body)) return { probe: true }
      if (!isSigned(request, signingSecret) || !isFresh(request.timestamp, now())) return { refused: 401 }
      if (seen.has(request.signature)) return { repeated: true }
      seen.set(request.signature, true)
      const payload = payloadOf(request)
      return payload ? { payload } : { refused: 400 }
    },
    forget: ({ signature }) => seen.delete(signature),
  }
}

function isForm({ contentType }: SlackRequest): boolean {
  return contentType.startsWith('application/x-www-form-urlencoded')
}

/** Whether a form, or what is behind the question mark of an address, is that of Slack looking whether somebody answers. */
export function isProbe(form: string): boolean {
  return SSL_CHECK.test(form)
}

function isSigned({ timestamp, signature, body }: SlackRequest, secret: string): boolean {
  const expected = Buffer.from(`v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`)
  const given = Buffer.from(signature)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function isFresh(timestamp: string, now: Temporal.Instant): boolean {
  if (!SECONDS.test(timestamp)) return false
  return Math.abs(Number(timestamp) - now.epochMilliseconds / 1000) <= LIMITS.skew
}

/** Events come as JSON; commands as a form; buttons as a form whose `payload` is JSON. */
function payloadOf(request: SlackRequest): Readonly<Record<string, unknown>> | undefined {
  const { contentType, body } = request
  if (contentType.startsWith('application/json')) return objectOf(body)
  if (!isForm(request)) return undefined
  const form = Object.fromEntries(new URLSearchParams(body))
  return form.payload === undefined ? form : objectOf(form.payload)
}

function objectOf(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
