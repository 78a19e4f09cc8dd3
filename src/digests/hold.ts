// What keeps a channel's alerts from being posted now. The order: the platform refuses; a pause; quiet hours.
import type { Held } from '#core/ports/store.ts'
import { isQuiet } from '#core/quiet.ts'
import { type ChannelSettings, isPaused } from '#core/settings.ts'

/** Undefined where alerts may be posted at `now`. */
export function heldBy(settings: ChannelSettings, now: Temporal.Instant): Held['why'] | undefined {
  if (settings.suspension) return 'suspension'
  if (isPaused(settings, now)) return 'pause'
  return settings.quiet && isQuiet(settings.quiet, now) ? 'quiet' : undefined
}
