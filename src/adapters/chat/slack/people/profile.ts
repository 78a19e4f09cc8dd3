// What Slack knows of a person: their name, zone and office, and whose they are; and who made a channel.
import { webApi } from '@slack/bolt'
import type { Client, Workspaces } from '#adapters/chat/slack/workspaces.ts'
import { remembered } from './remembered.ts'
import { within } from './within.ts'

export interface Profile {
  /** As the person wants to be called; absent where Slack has none but the handle that came with the request. */
  readonly name?: string
  /** IANA name. */
  readonly zone?: string
  /** Runs the workspace. */
  readonly admin: boolean
  /** Of another workspace than the one in which this was asked; false where one organisation lists them in both, absent where nothing says so. */
  readonly foreign?: boolean
}

/** What Slack told, or why it did not: for want of a scope, or it did not answer this time. */
export type Told<Fact> = { readonly told: Fact } | { readonly untold: 'scope' | 'trouble' }

export interface Profiles {
  /** Asked at most once an hour a person. Never rejects, and never takes longer than the patience. */
  person(workspace: string, id: string): Promise<Told<Profile>>
  /** The id of who made the channel, where Slack says so. Likewise. */
  creator(workspace: string, channel: string): Promise<Told<string | undefined>>
}

export interface ProfilesOptions {
  readonly now: () => Temporal.Instant
  /** How long an answer may wait for Slack, in milliseconds. */
  readonly patience: number
}

const MOST = 10_000
const FOR_AN_HOUR = Temporal.Duration.from({ hours: 1 })
/** Then it is asked again, so that what was mended is seen soon, and nothing that is broken is asked all the time. */
const FOR_A_MINUTE = Temporal.Duration.from({ minutes: 1 })

export function createProfiles(workspaces: Pick<Workspaces, 'client'>, { now, patience }: ProfilesOptions): Profiles {
  function known<Fact>(ask: (client: Client, id: string, workspace: string) => Promise<Fact>) {
    async function told(workspace: string, id: string): Promise<Told<Fact>> {
      try {
        return { told: await ask(await workspaces.client(workspace), id, workspace) }
      } catch (error) {
        return { untold: isOfScope(error) ? 'scope' : 'trouble' }
      }
    }
    const keptFor = (answer: Told<Fact>) => ('told' in answer ? FOR_AN_HOUR : FOR_A_MINUTE)
    const asked = remembered(told, { most: MOST, aging: { now, keptFor } })
    return (workspace: string, id: string) => within(patience, asked(workspace, id), { untold: 'trouble' as const })
  }
  return { person: known(profileOf), creator: known(creatorOf) }
}

function isOfScope(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'missing_scope'
}

/** https://docs.slack.dev/reference/methods/users.info, https://docs.slack.dev/reference/objects/user-object */
async function profileOf(client: Client, id: string, workspace: string): Promise<Profile> {
  const { user = {} } = await client.users.info({ user: id })
  const name = [user.profile?.display_name, user.profile?.real_name, user.real_name].find((one) => one?.trim())
  const foreign = isForeign(user, workspace)
  return {
    ...(name !== undefined && { name }),
    ...(user.tz && isZone(user.tz) && { zone: user.tz }),
    admin: [user.is_admin, user.is_owner, user.is_primary_owner].includes(true),
    ...(foreign !== undefined && { foreign }),
  }
}

type User = NonNullable<Awaited<ReturnType<Client['users']['info']>>['user']>

function isZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name) !== undefined
  } catch {
    return false
  }
}

/** In an organisation of several workspaces a person is of all that it lists for them, whichever their own is. */
function isForeign({ is_stranger, team_id = '', enterprise_user }: User, workspace: string): boolean | undefined {
  if (enterprise_user?.teams?.includes(workspace)) return false
  return is_stranger || (team_id !== '' && team_id !== workspace) ? true : undefined
}

/** https://docs.slack.dev/reference/methods/conversations.info */
async function creatorOf(client: Client, channel: string): Promise<string | undefined> {
  return (await client.conversations.info({ channel })).channel?.creator
}
