// Answers to commands, buttons and shortcuts: sent to the response_url that came with the request, where the bot need not be in.
// What is under way is a note that stays, seen by the person alone: only a button's own message can be replaced through its
// response_url, nothing that was said through one (https://github.com/slackapi/bolt-python/issues/1268).
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { DeliveryError, type DeliveryFailure } from '#core/errors.ts'
import type { Desk } from './desk.ts'
import { patiently } from './patience.ts'
import { postJson } from './post-json.ts'
import { LOOKING } from './progress.ts'
import type { How, Said, Way } from './respond.ts'

/** What says that Slack did not take it, but may. */
const STATUSES: ReadonlyMap<number, DeliveryFailure> = new Map([
  [429, 'rate-limited'],
  [503, 'transient'],
])

export interface ResponseUrl {
  readonly url: string
  /** The thread in which it was asked, and is answered. */
  readonly thread?: string | undefined
  /** It came with a button that turns a page of its message, whose place the page takes. */
  readonly turns?: boolean
}

export function byResponseUrl({ url, thread, turns = false }: ResponseUrl, desk: Pick<Desk, 'wait' | 'log'>): Way {
  let left: number = LIMITS.answers

  async function say(message: Said, { alone, instead }: How): Promise<void> {
    left--
    const place =
      turns && instead
        ? { replace_original: true }
        : {
            replace_original: false,
            response_type: alone ? 'ephemeral' : 'in_channel',
            ...(thread !== undefined && { thread_ts: thread }),
          }
    await patiently(() => post({ ...message, ...place, unfurl_links: false, unfurl_media: false }), desk)
  }

  /** Rejects with DeliveryError where Slack refuses it, and as the network says. */
  async function post(body: object): Promise<void> {
    const { status, said, retryAfter } = await postJson(url, body)
    if (status >= 200 && status <= 299) return
    const kind = STATUSES.get(status) ?? 'rejected'
    throw new DeliveryError(kind, `Slack answered ${status}: ${said}`, { ...(retryAfter !== undefined && { retryAfter }) })
  }

  return {
    progress: () => say({ text: LOOKING }, { alone: true, instead: false }),
    left: () => left,
    say,
  }
}
