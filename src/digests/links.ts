// Links from one message to another, which are known only once that one is posted.
import { type Delivery, threadOf } from '#core/delivery.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import type { Block, Span } from '#core/reply.ts'
import type { Destination } from '#core/subscription.ts'
import { isBefore } from './instants.ts'

/** So long a message waits for the one it links to; then it shows the paper itself. */
const PATIENCE = { hours: 1 }
const BETWEEN = ' · '

interface LinkDependencies {
  readonly store: Pick<Store, 'ledger'>
  readonly byName: ReadonlyMap<string, Platform>
}

/** Undefined where the platform has no links. */
type Links = ReadonlyMap<string, { readonly link: string | undefined }>

/**
 * The delivery with its links; undefined where it has to wait for the other message. Where that one is never posted, or not
 * soon, nothing is linked to and the paper is shown in full.
 */
export async function withLinks(
  delivery: Delivery,
  now: Temporal.Instant,
  { store, byName }: LinkDependencies,
): Promise<Delivery | undefined> {
  const keys = delivery.blocks.flatMap(keysIn)
  const links = new Map<string, { link: string | undefined }>()
  const patience = Temporal.Instant.from(delivery.createdAt).add(PATIENCE).toString()
  for (const key of keys) {
    const other = await store.ledger.byKey(key)
    if (other?.ref !== undefined)
      links.set(key, { link: byName.get(other.destination.platform)?.permalink(placeOf(other), other.ref) })
    else if (other && isComing(other, patience) && isBefore(now.toString(), patience)) return undefined
  }
  return keys.length === 0 ? delivery : { ...delivery, blocks: delivery.blocks.map((block) => linked(block, links)) }
}

/** With the thread it was posted in. */
function placeOf(other: Delivery): Destination {
  const thread = threadOf(other)
  return thread === undefined ? other.destination : { ...other.destination, thread }
}

function isComing({ state, notBefore }: Delivery, patience: string): boolean {
  return state !== 'dead' && state !== 'cancelled' && isBefore(notBefore, patience)
}

/** Whether the block stands for a message elsewhere. */
export function isLink(block: Block): boolean {
  return keysIn(block).length > 0
}

function keysIn(block: Block): string[] {
  return block.kind === 'card' ? (block.why ?? []).flatMap(({ delivery }) => delivery ?? []) : []
}

function linked(block: Block, links: Links): Block {
  if (block.kind !== 'card' || !block.why) return block
  const isLost = ({ delivery }: Span) => delivery !== undefined && !links.has(delivery)
  if (block.why.some(isLost)) {
    const why = block.why.filter(
      (span, at, all) => !isLost(span) && !(span.text === BETWEEN && all[at + 1]?.delivery !== undefined),
    )
    return { ...block, form: 'listing', why }
  }
  const why = block.why.map(({ delivery, ...span }): Span => {
    const link = delivery === undefined ? undefined : links.get(delivery)?.link
    return link === undefined ? span : { ...span, link }
  })
  return { ...block, why }
}
