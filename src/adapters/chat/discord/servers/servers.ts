// Servers that the bot comes into, and those that put it out; and channels that it may write in again.
import { type Channel, type Client, Events, PermissionFlagsBits, Routes } from 'discord.js'
import type { Listener } from '#adapters/chat/discord/asks/desk.ts'
import type { LaneSize } from '#adapters/chat/lanes.ts'
import { type Destination, DIRECT } from '#core/subscription.ts'

/** As many servers as one bot may be in at once, and more; what becomes of one server is kept one after the other. */
export const KEEPING: LaneSize = { atOnce: 4, waiting: 10_000, each: { atOnce: 1, waiting: 10_000 } }

/** Milliseconds between tries: Discord says it once, and the store may be away just then. */
const PAUSES_MS = [2000, 10_000, 60_000]

const TO_WRITE = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]

/** What waited there goes on, or is kept. A server that is away for a while, as Discord says of outages, keeps the bot. */
export const listenToServers: Listener = (client, { handlers, isOurs, keep, wait, log }) => {
  client.on(Events.ClientReady, ({ guilds }) => {
    keep(() => acceptedByAll([DIRECT, ...guilds.cache.keys()]))
  })
  client.on(Events.GuildCreate, ({ id }) => {
    keep(() => acceptedBy(id), id)
  })
  client.on(Events.GuildDelete, ({ id }) => {
    const isLate = !isOurs()
    keep(async () => {
      // Another process may have heard meanwhile that it has the bot again.
      if (isLate && (await isIn(client, id))) return
      await kept(() => handlers.uninstalled({ platform: 'discord', workspace: id }))
    }, id)
  })
  client.on(Events.ChannelUpdate, (before, after) => {
    const bot = client.user?.id
    const place = bot === undefined || mayWrite(before, bot) || !mayWrite(after, bot) ? undefined : placeOf(after)
    if (place) keep(() => kept(() => handlers.joined(place)), place.workspace)
  })

  /** But for those that put the bot out meanwhile. */
  async function acceptedByAll(workspaces: readonly string[]): Promise<void> {
    for (const workspace of workspaces) {
      if (workspace === DIRECT || client.guilds.cache.has(workspace)) await acceptedBy(workspace)
    }
  }

  function acceptedBy(workspace: string): Promise<void> {
    return kept(() => handlers.accepted({ platform: 'discord', workspace }))
  }

  /** Rejects as the last try does. */
  async function kept(keeping: () => Promise<void>): Promise<void> {
    for (const pause of PAUSES_MS) {
      try {
        return await keeping()
      } catch (error) {
        log.warn('what discord says of a server could not be kept', { error })
      }
      await wait(pause)
    }
    await keeping()
  }
}

/** As far as Discord says so. */
function isIn({ rest }: Client, server: string): Promise<boolean> {
  return rest.get(Routes.guild(server)).then(
    () => true,
    () => false,
  )
}

/** As far as what is known of the server's roles says. */
function mayWrite(channel: Channel, bot: string): boolean {
  return !channel.isDMBased() && (channel.permissionsFor(bot)?.has(TO_WRITE) ?? false)
}

function placeOf(channel: Channel): Destination | undefined {
  return channel.isDMBased() ? undefined : { platform: 'discord', workspace: channel.guildId, channel: channel.id }
}
