// Who installed Paperboy: for each workspace of a platform what it granted.
import type { Destination } from '#core/subscription.ts'

export interface Installation extends Pick<Destination, 'platform' | 'workspace'> {
  /** The workspace's own name. */
  readonly name: string
  /** What the bot speaks to the platform with; a secret. */
  readonly token: string
  /** The bot's own user there. */
  readonly botUser: string
  readonly scopes: readonly string[]
  /** Who installed it, by id. */
  readonly by?: string
  /** In UTC. */
  readonly at: string
}

/** All methods reject with StoreError where the storage fails. */
export interface InstallationStore {
  /** One a workspace; replaces the one before. */
  put(installation: Installation): Promise<void>
  get(workspace: Pick<Destination, 'platform' | 'workspace'>): Promise<Installation | undefined>
  /** By workspace. */
  all(platform: Destination['platform']): Promise<Installation[]>
  /** Forgets the one with this token, and the token with it; false where there is none, or the workspace has a newer one. */
  remove(installation: Pick<Installation, 'platform' | 'workspace' | 'token'>): Promise<boolean>
}
