// Who asks on Discord, and from where.
import { type BaseInteraction, PermissionFlagsBits, type REST, Routes } from 'discord.js'
import { inOurWords } from '#adapters/chat/discord/deliver/failures.ts'
import type { Asker } from '#core/ports/platform.ts'

/** Stands for the workspace where people write to the bot outside of any server. */
export const DIRECT = 'direct'

export interface People {
  asker(interaction: BaseInteraction): Asker
}

export function createPeople(rest: REST): People {
  return {
    asker({ guildId, channelId, channel, user, member, memberPermissions }) {
      const workspace = guildId ?? DIRECT
      const isThread = channel?.isThread() ?? false
      const parent = isThread && channel?.isThread() ? channel.parentId : null
      const name = (member && 'displayName' in member ? member.displayName : undefined) ?? user.globalName ?? user.username
      return {
        destination: { platform: 'discord', workspace, channel: parent ?? channelId ?? user.id },
        person: { id: user.id, name },
        ...(isThread && channelId !== null && { thread: channelId }),
        direct: async () => ({ platform: 'discord', workspace: DIRECT, channel: await directMessages(rest, user.id) }),
        rights: async () => ({
          guest: false,
          admin: guildId === null || (memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? false),
        }),
      }
    },
  }
}

/** The channel in which the bot and a person write to each other. Rejects with DeliveryError. */
async function directMessages(rest: REST, person: string): Promise<string> {
  try {
    const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: person } })) as { id: string }
    return channel.id
  } catch (error) {
    throw inOurWords(error)
  }
}
