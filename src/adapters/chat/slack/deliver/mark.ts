// The mark that a delivery's message carries on Slack, which nobody sees: its key, by which it is found again.
import type { Delivery } from '#core/delivery.ts'

const EVENT = 'paperboy_delivery'

/** https://docs.slack.dev/messaging/message-metadata */
export function markOf({ dedupeKey }: Pick<Delivery, 'dedupeKey'>) {
  return { event_type: EVENT, event_payload: { key: dedupeKey } }
}

/** The key of the delivery that a message of Slack's is; undefined for any other message. */
export function keyOf(message: object): unknown {
  const metadata =
    'metadata' in message ? (message.metadata as { event_type?: string; event_payload?: { key?: unknown } }) : undefined
  return metadata?.event_type === EVENT ? metadata.event_payload?.key : undefined
}
