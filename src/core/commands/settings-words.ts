// What keeps posts from a channel, in words: a pause, quiet hours, a platform that refuses; and how many papers wait.
import type { Held, Store } from '#core/ports/store.ts'
import { isQuiet, quietUntil } from '#core/quiet.ts'
import { type ChannelSettings, isPaused, type Pause, type Quiet, type Suspension } from '#core/settings.ts'
import { type Destination, destinationKey } from '#core/subscription.ts'
import { counted, enumerate } from './blocks.ts'
import type { PlaceMeant } from './place.ts'
import { momentInWords, slotInWords, weekdayName } from './slot-words.ts'

const WHY_SUSPENDED: Readonly<Record<Suspension['why'], string>> = {
  gone: 'the channel is gone or archived, or Paperboy was taken out of it',
  forbidden: 'Paperboy may not post here',
  revoked: 'Paperboy’s access to the workspace was taken away',
}

/** `until Thursday, Dec 24 at 00:00 (Europe/Berlin), in 29 days`, or `until someone resumes`. */
export function pauseEnd({ until }: Pick<Pause, 'until'>, { now, zone }: { now: Temporal.Instant; zone: string }): string {
  if (until === undefined) return 'until someone resumes'
  return `until ${momentInWords(Temporal.Instant.from(until), zone, now)}`
}

/** `from 22:00 to 08:00 and all day on Saturday and Sunday (Europe/Berlin)`, or `on Saturday and Sunday (Europe/Berlin)`. */
export function quietInWords({ from, to, days, zone }: Quiet): string {
  const hours = from === to ? '' : `from ${from} to ${to}`
  const on = days.length === 0 ? '' : `on ${enumerate(days.map(weekdayName))}`
  const whole = hours === '' || on === '' ? on : `all day ${on}`
  return `${[hours, whole].filter((part) => part !== '').join(' and ')} (${zone})`
}

/** `Thursday, Nov 26 at 08:00, tomorrow`; undefined where it is not quiet now. */
export function quietEnd(quiet: Quiet | undefined, now: Temporal.Instant): string | undefined {
  return quiet && isQuiet(quiet, now) ? slotInWords(quietUntil(quiet, now), quiet.zone, now) : undefined
}

/** Whole sentences, one for each thing that keeps posts from the channel now, or sometimes; `words` say which it is. */
export function keptBack(
  settings: ChannelSettings,
  { words, ...at }: { words: PlaceMeant['words']; now: Temporal.Instant; zone: string },
): string[] {
  const { pause, quiet, suspension } = settings
  return [
    ...(suspension ? [`Nothing can be posted ${words}: ${suspendedInWords(suspension)}.`] : []),
    ...(pause && isPaused(settings, at.now) ? [`Posts ${words} are paused ${pauseEnd(pause, at)}, by ${pause.by.name}.`] : []),
    ...(quiet ? [`No alerts come ${quietInWords(quiet)}.`] : []),
  ]
}

/** `Paperboy may not post here (“not_in_channel”)`. */
export function suspendedInWords({ why, message }: Pick<Suspension, 'why' | 'message'>): string {
  return `${WHY_SUSPENDED[why]}${message === '' ? '' : ` (“${message.slice(0, 200)}”)`}`
}

/** What is held in the channel and its threads. */
export async function heldIn(channel: Destination, { holds }: Pick<Store, 'holds'>): Promise<Held[]> {
  const { thread: _, ...bare } = channel
  const places = (await holds.destinations()).filter(({ thread: _, ...place }) => destinationKey(place) === destinationKey(bare))
  return (await Promise.all(places.map((place) => holds.ofDestination(place)))).flat()
}

/** `3 papers wait`, `1 paper waits`. */
export function waitInWords(count: number): string {
  return `${counted(count, 'paper')} ${count === 1 ? 'waits' : 'wait'}`
}
