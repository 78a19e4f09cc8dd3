// Links from one message to another, which are known only once that one is posted.
import type { Delivery } from '#core/delivery.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import type { Block, Span } from '#core/reply.ts'

interface LinkDependencies {
  readonly store: Pick<Store, 'ledger'>
  readonly byName: ReadonlyMap<string, Platform>
}

/** The delivery with its links; undefined where it has to wait for the other message. One that is never posted gets no link. */
export async function withLinks(delivery: Delivery, { store, byName }: LinkDependencies): Promise<Delivery | undefined> {
  const links = new Map<string, string | undefined>()
  for (const key of delivery.blocks.flatMap(keysIn)) {
    const other = await store.ledger.byKey(key)
    if (other && other.ref === undefined && other.state !== 'dead' && other.state !== 'cancelled') return undefined
    links.set(key, other?.ref && byName.get(other.destination.platform)?.permalink(other.destination, other.ref))
  }
  return links.size === 0 ? delivery : { ...delivery, blocks: delivery.blocks.map((block) => linked(block, links)) }
}

function keysIn(block: Block): string[] {
  return block.kind === 'card' ? (block.why ?? []).flatMap(({ delivery }) => delivery ?? []) : []
}

function linked(block: Block, links: ReadonlyMap<string, string | undefined>): Block {
  if (block.kind !== 'card' || !block.why) return block
  const why = block.why.map(({ delivery, ...span }): Span => {
    const link = delivery === undefined ? undefined : links.get(delivery)
    return link === undefined ? span : { ...span, link }
  })
  return { ...block, why }
}
