// Requests to Slack's address: whatever is forged, stale, from the future or repeated is refused, and whatever is rightly signed
// is read without a throw, however little sense it makes.
import { createHmac } from 'node:crypto'
import { type Checked, requestChecker, type SlackRequest } from '#adapters/chat/slack/requests/request.ts'
import { seededRandom } from '#bench/corpus.ts'
import { hostileLine } from './hostile-lines.ts'

const SECRET = 'chaos-signing-secret'
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')
const SECONDS = NOW.epochMilliseconds / 1000
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'text/xml',
  '',
]
const STRUCTURES = [
  'null',
  '[]',
  '0',
  '{',
  '{}',
  '{"event":null}',
  '{"__proto__":{"event":{}}}',
  'payload=null',
  'payload={}&payload=[]',
  '&&&=',
]

interface Trick {
  readonly request: SlackRequest
  readonly passes: (checked: Checked) => boolean
}

/** `tries` requests, always the same ones for a seed. */
export function hostileRequests(seed: number, tries: number) {
  const chance = seededRandom(seed)
  const { check } = requestChecker(SECRET, () => NOW)
  const found = { tried: 0, corrupt: 0, notes: [] as string[], wrong: [] as string[] }
  for (; found.tried < tries; found.tried++) {
    const { request, passes } = trick(chance, found.tried)
    try {
      if (passes(check(request))) continue
      found.corrupt++
      found.wrong.push(`It passed: ${JSON.stringify(request).slice(0, 300)}`)
    } catch (error) {
      found.corrupt++
      found.wrong.push(`${error}: ${JSON.stringify(request).slice(0, 300)}`)
    }
  }
  return found
}

function trick(chance: () => number, nth: number): Trick {
  const one = <T>(of: readonly T[]) => of[Math.floor(chance() * of.length)] as T
  const body = `${one([...STRUCTURES, 'payload=', 'text=', '{"event":', ''])}${hostileLine(chance)}${nth}`
  const request = signed(body, { contentType: one(TYPES) })
  const { timestamp, signature } = request
  const refused = (checked: Checked) => 'refused' in checked && checked.refused === 401
  const tricks: Trick[] = [
    { request, passes: () => true },
    { request: { ...request, body: `${body} ` }, passes: refused },
    { request: { ...request, timestamp: String(SECONDS - 1) }, passes: refused },
    { request: { ...request, timestamp: `${timestamp}.0` }, passes: refused },
    { request: { ...request, signature: '' }, passes: refused },
    { request: { ...request, signature: signature.slice(0, -1) }, passes: refused },
    { request: { ...request, signature: `${signature}0` }, passes: refused },
    { request: { ...request, signature: signature.toUpperCase() }, passes: refused },
    { request: { ...request, signature: signature.replace('v0', 'v1') }, passes: refused },
    { request: { ...request, signature: `v0=${hostileLine(chance)}` }, passes: refused },
    { request: signed(body, { secret: 'another' }), passes: refused },
    ...[SECONDS - 301, SECONDS + 301, SECONDS * 1000, -SECONDS, 0, 2 ** 40, Number.NaN, 1e21].map((at): Trick => {
      return { request: signed(body, { at: String(at) }), passes: refused }
    }),
    { request: signed(body, { at: hostileLine(chance).slice(0, 40) }), passes: refused },
  ]
  return one(tricks)
}

function signed(body: string, { at = String(SECONDS), secret = SECRET, contentType = 'application/json' } = {}): SlackRequest {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`
  return { contentType, timestamp: at, signature, body }
}
