// Work that takes long shows that it is under way; a fast answer shows no progress at all.
import type { Desk } from './desk.ts'

/** What is shown meanwhile. */
export const LOOKING = 'Looking …'

/** Milliseconds after which a person wonders whether they were heard. */
const LONG = 1000
/** Why the wait ends. Without a reason an exception is made for each answer, with a trace, which takes longer than all else here. */
const ANSWERED = 'answered'

/** Has it shown where the task takes longer than about a second. Ends as the task does, and not before what is shown is there. */
export async function withProgress<T>(task: Promise<T>, show: () => Promise<void>, wait: Desk['wait']): Promise<T> {
  const done = new AbortController()
  // An answer that is there ends the wait.
  const shown = wait(LONG, done.signal).then(show, () => undefined)
  try {
    return await task
  } finally {
    done.abort(ANSWERED)
    await shown
  }
}
