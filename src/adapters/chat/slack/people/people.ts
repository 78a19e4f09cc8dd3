// Who asks on Slack, and from where.
import type { Workspaces } from '#adapters/chat/slack/workspaces.ts'
import type { Asker } from '#core/ports/platform.ts'
import { directMessages } from './direct.ts'

export interface Asking {
  readonly workspace: string
  readonly channel: string
  readonly person: {
    readonly id: string
    readonly name: string
    /** The person's own workspace, where the request says it: another one in a channel that is shared with it. */
    readonly workspace?: string | undefined
  }
  readonly thread?: string | undefined
}

export interface People {
  /** Never rejects. */
  asker(asking: Asking): Promise<Asker>
}

export function createPeople(workspaces: Workspaces): People {
  const direct = directMessages(workspaces)
  return {
    async asker({ workspace, channel, person: { id, name }, thread }) {
      return {
        destination: { platform: 'slack', workspace, channel },
        person: { id, name },
        ...(thread !== undefined && { thread }),
        direct: async () => ({ platform: 'slack', workspace, channel: await direct(workspace, id) }),
      }
    },
  }
}
