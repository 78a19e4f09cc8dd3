// What holds where something is posted: what the channel chose, and what keeps its whole workspace from it.
import type { StoreParts } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'

/** Whose suspension is that of all its channels. */
const WHOLE_WORKSPACE = ''

/** The channel's settings; suspended where its workspace is, and resumed when that was, if later. */
export async function settingsOf({ channels }: Pick<StoreParts, 'channels'>, destination: Destination): Promise<ChannelSettings> {
  const settings = await channels.get(destination)
  const { suspension, resumedAt } = await channels.get(wholeWorkspace(destination))
  const [latest] = [settings.resumedAt, resumedAt].filter((instant) => instant !== undefined).toSorted(latestFirst)
  return { ...settings, ...(suspension && { suspension }), ...(latest !== undefined && { resumedAt: latest }) }
}

/** Stands for the workspace among the channels. */
export function wholeWorkspace({ platform, workspace }: Pick<Destination, 'platform' | 'workspace'>): Destination {
  return { platform, workspace, channel: WHOLE_WORKSPACE }
}

function latestFirst(a: string, b: string): number {
  return Temporal.Instant.compare(b, a)
}
