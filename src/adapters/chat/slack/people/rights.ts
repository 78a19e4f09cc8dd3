// What a person may do where they ask, from what the request and Slack say of them.
// The order: alone in their direct messages; a guest, where the request or their profile is of another workspace; an admin of the
// workspace; who made the channel; else nobody in particular, and where Slack does not tell, why.
import type { Rights } from '#core/rights.ts'
import { isDirect } from './direct.ts'
import type { Profile, Profiles, Told } from './profile.ts'

const ORGANISATION = /^E/

export interface Asked {
  readonly workspace: string
  /** The organisation that the workspace is one of several of, where the request says it. */
  readonly organisation?: string | undefined
  readonly channel: string
  readonly person: {
    readonly id: string
    /** The person's own workspace or organisation, where the request says it: another one in a channel that is shared with it. */
    readonly workspace?: string | undefined
  }
}

/** `profile` is what Slack told of them when they asked; only who made the channel is asked for. Never rejects. */
export async function rightsOf(asked: Asked, profile: Told<Profile>, profiles: Pick<Profiles, 'creator'>): Promise<Rights> {
  const { workspace, channel, person } = asked
  if (isDirect(channel)) return { guest: false, admin: true, alone: true }
  const known = 'told' in profile ? profile.told : undefined
  if (known?.foreign ?? isOfAnother(asked)) return { guest: true, admin: false }
  if (known?.admin) return { guest: false, admin: true }
  const creator = await profiles.creator(workspace, channel)
  if ('told' in creator && creator.told === person.id) return { guest: false, admin: true }
  const untold = untoldInWords(profile, 'users:read') ?? untoldInWords(creator, 'channels:read and groups:read')
  return { guest: false, admin: false, ...(untold !== undefined && { untold }) }
}

/** In an organisation of several workspaces the request names a person's organisation, which says nothing where that of the workspace is not known. */
function isOfAnother({ workspace, organisation, person: { workspace: own } }: Asked): boolean {
  if (own === undefined || (ORGANISATION.test(own) && organisation === undefined)) return false
  return own !== workspace && own !== organisation
}

function untoldInWords(answer: Told<unknown>, scopes: string): string | undefined {
  if ('told' in answer) return undefined
  if (answer.untold === 'trouble') return 'Slack did not say who is an admin here. Try it again in a moment.'
  return `Slack does not tell Paperboy who is an admin here: whoever runs it has to give its app ${scopes}, and install it again.`
}
