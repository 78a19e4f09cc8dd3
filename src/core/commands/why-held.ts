// What keeps a paper's alert from being posted now, until when, and what would end it.
// The order is that of the alerts: the platform refuses; a pause; quiet hours; the most alerts a day; else the next pass.
import { settingsOf } from '#core/place-settings.ts'
import type { Held } from '#core/ports/store.ts'
import { isPaused } from '#core/settings.ts'
import type { Destination } from '#core/subscription.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import { nextDigest } from './next-digest.ts'
import type { PlaceMeant } from './place.ts'
import { pauseEnd, quietEnd, suspendedInWords } from './settings-words.ts'

const RESUME = { label: 'Resume', command: 'resume' }
const MOST = 500

export async function heldNow(held: Held, { place }: { place: PlaceMeant }, context: Context): Promise<Finding> {
  const { store, clock } = context
  const now = clock.now()
  const closed = await channelClosed(held.destination, place, context)
  if (closed) return finding(['It waits: ', ...closed.words], ...(closed.repairs ?? []))
  const { quiet, most } = await store.channels.get(held.destination)
  const quietFor = quietEnd(quiet, now)
  if (quietFor !== undefined) {
    return finding([`It waits for the quiet hours to end: ${quietFor}`], { label: 'No quiet hours', command: 'quiet off' })
  }
  if (held.why !== 'most') return finding(['It waited, and nothing keeps it any more: the next pass posts it'])
  const schedule = await store.schedules.ofDestination(held.destination)
  return finding(
    [
      `It came after the ${most} alert messages that are the most a day ${place.words}, so it comes `,
      schedule ? `in the digest, ${await nextDigest(schedule, context)}` : 'together with the others tomorrow',
    ],
    most < MOST ? { label: 'More a day', command: `alerts --most ${Math.min(MOST, 2 * most)}` } : undefined,
    schedule ? undefined : { label: 'Weekly digest', command: `digest weekly${place.option}` },
  )
}

/** Why nothing at all is posted in the channel now; undefined where something may be. */
export async function channelClosed(
  channel: Destination,
  place: PlaceMeant,
  { store, clock, zone = 'UTC' }: Context,
): Promise<Finding | undefined> {
  const settings = await settingsOf(store, channel)
  const { pause, suspension } = settings
  const now = clock.now()
  if (suspension) {
    // A whole workspace opens by a post that it takes, not by a word for one channel.
    const resume = suspension.why === 'revoked' ? undefined : RESUME
    return finding([`nothing can be posted ${place.words}, since ${suspendedInWords(suspension)}`], postTest(place), resume)
  }
  if (!pause || !isPaused(settings, now)) return undefined
  const elsewhere = place.option === ' --for me' ? '. To end that, type resume there' : ''
  return finding([`posts ${place.words} are paused ${pauseEnd(pause, { now, zone })}, by ${pause.by.name}${elsewhere}`], RESUME)
}

/** Opens the channel again where the platform takes it. */
export function postTest({ option }: PlaceMeant) {
  return { label: 'Post a test', command: `test${option}` }
}
