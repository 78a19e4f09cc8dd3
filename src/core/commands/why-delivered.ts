// What became of the messages that a paper is in: posted, a link alone, on their way, in doubt, refused or dropped.
import type { Delivery } from '#core/delivery.ts'
import { code } from './blocks.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import type { PlaceMeant } from './place.ts'
import { dateAndTime, dayOf } from './slot-words.ts'
import { channelClosed, postTest } from './why-held.ts'

export async function delivered(delivery: Delivery, place: PlaceMeant, context: Context): Promise<Finding> {
  const { id, kind, state, settledAt, createdAt, error } = delivery
  const { clock, zone = 'UTC' } = context
  const on = () => `on ${dayOf(settledAt ?? createdAt, zone, clock.now())}`
  const what = kind === 'alert' ? 'an alert' : kind === 'digest' ? 'the digest' : 'a notice'
  switch (state) {
    case 'sent':
      return isEcho(delivery)
        ? finding([`Posted in ${what} ${on()}, as a link: another channel here shows it already`], {
            label: 'Show echoes',
            command: 'alerts --echo show',
          })
        : finding([`Posted in ${what} ${on()}`])
    case 'pending':
    case 'sending':
      return waitingFor(what, delivery, place, context)
    case 'uncertain':
      return finding([
        `Sent in ${what}, but the platform did not say whether it arrived; it is looked up before any repeat`,
        error === undefined ? '' : ` (${error})`,
      ])
    case 'dead':
      return finding(
        [
          `Not posted in ${what}: the platform refused it${error === undefined ? '' : ` (${error})`}. Whoever runs Paperboy can have it tried again: `,
          code(`paperboy deliveries retry ${id}`),
        ],
        postTest(place),
      )
    case 'cancelled':
      return finding([`Not posted in ${what}: whoever runs Paperboy dropped it`])
  }
}

async function waitingFor(
  what: string,
  { destination, notBefore }: Delivery,
  place: PlaceMeant,
  context: Context,
): Promise<Finding> {
  const { clock, zone = 'UTC' } = context
  const closed = await channelClosed(destination, place, context)
  if (closed) return finding([`Waiting to be posted in ${what}: `, ...closed.words], ...(closed.repairs ?? []))
  const due = Temporal.Instant.from(notBefore)
  if (Temporal.Instant.compare(due, clock.now()) <= 0) return finding([`Waiting to be posted in ${what}, by the next pass`])
  return finding([`Waiting to be posted in ${what}, not before ${dateAndTime(due, zone, clock.now())} (${zone})`])
}

/** A link to the message of another channel stands in place of the paper. */
function isEcho({ blocks }: Delivery): boolean {
  return blocks.some((block) => block.kind === 'card' && block.why?.some(({ delivery }) => delivery !== undefined))
}
