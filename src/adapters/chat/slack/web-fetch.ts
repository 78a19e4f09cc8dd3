// fetch for Slack's client, which makes of a 429 without Retry-After an error that nobody can tell from others.
import { webApi } from '@slack/bolt'

/** As fetch; rejects with a WebAPIHTTPError of status 429 where Slack refuses a call and does not say for how long. */
export async function webFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request)
  if (response.status !== 429 || Number.isFinite(Number.parseInt(response.headers.get('retry-after') ?? '', 10))) return response
  await response.body?.cancel()
  throw new webApi.WebAPIHTTPError(response.status, response.statusText, Object.fromEntries(response.headers), '')
}
