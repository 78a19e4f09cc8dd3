// Answers to commands, buttons and shortcuts: sent to the response_url that came with the request, where the bot need not be in.
// What is under way is a note that stays, seen by the person alone: only a button's own message can be replaced through its
// response_url, nothing that was said through one (https://github.com/slackapi/bolt-python/issues/1268).
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import type { Log } from '#core/ports/log.ts'
import { postJson } from './post-json.ts'
import { LOOKING } from './progress.ts'
import type { How, Said, Way } from './respond.ts'

export interface ResponseUrl {
  readonly url: string
  /** The thread in which it was asked, and is answered. */
  readonly thread?: string | undefined
  /** It came with a button that turns a page of its message, whose place the page takes. */
  readonly turns?: boolean
  readonly log: Log
}

export function byResponseUrl({ url, thread, turns = false, log }: ResponseUrl): Way {
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
    try {
      const { status, said } = await postJson(url, { ...message, ...place, unfurl_links: false, unfurl_media: false })
      if (status < 200 || status > 299) log.warn('slack refused an answer', { status, said })
    } catch (error) {
      log.warn('slack did not take an answer', { error })
    }
  }

  return {
    progress: () => say({ text: LOOKING }, { alone: true, instead: false }),
    left: () => left,
    say,
  }
}
