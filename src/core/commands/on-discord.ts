// What Discord alone has for posts: channels whose messages are published to other servers, and roles to mention.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { type Destination, DIRECT } from '#core/subscription.ts'
import { bold, type Words } from './blocks.ts'

/** A role as Discord writes it when it is picked, or its bare id. */
const ROLE = /^(?:<@&)?(\d{17,20})>?$/
const NOBODY = /^(?:none|nobody|off|no)$/i

export const publish = z
  .enum(['yes', 'no'])
  .optional()
  .meta({ description: 'On Discord: send posts in an announcement channel on to servers that follow it' })

/** A role's id, or null for none. */
export const mention = z
  .string()
  .transform((text, context) => {
    const [, role] = ROLE.exec(text.trim()) ?? []
    if (role !== undefined) return role
    if (NOBODY.test(text.trim())) return null
    context.addIssue({
      code: 'custom',
      message: `“${text.slice(0, 60)}” is not a role: type @ and pick one, or none to mention nobody.`,
    })
    return z.NEVER
  })
  .optional()
  .meta({ description: 'On Discord: a role that each digest mentions, or none' })

/** Undefined is what nobody chose, or no more. */
export type OnDiscord = { readonly [K in 'publish' | 'mention']?: ChannelSettings[K] | undefined }

interface GivenForDiscord {
  readonly publish?: 'yes' | 'no' | undefined
  readonly mention?: string | null | undefined
}

/** What of the settings changes. Throws UserInputError where the platform has no such thing. */
export function changeOnDiscord({ publish, mention }: GivenForDiscord, { platform, workspace }: Destination): OnDiscord {
  if (publish === undefined && mention === undefined) return {}
  if (platform !== 'discord') {
    throw new UserInputError('Only Discord has channels for announcements, and roles to mention.', {
      hint: 'Leave out --publish and --mention.',
    })
  }
  if (workspace === DIRECT) {
    throw new UserInputError('Direct messages go on to nobody, and have no roles to mention.', {
      hint: 'Ask for it in a channel of a server.',
    })
  }
  // A server's own id is that of the role that everybody has.
  if (mention === workspace) {
    throw new UserInputError('A digest does not mention everyone.', { hint: 'Pick a role that people can choose to have.' })
  }
  return {
    ...(publish !== undefined && { publish: publish === 'yes' ? true : undefined }),
    ...(mention !== undefined && { mention: mention ?? undefined }),
  }
}

/** Rows of what is set, in Discord's servers alone. */
export function rowsOnDiscord(
  { publish, mention }: OnDiscord,
  { platform, workspace }: Destination,
): { name: string; choice: Words; text: string }[] {
  if (platform !== 'discord' || workspace === DIRECT) return []
  return [
    {
      name: 'publish',
      choice: bold(publish ? 'yes' : 'no'),
      text: publish
        ? 'alerts and digests go on to the servers that follow this channel, where it is one for announcements'
        : 'posts stay in this server',
    },
    {
      name: 'mention',
      choice: mention === undefined ? bold('none') : { text: `@${mention}`, role: mention },
      text: mention === undefined ? 'a digest mentions nobody' : 'each digest mentions this role',
    },
  ]
}
