// Papers that changed → edits of the messages that tell of them and, where a channel chose so, a message of the new version.
import { changeInWords } from '#core/change-words.ts'
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import type { Unmatched } from '#core/ports/store.ts'
import type { Block, Span } from '#core/reply.ts'
import type { TickDependencies } from './tick.ts'
import { createVersionPosts } from './version-posts.ts'

export interface Updates {
  readonly edits: readonly { readonly delivery: number; readonly blocks: readonly Block[] }[]
  readonly messages: readonly NewDelivery[]
}

/** A message that tells of several changed papers is edited once, with all of them. */
export async function updatesOf(
  unmatched: readonly Unmatched[],
  dependencies: Pick<TickDependencies, 'store' | 'templates' | 'log'>,
  now: Temporal.Instant,
): Promise<Updates> {
  const { store } = dependencies
  const edited = new Map<number, Delivery>()
  const versions = createVersionPosts(dependencies, now)
  for (const { paper, change } of unmatched) {
    const update = change && changeInWords(paper, change, now)
    if (!change || !update) continue
    for (const alert of await store.ledger.alertsOfPaper(paper.number)) {
      if (alert.state === 'dead' || alert.state === 'cancelled') continue
      const known = edited.get(alert.id) ?? alert
      edited.set(alert.id, { ...known, blocks: known.blocks.map((block) => updated(block, paper, update)) })
      if (change.version !== undefined) await versions.add(alert.destination, paper, update)
    }
  }
  return { edits: [...edited.values()].map(({ id, blocks }) => ({ delivery: id, blocks })), messages: versions.messages }
}

export async function recordUpdates(ledger: Ledger, { edits, messages }: Updates, now: Temporal.Instant): Promise<void> {
  for (const { delivery, blocks } of edits) await ledger.edit(delivery, blocks, now.toString())
  await ledger.record(messages, now.toString())
}

function updated(block: Block, paper: Paper, update: readonly Span[]): Block {
  return block.kind === 'card' && sharesId(block.paper, paper) ? { ...block, paper, update } : block
}

/** A paper that was joined into another has another number than it was posted under. */
function sharesId(a: Paper, b: Paper): boolean {
  return a.number === b.number || a.ids.some((id) => b.ids.includes(id))
}
