// What is done where Discord does not take what an interaction is answered with.
import { DiscordAPIError, HTTPError } from 'discord.js'

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const NOTHING_MORE: ReadonlySet<number | string> = new Set([
  10_015, // Unknown webhook: the interaction was never answered.
  10_062, // Unknown interaction: too late, or at random (discord-api-docs#5558).
  40_060, // It was answered already.
  50_027, // Its token is over, after 15 minutes.
])
const PAUSES_MS = [500, 2000]

/** Whether nothing can be said to this interaction any more. */
export function isOver(error: unknown): boolean {
  return error instanceof DiscordAPIError && NOTHING_MORE.has(error.code)
}

/** A first answer; once more where Discord says that it failed itself. Rejects with what Discord's client throws. */
export async function acknowledged(answer: () => Promise<unknown>): Promise<void> {
  try {
    await answer()
  } catch (error) {
    if (!(error instanceof HTTPError)) throw error
    await answer()
  }
}

/** For what may be done twice: again, after a while, unless Discord refuses it. Rejects as the last try does. */
export async function persisting(change: () => Promise<unknown>, wait: (milliseconds: number) => Promise<void>): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      await change()
      return
    } catch (error) {
      if (error instanceof DiscordAPIError) throw error
      await wait(pause)
    }
  }
  await change()
}
