// Discord waits three seconds for a first answer: where the real one takes longer, it is told that one comes.
import { MessageFlags } from 'discord.js'
import type { Log } from '#core/ports/log.ts'
import type { Reply } from '#core/reply.ts'
import { acknowledged } from './faults.ts'
import type { Asking } from './respond.ts'

/** Milliseconds; the rest of the three seconds is for the way there. */
const SOON_MS = 1000

export interface Deferral {
  /** Resolves once it is known whether Discord was told; nothing is told any more. Never rejects. */
  over(): Promise<void>
}

/** Begins to wait at once. A page that is turned shows nothing meanwhile; all else shows that it is thought about, to those who will most likely see the answer. */
export function deferWhenSlow(
  interaction: Asking,
  { usually, turnsPage }: { readonly usually: Reply['visibility']; readonly turnsPage: boolean },
  log: Log,
): Deferral {
  let told: Promise<void> | undefined

  async function defer(): Promise<void> {
    try {
      await acknowledged(async () => {
        if (turnsPage && interaction.isMessageComponent()) await interaction.deferUpdate()
        else await interaction.deferReply(usually === 'private' ? { flags: MessageFlags.Ephemeral } : {})
      })
    } catch (error) {
      log.warn('discord did not take a deferral', { error })
    }
  }

  const timer = setTimeout(() => {
    told = defer()
  }, SOON_MS)
  return {
    async over() {
      clearTimeout(timer)
      await told
    },
  }
}
