// What keeps a channel's alerts from being posted now. The order: the platform refuses; a pause; quiet hours.
import type { Held, StoreParts } from '#core/ports/store.ts'
import { isQuiet } from '#core/quiet.ts'
import { type ChannelSettings, isPaused } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'

/** Whose suspension is that of all its channels. */
const WHOLE_WORKSPACE = ''

/** Undefined where alerts may be posted at `now`. */
export function heldBy(settings: ChannelSettings, now: Temporal.Instant): Held['why'] | undefined {
  if (settings.suspension) return 'suspension'
  if (isPaused(settings, now)) return 'pause'
  return settings.quiet && isQuiet(settings.quiet, now) ? 'quiet' : undefined
}

/** The channel's settings, suspended where its workspace is. */
export async function settingsOf({ channels }: Pick<StoreParts, 'channels'>, destination: Destination): Promise<ChannelSettings> {
  const settings = await channels.get(destination)
  const { suspension } = await channels.get({ ...destination, channel: WHOLE_WORKSPACE })
  return suspension ? { ...settings, suspension } : settings
}

/** Stands for the workspace among the channels. */
export function wholeWorkspace({ platform, workspace }: Destination): Destination {
  return { platform, workspace, channel: WHOLE_WORKSPACE }
}
