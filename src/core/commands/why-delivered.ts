// What became of the messages that a paper is in: posted, a link alone, on their way, in doubt, refused or dropped.
import type { Delivery } from '#core/delivery.ts'
import { shownDate } from '#core/paper-view.ts'
import { code } from './blocks.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import { channelClosed, TEST } from './why-held.ts'

export async function delivered(delivery: Delivery, context: Context): Promise<Finding> {
  const { id, kind, state, settledAt, createdAt, error } = delivery
  const now = context.clock.now()
  const what = kind === 'alert' ? 'an alert' : kind === 'digest' ? 'the digest' : 'a notice'
  switch (state) {
    case 'sent':
      return isEcho(delivery)
        ? finding(
            [`Posted in ${what} on ${shownDate(settledAt ?? createdAt, now)}, as a link: another channel here shows it already`],
            { label: 'Show echoes', command: 'alerts --echo show' },
          )
        : finding([`Posted in ${what} on ${shownDate(settledAt ?? createdAt, now)}`])
    case 'pending':
    case 'sending':
      return waitingFor(what, delivery, context)
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
        TEST,
      )
    case 'cancelled':
      return finding([`Not posted in ${what}: whoever runs Paperboy dropped it`])
  }
}

async function waitingFor(what: string, { destination, notBefore }: Delivery, context: Context): Promise<Finding> {
  const closed = await channelClosed(destination, context)
  if (closed) return finding([`Waiting to be posted in ${what}: `, ...closed.words], ...(closed.repairs ?? []))
  return finding([`Waiting to be posted in ${what}, not before ${notBefore.slice(0, 16).replace('T', ' ')} UTC`])
}

/** A link to the message of another channel stands in place of the paper. */
function isEcho({ blocks }: Delivery): boolean {
  return blocks.some((block) => block.kind === 'card' && block.why?.some(({ delivery }) => delivery !== undefined))
}
