// fetch for Slack's client, which makes of a 429 without Retry-After an error that nobody can tell from others, and goes on with a
// call whose time is over where the process stood still.
import { webApi } from '@slack/bolt'
import { sentWithin } from '#adapters/http/in-time.ts'

/** What was not sent by then is not sent any more: the time limit of a call. */
export const CALL_WITHIN_MS = 10_000

const dispatcher = sentWithin(CALL_WITHIN_MS)

/** As fetch; rejects with a WebAPIHTTPError of status 429 where Slack refuses a call and does not say for how long. */
export async function webFetch(...[address, init]: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(address, { ...init, dispatcher })
  if (response.status !== 429 || Number.isFinite(Number.parseInt(response.headers.get('retry-after') ?? '', 10))) return response
  await response.body?.cancel()
  throw new webApi.WebAPIHTTPError(response.status, response.statusText, Object.fromEntries(response.headers), '')
}
