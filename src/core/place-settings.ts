// What holds where something is posted: what the channel chose, and what keeps its whole workspace from it.
import type { ChannelStore } from '#core/ports/store.ts'
import { type ChannelSettings, DEFAULT_SETTINGS } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'

/** Whose suspension is that of all its channels. */
const WHOLE_WORKSPACE = ''

interface Channels {
  readonly channels: Pick<ChannelStore, 'get'>
}

/** The settings of all channels as they are now, read at once: for whoever asks for those of many. */
export async function allSettings({ channels }: { readonly channels: Pick<ChannelStore, 'all'> }): Promise<Channels> {
  const known = new Map((await channels.all()).map(({ channel, settings }) => [keyOf(channel), settings]))
  return { channels: { get: async (channel) => known.get(keyOf(channel)) ?? DEFAULT_SETTINGS } }
}

/** The channel's settings; suspended where its workspace is, and resumed when that was, if later. */
export async function settingsOf({ channels }: Channels, destination: Destination): Promise<ChannelSettings> {
  const settings = await channels.get(destination)
  const { suspension, resumedAt } = await channels.get(wholeWorkspace(destination))
  const [latest] = [settings.resumedAt, resumedAt].filter((instant) => instant !== undefined).toSorted(latestFirst)
  return { ...settings, ...(suspension && { suspension }), ...(latest !== undefined && { resumedAt: latest }) }
}

/** Stands for the workspace among the channels. */
export function wholeWorkspace({ platform, workspace }: Pick<Destination, 'platform' | 'workspace'>): Destination {
  return { platform, workspace, channel: WHOLE_WORKSPACE }
}

function keyOf({ platform, workspace, channel }: Destination): string {
  return JSON.stringify([platform, workspace, channel])
}

function latestFirst(a: string, b: string): number {
  return Temporal.Instant.compare(b, a)
}
