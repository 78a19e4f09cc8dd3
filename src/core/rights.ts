// What a person may do where they ask, and who may change what a channel gets.
import { NotAllowedError } from '#core/errors.ts'
import { settingsOf } from '#core/place-settings.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { Destination } from '#core/subscription.ts'

export interface Rights {
  /** From another organisation, in a channel that is shared with it: reads, and changes nothing. */
  readonly guest: boolean
  /** Runs the workspace, or made the channel. */
  readonly admin: boolean
  /** Why the platform does not tell whether they are an admin, and what mends it, in a sentence; `admin` is false then. */
  readonly untold?: string
  /** Nobody else is written to there: their direct messages. */
  readonly alone?: true
}

/** NotAllowedError where the person may not change what the channel gets: a guest never, others as the channel chose. */
export async function requireMayChange(
  destination: Destination,
  rights: (() => Promise<Rights>) | undefined,
  store: Pick<StoreParts, 'channels'>,
): Promise<void> {
  if (!rights) return
  const { guest, admin, untold } = await rights()
  if (guest) {
    throw new NotAllowedError('You are a guest here: you may ask everything, but not change what this channel gets.', {
      hint: 'Ask somebody of the workspace that this channel belongs to.',
    })
  }
  if (admin || (await settingsOf(store, destination)).changes === 'everyone') return
  throw new NotAllowedError('Only admins and whoever made this channel may change what it gets.', {
    hint: untold ?? 'Ask one of them, or have it in your direct messages: add --for me.',
  })
}

/** NotAllowedError where the person may not say who changes what the channel gets. */
export function requireAdmin({ guest, admin, untold }: Rights): void {
  if (admin && !guest) return
  throw new NotAllowedError('Only admins and whoever made this channel may say who changes what it gets.', {
    hint: untold ?? 'Ask one of them.',
  })
}
