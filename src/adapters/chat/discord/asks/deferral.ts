// Discord waits three seconds for a first answer: where the real one takes longer, it is told that one comes.
import { MessageFlags } from 'discord.js'
import type { Log } from '#core/ports/log.ts'
import type { Reply } from '#core/reply.ts'
import { acknowledged, isOver } from './faults.ts'
import type { Asking } from './respond.ts'

/** Milliseconds; the rest of the three seconds is for the way there. */
const SOON_MS = 1000
/** Once it is late already, so long a deferral may hang. */
const HANGS_MS = 1000

export interface Deferral {
  /** Tells at once. */
  tell(): void
  /** Nothing is told any more. */
  drop(): void
  /** Whether Discord was told, and takes no answer any more. */
  isRefused(): boolean
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
  let isRefused = false

  async function defer(): Promise<void> {
    try {
      if (turnsPage && interaction.isMessageComponent()) await acknowledged(() => interaction.deferUpdate(), HANGS_MS)
      else await deferReply()
      // What arrived although its receipt was lost, discord.js does not know.
      interaction.deferred = true
    } catch (error) {
      isRefused = isOver(error)
      log.warn('discord did not take a deferral', { error })
    }
  }

  async function deferReply(): Promise<void> {
    const alone = usually === 'private'
    await acknowledged(() => interaction.deferReply(alone ? { flags: MessageFlags.Ephemeral } : {}), HANGS_MS)
    interaction.ephemeral = alone
  }

  function tell(): void {
    clearTimeout(timer)
    told ??= defer()
  }

  const timer = setTimeout(tell, SOON_MS)
  return {
    tell,
    drop: () => clearTimeout(timer),
    isRefused: () => isRefused,
    async over() {
      clearTimeout(timer)
      await told
    },
  }
}
