// Who asks on Discord, and from where.
import {
  type BaseInteraction,
  type Channel,
  DiscordAPIError,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js'
import { inOurWords } from '#adapters/chat/discord/deliver/failures.ts'
import { createMemory } from '#core/memory.ts'
import type { Asker } from '#core/ports/platform.ts'
import type { Rights } from '#core/rights.ts'
import { DIRECT } from '#core/subscription.ts'

/** Direct messages that are remembered: opening them costs a call each. */
const MOST = 10_000

export interface People {
  /** Rejects where Discord fails to say whether it was asked in a thread: what belongs to a channel would go astray. */
  asker(interaction: BaseInteraction): Promise<Asker>
}

export function createPeople(rest: REST): People {
  const channels = createMemory<string, string>(MOST)

  /** The channel in which the bot and a person write to each other. Rejects with DeliveryError. */
  async function directMessages(person: string): Promise<string> {
    const known = channels.get(person)
    if (known !== undefined) return known
    try {
      const { id } = (await rest.post(Routes.userChannels(), { body: { recipient_id: person } })) as { id: string }
      channels.set(person, id)
      return id
    } catch (error) {
      throw inOurWords(error)
    }
  }

  return {
    async asker(interaction) {
      const { guildId, channelId, user, member } = interaction
      const workspace = guildId ?? DIRECT
      const channel = await channelOf(interaction)
      const thread = channel?.isThread() ? channel : undefined
      const name = (member && 'displayName' in member ? member.displayName : undefined) ?? user.globalName ?? user.username
      return {
        destination: { platform: 'discord', workspace, channel: thread?.parentId ?? channelId ?? user.id },
        person: { id: user.id, name },
        ...(thread && { thread: thread.id }),
        direct: async () => ({ platform: 'discord', workspace: DIRECT, channel: await directMessages(user.id) }),
        rights: async () => rightsIn(interaction),
        ...(cannotPost(interaction) && { cannotPost: true }),
      }
    },
  }
}

/** A thread that slept is not known until it is asked for; null where the bot may not see it. */
async function channelOf({ client, guild, channel, channelId }: BaseInteraction): Promise<Channel | null> {
  if (channel || !guild || channelId === null) return channel
  return client.channels.fetch(channelId).catch((error) => {
    if (error instanceof DiscordAPIError) return null
    throw error
  })
}

/** By what Discord says of them in the channel: owners and administrators manage every channel. In direct messages all is their own. */
function rightsIn({ guildId, context, memberPermissions }: BaseInteraction): Rights {
  if (guildId !== null) return { guest: false, admin: memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? false }
  return { guest: false, admin: true, ...(context !== InteractionContextType.PrivateChannel && { alone: true }) }
}

/** In servers without the bot, and in people's conversations with each other, it is there for the one who asks alone. */
function cannotPost({ guildId, context, authorizingIntegrationOwners }: BaseInteraction): boolean {
  return context === InteractionContextType.PrivateChannel || (guildId !== null && authorizingIntegrationOwners.guildId === null)
}
