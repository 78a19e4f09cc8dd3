// A person's page on a platform that has one: what comes to them, and to the channels they are in.
import type { Home } from '#core/ports/platform.ts'
import type { Block } from '#core/reply.ts'
import type { Schedule } from '#core/schedule.ts'
import type { Destination, Subscription } from '#core/subscription.ts'
import { actions, bold, code, heading, list, note, prose } from './blocks.ts'
import type { Context } from './command.ts'
import { followedIn, notNow } from './following.ts'
import { nextDigest } from './next-digest.ts'
import { scheduleInWords } from './slot-words.ts'
import { cadenceInWords, targetSpans } from './targets.ts'

/** Of what is followed, the oldest so many. */
const SHOWN = 20
const SHOWN_OF_CHANNEL = 5

/** The context is that of the person's direct messages; `channels` are those they are in, undefined where nobody tells. Rejects with StoreError. */
export async function homeOf(channels: readonly Destination[] | undefined, context: Context): Promise<Home> {
  const parts = []
  for (const channel of channels ?? []) parts.push(await channelPart(channel, context))
  const some = parts.filter((part) => part.length > 0)
  return { own: [...(await ownPart(context)), ...channelsBefore(channels, some.length)], channels: some }
}

async function ownPart(context: Context): Promise<Block[]> {
  const { destination } = context
  const followed = await followedIn({ destination }, context)
  const schedule = await context.store.schedules.ofDestination(destination)
  return [
    heading('What comes to you'),
    ...(await notNow({ destination, words: 'in your direct messages' }, context)),
    ...(followed.length === 0
      ? [
          prose('You follow nothing for yourself yet.'),
          note('In any channel, for example: ', code('/papers follow topic "sparse autoencoder" --for me')),
        ]
      : followedList(followed, SHOWN, '/papers following --for me')),
    ...(await digestOf(schedule, context, '/papers digest weekly --for me')),
    ...actions({ label: 'Preview my digest', command: 'digest preview --for me' }, { label: 'Help', command: 'help' }),
  ]
}

/** Nothing where nothing is followed and no digest is posted. */
async function channelPart(channel: Destination, context: Context): Promise<Block[]> {
  const followed = await followedIn({ destination: channel }, context)
  const schedule = await context.store.schedules.ofDestination(channel)
  if (followed.length === 0 && !schedule) return []
  return [
    prose({ ...bold(channel.channel), channel: channel.channel }),
    ...(await notNow({ destination: channel, words: 'there' }, context)),
    ...(followed.length === 0
      ? [prose('Nothing is followed there.')]
      : followedList(followed, SHOWN_OF_CHANNEL, '/papers following')),
    ...(await digestOf(schedule, context)),
  ]
}

function channelsBefore(channels: readonly Destination[] | undefined, count: number): Block[] {
  const title = heading('What comes to your channels')
  if (!channels) return [title, note('Slack does not tell Paperboy at this moment which channels you are in.')]
  if (count > 0) return [title]
  return [title, note('Nothing is followed in the channels you are in. To begin, type there: ', code('/papers follow'))]
}

function followedList(followed: readonly Subscription[], most: number, command: string): Block[] {
  const left = followed.length - most
  return [
    list(followed.slice(0, most).map(({ target, cadence }) => [...targetSpans(target), ` · ${cadenceInWords(cadence)}`])),
    ...(left > 0 ? [note(`and ${left} more: `, code(command))] : []),
  ]
}

/** `begin` is the command by which one is set where there is none. */
async function digestOf(schedule: Schedule | undefined, context: Context, begin?: string): Promise<Block[]> {
  if (schedule) {
    return [note(`The digest comes ${scheduleInWords(schedule)}; the next one ${await nextDigest(schedule, context)}.`)]
  }
  if (begin === undefined) return [note('No digest.')]
  return [note('You have no digest. To have one each Monday at 09:00: ', code(begin))]
}
