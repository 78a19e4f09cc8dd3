// When a channel's next digest comes, in words: a pause or a platform that refuses may keep it.
import { settingsOf } from '#core/place-settings.ts'
import type { Schedule } from '#core/schedule.ts'
import { isPaused } from '#core/settings.ts'
import type { Context } from './command.ts'
import { slotInWords } from './slot-words.ts'

/** `on Monday, Nov 30 at 09:00, in 5 days`, or `at its first time after someone resumes posts here`. */
export async function nextDigest(
  schedule: Schedule,
  { store, clock, digests }: Pick<Context, 'store' | 'clock' | 'digests'>,
): Promise<string> {
  const now = clock.now()
  const settings = await settingsOf(store, schedule.destination)
  if (settings.suspension) return 'at its first time after Paperboy can post here again'
  const until = isPaused(settings, now) ? settings.pause?.until : now.toString()
  if (until === undefined) return 'at its first time after someone resumes posts here'
  return `on ${slotInWords(await digests.next(schedule, Temporal.Instant.from(until)), schedule.zone, now)}`
}
