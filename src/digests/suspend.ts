// Places that may not be posted to any more: closed until somebody mends them, and whoever follows something there is told once.
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import type { DeliveryFailure } from '#core/errors.ts'
import { wholeWorkspace } from '#core/place-settings.ts'
import type { Store, StoreParts } from '#core/ports/store.ts'
import { type ChannelSettings, CLOSED_FOR_GOOD, isPaused, type Suspension } from '#core/settings.ts'
import { type Destination, NOBODY, type Person } from '#core/subscription.ts'

/** Whether the failure is of the place, not of the message. */
export function isOfPlace(kind: DeliveryFailure): kind is Suspension['why'] {
  return kind === 'gone' || kind === 'forbidden' || kind === 'revoked'
}

/** Closes the delivery's channel or, where the permission was revoked, its whole workspace; nothing where it is closed already. `asker` knows. */
export async function suspend(
  store: Pick<Store, 'transaction'>,
  delivery: Pick<Delivery, 'destination'>,
  failure: { kind: Suspension['why']; message: string },
  now: Temporal.Instant,
  asker?: Person,
): Promise<void> {
  await store.transaction((parts) => suspendWithin(parts, delivery, failure, now, asker))
}

/** The same as a part of what else is done at once. */
export async function suspendWithin(
  { channels, ledger, subscriptions }: Pick<StoreParts, 'channels' | 'ledger' | 'subscriptions'>,
  { destination }: Pick<Delivery, 'destination'>,
  { kind: why, message }: { kind: Suspension['why']; message: string },
  now: Temporal.Instant,
  asker?: Person,
): Promise<void> {
  const isWorkspace = why === 'revoked'
  const { platform, workspace, channel } = destination
  const place = isWorkspace ? wholeWorkspace(destination) : { platform, workspace, channel }
  if ((await channels.get(place)).suspension) return
  await channels.set(place, { suspension: { since: now.toString(), why, message } })
  await ledger.close(isWorkspace ? { platform, workspace } : place, CLOSED_FOR_GOOD)
  if (isWorkspace) return
  const owners = new Map((await subscriptions.ofChannel(place)).map(({ owner }) => [owner.id, owner]))
  const notices = [...owners.keys()]
    .filter((id) => id !== channel && id !== asker?.id && id !== NOBODY)
    .map((id) => notice(place, id, why, message, now))
  await ledger.record(notices, now.toString())
}

/** Opens a place again: what waited for it is due, and its digest comes at the next slot. False where it was not closed. */
export async function lift(
  { channels, ledger }: Pick<StoreParts, 'channels' | 'ledger'>,
  place: Destination,
  now: Temporal.Instant,
): Promise<boolean> {
  if ((await channels.get(place)).suspension === undefined) return false
  const { platform, workspace, channel } = place
  await channels.set(place, { suspension: undefined, resumedAt: now.toString() })
  await ledger.reopen({ platform, workspace, ...(channel !== '' && { channel }) }, now.toString())
  for (const other of await channels.all()) {
    const isWithin = other.channel.platform === platform && other.channel.workspace === workspace
    if (isWithin && (channel === '' || other.channel.channel === channel)) await closeAgain(other, ledger, now)
  }
  return true
}

/** What opened with its workspace, or for the platform, and is closed for a reason of its own. */
async function closeAgain(
  { channel: { platform, workspace, channel }, settings }: { channel: Destination; settings: ChannelSettings },
  ledger: StoreParts['ledger'],
  now: Temporal.Instant,
): Promise<void> {
  const pausedUntil = isPaused(settings, now) ? (settings.pause?.until ?? CLOSED_FOR_GOOD) : undefined
  const until = settings.suspension ? CLOSED_FOR_GOOD : pausedUntil
  if (until !== undefined && channel !== '') await ledger.close({ platform, workspace, channel }, until)
}

/** To the person who follows something there, in their direct messages. */
function notice(place: Destination, owner: string, why: Suspension['why'], message: string, now: Temporal.Instant): NewDelivery {
  const { platform, workspace, channel } = place
  const mend =
    why === 'gone'
      ? 'If the channel is still there, invite Paperboy into it, and type /papers resume there.'
      : 'Invite Paperboy there again, then type /papers resume there.'
  return {
    destination: { platform, workspace, channel: owner },
    kind: 'notice',
    subject: `suspended ${channel} ${now}`,
    part: 0,
    blocks: [
      {
        kind: 'prose',
        spans: [
          { text: 'Nothing can be posted any more in the channel ' },
          { text: channel, channel },
          { text: `, where you follow papers: ${message}` },
        ],
      },
      { kind: 'prose', spans: [{ text: `What comes meanwhile is kept. ${mend}` }] },
    ],
    claims: [],
  }
}
