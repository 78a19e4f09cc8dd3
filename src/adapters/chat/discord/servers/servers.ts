// Servers that the bot comes into, and those that put it out; and channels that it may write in again.
import { type Channel, Events, PermissionFlagsBits } from 'discord.js'
import type { Listener } from '#adapters/chat/discord/asks/desk.ts'
import { type Destination, DIRECT } from '#core/subscription.ts'

const TO_WRITE = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]

/** What waited there goes on, or is kept. A server that is away for a while, as Discord says of outages, keeps the bot. */
export const listenToServers: Listener = (client, { handlers, keep }) => {
  client.on(Events.ClientReady, ({ guilds }) => {
    keep(() => acceptedBy([DIRECT, ...guilds.cache.keys()]))
  })
  client.on(Events.GuildCreate, ({ id }) => {
    keep(() => acceptedBy([id]))
  })
  client.on(Events.GuildDelete, ({ id }) => {
    keep(() => handlers.uninstalled({ platform: 'discord', workspace: id }))
  })
  client.on(Events.ChannelUpdate, (before, after) => {
    const bot = client.user?.id
    const place = bot === undefined || mayWrite(before, bot) || !mayWrite(after, bot) ? undefined : placeOf(after)
    if (place) keep(() => handlers.joined(place))
  })

  async function acceptedBy(workspaces: readonly string[]): Promise<void> {
    for (const workspace of workspaces) await handlers.accepted({ platform: 'discord', workspace })
  }
}

/** As far as what is known of the server's roles says. */
function mayWrite(channel: Channel, bot: string): boolean {
  return !channel.isDMBased() && (channel.permissionsFor(bot)?.has(TO_WRITE) ?? false)
}

function placeOf(channel: Channel): Destination | undefined {
  return channel.isDMBased() ? undefined : { platform: 'discord', workspace: channel.guildId, channel: channel.id }
}
