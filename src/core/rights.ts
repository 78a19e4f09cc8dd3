// What a person may do where they ask, and who may change what a channel gets.
import { NotAllowedError } from '#core/errors.ts'
import { settingsOf } from '#core/place-settings.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { ChannelSettings } from '#core/settings.ts'
import type { Destination, PlatformName } from '#core/subscription.ts'

export interface Rights {
  /** From another organisation, in a channel that is shared with it: reads, and changes nothing. */
  readonly guest: boolean
  /** Runs the workspace, or made the channel; on Discord, has Manage Channels there. */
  readonly admin: boolean
  /** Why the platform does not tell whether they are an admin, and what mends it, in a sentence; `admin` is false then. */
  readonly untold?: string
  /** Nobody else is written to there: their direct messages. */
  readonly alone?: true
}

/** Whom a platform has for a channel's settings, in words, and who changes them where the channel did not choose. */
interface Custom {
  readonly admins: string
  readonly unlessChosen: NonNullable<ChannelSettings['changes']>
  /** How one has something in one's direct messages instead. */
  readonly instead: string
}

const CUSTOM: Custom = { admins: 'admins and whoever made this channel', unlessChosen: 'everyone', instead: 'add --for me' }
const CUSTOMS: Readonly<Partial<Record<PlatformName, Custom>>> = {
  discord: { admins: 'people with Manage Channels', unlessChosen: 'admins', instead: 'with the option for: me' },
}

/** Who may change what the channel gets: those it chose, else as its platform has it. */
export function whoChanges({ changes }: Pick<ChannelSettings, 'changes'>, channel: Pick<Destination, 'platform'>) {
  return changes ?? customOf(channel).unlessChosen
}

/** Who a channel's admins are, in words. */
export function adminsInWords(channel: Pick<Destination, 'platform'>): string {
  return customOf(channel).admins
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
  if (admin || whoChanges(await settingsOf(store, destination), destination) === 'everyone') return
  const { admins, instead } = customOf(destination)
  throw new NotAllowedError(`Only ${admins} may change what this channel gets.`, {
    hint: untold ?? `Ask one of them, or have it in your direct messages: ${instead}.`,
  })
}

/** NotAllowedError where the person is none of the channel's admins; `what` completes: “Only they may”. */
export function requireAdmin(
  { guest, admin, untold }: Rights,
  channel: Pick<Destination, 'platform'>,
  what = 'say who changes what this channel gets',
): void {
  if (admin && !guest) return
  throw new NotAllowedError(`Only ${adminsInWords(channel)} may ${what}.`, { hint: untold ?? 'Ask one of them.' })
}

function customOf({ platform }: Pick<Destination, 'platform'>): Custom {
  return CUSTOMS[platform] ?? CUSTOM
}
