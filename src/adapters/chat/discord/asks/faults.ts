// What is done where Discord does not take what an interaction is answered with.
import { DiscordAPIError, HTTPError } from 'discord.js'
import { PaperboyError } from '#core/errors.ts'

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const ANSWERED = 40_060
const NO_SUCH_MESSAGE = 10_008
const NOTHING_MORE: ReadonlySet<number | string> = new Set([
  ANSWERED,
  10_015, // Unknown webhook: the interaction was never answered.
  10_062, // Unknown interaction: too late, or at random (discord-api-docs#5558).
  50_027, // Its token is over, after 15 minutes.
])
/** A first answer that took longer than this, in milliseconds, is not worth another try: Discord waits three seconds in all. */
const WORTH_MS = 1500
/** What hangs for so long, in milliseconds, is said once more beside it: answers begin within the first second. */
const HANGS_MS = 1700
const PAUSES_MS = [500, 2000]

/** Whether an excuse can be said instead: what is not known to have failed may be there. */
export function isExcusable(error: unknown): boolean {
  return error instanceof PaperboyError || (error instanceof DiscordAPIError && !isOver(error))
}

/** Whether Discord takes nothing more for the interaction: another process answered it, or it is too late. */
export function isOver(error: unknown): boolean {
  return error instanceof DiscordAPIError && NOTHING_MORE.has(error.code)
}

/** Whether a message that was to be deleted is not there any more. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === NO_SUCH_MESSAGE
}

/**
 * A first answer; once more where Discord failed, hangs for so many milliseconds, or did not say whether it took it: it takes none
 * twice. Rejects with what Discord's client throws.
 */
export async function acknowledged(answer: () => Promise<unknown>, hangs = HANGS_MS): Promise<void> {
  const begun = performance.now()
  const first = answer()
  try {
    if (await isOverWithin(hangs, first)) return
  } catch (error) {
    if (error instanceof DiscordAPIError || performance.now() - begun > WORTH_MS) throw error
  }
  const second = answer().catch((again) => {
    if (!(again instanceof DiscordAPIError && again.code === ANSWERED)) throw again
  })
  await Promise.any([first, second]).catch(() => second)
}

/** Rejects as the call does. */
async function isOverWithin(milliseconds: number, call: Promise<unknown>): Promise<boolean> {
  const { promise: hangs, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), milliseconds)
  return Promise.race([call.then(() => true), hangs]).finally(() => clearTimeout(timer))
}

/** What may come twice where it is done twice: once more where Discord says that it failed. Rejects as the last try does. */
export async function repeated(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    if (!(error instanceof HTTPError)) throw error
    await send()
  }
}

/** What may be done twice: again, after a while, unless Discord refuses it. Rejects as the last try does. */
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
