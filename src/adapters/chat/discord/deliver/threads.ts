// Threads of messages: begun when the first message is to go into one, opened again where they were archived.
import { RESTJSONErrorCodes as Code, Routes } from 'discord.js'
import { createMemory, createPassingMemory } from '#core/memory.ts'
import type { Api } from './api.ts'
import { codeOf, inOurWords, nothingPosted } from './failures.ts'

const MOST_THREADS = 5000
/** How long it is taken for granted that the bot may begin no threads in a channel. */
const REMEMBERED = { minutes: 10 }

export interface Threads {
  /** Begins the thread of a message, whose id it has; false where the bot may not. Rejects with DeliveryError, never `uncertain`. */
  begin(message: { readonly channel: string; readonly id: string; readonly name: string }): Promise<boolean>
  /** Makes a call about a thread; where that is archived, opens it and makes the call once more. */
  within<T>(thread: string, call: () => Promise<T>): Promise<T>
}

export function createThreads(api: Api, now: () => Temporal.Instant): Threads {
  const begun = createMemory<string, true>(MOST_THREADS)
  const closed = createPassingMemory<string>(MOST_THREADS, REMEMBERED, now)

  async function isAllowed({ channel, id, name }: Parameters<Threads['begin']>[0]): Promise<boolean> {
    try {
      await api.post(Routes.threads(channel, id), { name })
      return true
    } catch (error) {
      const code = codeOf(error)
      // A message that was deleted may have left its thread behind.
      if (code === Code.ThreadAlreadyCreatedForMessage || code === Code.UnknownMessage) return true
      if (code === Code.MissingPermissions) return false
      throw nothingPosted(error)
    }
  }

  return {
    async begin(message) {
      if (begun.has(message.id)) return true
      if (closed.has(message.channel)) return false
      const allowed = await isAllowed(message)
      if (allowed) begun.set(message.id, true)
      else closed.add(message.channel)
      return allowed
    },
    async within(thread, call) {
      try {
        return await call()
      } catch (error) {
        if (codeOf(error) !== Code.InvalidActionOnArchivedThread) throw error
        await api.patch(Routes.channel(thread), { archived: false }).catch((refusal) => {
          throw inOurWords(refusal).kind === 'rate-limited' ? refusal : error
        })
        return call()
      }
    },
  }
}
