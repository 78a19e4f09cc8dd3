// Who asks on Slack, and from where.
import type { Workspaces } from '#adapters/chat/slack/workspaces.ts'
import type { Asker } from '#core/ports/platform.ts'
import { directMessages } from './direct.ts'
import { createProfiles } from './profile.ts'
import { type Asked, rightsOf } from './rights.ts'

/** How long an answer waits for Slack to say who asks. */
const PATIENCE_MS = 2000

export interface Asking extends Asked {
  /** `name` is the one that came with the request. */
  readonly person: Asked['person'] & { readonly name: string }
  readonly thread?: string | undefined
}

export interface People {
  /** Takes no longer than the patience. Never rejects. */
  asker(asking: Asking): Promise<Asker>
}

export function createPeople(workspaces: Pick<Workspaces, 'client'>, now: () => Temporal.Instant): People {
  const direct = directMessages(workspaces)
  const profiles = createProfiles(workspaces, { now, patience: PATIENCE_MS })
  return {
    async asker(asking) {
      const { workspace, channel, person, thread } = asking
      const profile = await profiles.person(workspace, person.id)
      const { name = person.name, zone = undefined } = 'told' in profile ? profile.told : {}
      return {
        destination: { platform: 'slack', workspace, channel },
        person: { id: person.id, name },
        ...(thread !== undefined && { thread }),
        ...(zone !== undefined && { zone }),
        direct: async () => ({ platform: 'slack', workspace, channel: await direct(workspace, person.id) }),
        rights: () => rightsOf(asking, profile, profiles),
      }
    },
  }
}
