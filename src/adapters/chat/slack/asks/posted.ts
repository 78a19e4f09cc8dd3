// Answers to mentions and direct messages: posted by the bot; what is under way is a message that the answer takes the place of.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { isDirect } from '#adapters/chat/slack/people/direct.ts'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import type { Client } from '#adapters/chat/slack/workspaces.ts'
import type { Desk } from './desk.ts'
import { patiently } from './patience.ts'
import { LOOKING } from './progress.ts'
import type { How, Said, Way } from './respond.ts'

const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false }

export interface Place {
  readonly channel: string
  readonly person: string
  /** The message under which everybody is answered; the channel itself where undefined. */
  readonly under: string | undefined
  /** The thread in which it was asked: what one person alone sees is shown in threads that others see already. */
  readonly thread: string | undefined
}

export function byMessage(client: Client, place: Place, desk: Pick<Desk, 'wait' | 'log'>): Way {
  const { channel, person, under, thread } = place
  let left: number = LIMITS.answers
  let shown: string | undefined

  async function post(message: Said): Promise<string | undefined> {
    const where = { channel, ...(under !== undefined && { thread_ts: under }) }
    return (await client.chat.postMessage({ ...message, ...where, ...NO_PREVIEWS })).ts
  }

  /** Where what was shown is gone, the answer is a message of its own. */
  async function replace(ts: string, message: Said): Promise<void> {
    await client.chat.update({ ...message, channel, ts }).catch(async (error) => {
      if (inOurWords(error).kind !== 'rejected') throw error
      await post(message)
    })
  }

  /** Nobody but the person sees it, in the channel too. */
  async function whisper(message: Said): Promise<void> {
    const where = { channel, user: person, ...(thread !== undefined && { thread_ts: thread }) }
    await client.chat.postEphemeral({ ...message, ...where, ...NO_PREVIEWS })
  }

  async function say(message: Said, { alone }: How): Promise<void> {
    left--
    const note = shown
    shown = undefined
    await patiently(async () => {
      const whispers = alone && !isDirect(channel)
      if (!whispers) return note === undefined ? post(message) : replace(note, message)
      if (note !== undefined) await client.chat.delete({ channel, ts: note }).catch(() => undefined)
      await whisper(message)
    }, desk)
  }

  return {
    async progress() {
      shown = await post({ text: LOOKING }).catch(() => undefined)
    },
    left: () => left,
    say,
  }
}
