// What a channel chose for its posts, threads included, and what keeps them from it for now.
import type { Person } from '#core/subscription.ts'

export interface ChannelSettings {
  /** Alerts as messages of the channel, or in one thread a day. */
  readonly alerts: 'flat' | 'thread'
  /** Most alert messages a day; what is over it is moved to the digest, or grouped into one message the next day. */
  readonly most: number
  /** A new version edits the message about the paper, or is posted as a message too. */
  readonly versions: 'edit' | 'post'
  /** `link`: a paper that another channel of the workspace shows already is a link to it here. */
  readonly echo: 'show' | 'link'
  /** Who may change what the channel gets, where it chose (rights.ts); `admins`: those whom its platform has for that. */
  readonly changes?: 'everyone' | 'admins'
  /** Alerts and digests go on to the servers that follow the channel, where it is one for announcements. */
  readonly publish?: true
  /** A role's id, whose members each digest mentions. */
  readonly mention?: string
  readonly quiet?: Quiet
  readonly pause?: Pause
  /** When the last pause ended, or the bot could post again: a digest's next slot is the first after it. */
  readonly resumedAt?: string
  readonly suspension?: Suspension
}

/** When no alert is posted: between two wall times, over midnight where `from` is the later one, and on whole weekdays. */
export interface Quiet {
  /** `HH:MM`; equal times are no hours at all. */
  readonly from: string
  readonly to: string
  /** 1 = Monday … 7 = Sunday. */
  readonly days: readonly number[]
  /** IANA name. */
  readonly zone: string
}

/** Nothing is posted from `since` on, until someone resumes or `until` has come; instants in UTC. */
export interface Pause {
  readonly since: string
  readonly until?: string
  readonly by: Person
}

/** The platform refuses what is posted here, for good until someone mends it. */
export interface Suspension {
  readonly since: string
  readonly why: 'gone' | 'forbidden' | 'revoked'
  /** What the platform said. */
  readonly message: string
  /** Its people took the bot out of the whole workspace. */
  readonly uninstalled?: true
}

export const DEFAULT_SETTINGS: ChannelSettings = { alerts: 'flat', most: 50, versions: 'edit', echo: 'show' }

/** More new papers at once than this are one message. */
export const MOST_SINGLE = 5

/** Later than any wait: what a place keeps until then is due once somebody opens it. */
export const CLOSED_FOR_GOOD = '9999-01-01T00:00:00Z'

/** Whether somebody's pause is on at `now`. */
export function isPaused({ pause }: Pick<ChannelSettings, 'pause'>, now: Temporal.Instant): boolean {
  return pause !== undefined && (pause.until === undefined || Temporal.Instant.compare(now, pause.until) < 0)
}

/** The zone by whose clock the channel's days begin. */
export function zoneOf({ quiet }: Pick<ChannelSettings, 'quiet'>): string {
  return quiet?.zone ?? 'UTC'
}
