// What is said to whoever asked: once more where Slack certainly did not take it, since nobody can see that an answer was lost.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { DeliveryFailure } from '#core/errors.ts'
import type { Desk } from './desk.ts'

/** Seconds that an answer waits where Slack asks for a pause; after more nobody reads it. */
const LONGEST = 30
/** And where it does not say how long, or could not be reached. */
const PAUSE = 1
const NOT_TAKEN: ReadonlySet<DeliveryFailure> = new Set(['rate-limited', 'transient'])

/** Never rejects: what Slack does not take is logged. */
export async function patiently(call: () => Promise<unknown>, { wait, log }: Pick<Desk, 'wait' | 'log'>): Promise<void> {
  try {
    await call().catch(async (error) => {
      const { kind, retryAfter = PAUSE } = inOurWords(error)
      if (!NOT_TAKEN.has(kind) || retryAfter > LONGEST) throw error
      await wait(retryAfter * 1000)
      await call()
    })
  } catch (error) {
    log.warn('slack did not take an answer', { error: inOurWords(error) })
  }
}
