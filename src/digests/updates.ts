// Papers that changed → edits of the messages that tell of them and, where a channel chose so, a message of the new version.
import { changeInWords } from '#core/change-words.ts'
import type { Delivery, NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { Ledger } from '#core/ports/ledger.ts'
import type { Unmatched } from '#core/ports/store.ts'
import type { DigestPaper } from '#core/ports/templates.ts'
import type { Block, Span } from '#core/reply.ts'
import { type Destination, destinationKey } from '#core/subscription.ts'
import type { Selected } from './selected.ts'
import type { TickDependencies } from './tick.ts'
import { createVersionPosts } from './version-posts.ts'
import { digestPaper } from './why.ts'

export interface Updates {
  readonly edits: readonly { readonly delivery: number; readonly blocks: readonly Block[] }[]
  readonly messages: readonly NewDelivery[]
}

/** A message that tells of several changed papers is edited once, with all of them; `selected` are the new reasons for them. */
export async function updatesOf(
  unmatched: readonly Unmatched[],
  selected: readonly Selected[],
  dependencies: Pick<TickDependencies, 'store' | 'templates' | 'log'>,
  now: Temporal.Instant,
): Promise<Updates> {
  const { store } = dependencies
  const edited = new Map<number, Delivery>()
  const versions = createVersionPosts(dependencies, now)
  const fresh = Map.groupBy(selected, ({ subscription, paper }) => inPlace(subscription.destination, paper))
  for (const { paper, change } of unmatched) {
    const update = change && changeInWords(paper, change, now)
    if (!change || !update) continue
    for (const alert of await store.ledger.alertsOfPaper(paper.number)) {
      if (alert.state === 'dead' || alert.state === 'cancelled') continue
      const known = edited.get(alert.id) ?? alert
      const reasons = (fresh.get(inPlace(alert.destination, paper)) ?? []).map(({ reason }) => reason)
      const changed = { ...digestPaper(paper, reasons), update }
      edited.set(alert.id, { ...known, blocks: known.blocks.map((block) => updated(block, changed)) })
      if (change.version !== undefined) await versions.add(alert.destination, paper, update)
    }
  }
  return { edits: [...edited.values()].map(({ id, blocks }) => ({ delivery: id, blocks })), messages: versions.messages }
}

export async function recordUpdates(ledger: Ledger, { edits, messages }: Updates, now: Temporal.Instant): Promise<void> {
  for (const { delivery, blocks } of edits) await ledger.edit(delivery, blocks, now.toString())
  await ledger.record(messages, now.toString())
}

function inPlace(destination: Destination, { number }: Paper): string {
  return `${destinationKey(destination)} ${number}`
}

/** With what is new of the paper, and with the reasons and questions that came with it. */
function updated(block: Block, { paper, why, actions = [], update }: DigestPaper & { readonly update: readonly Span[] }): Block {
  if (block.kind !== 'card' || !sharesId(block.paper, paper)) return block
  const before = block.why ?? []
  const between = before.length > 0 && why.length > 0 ? [{ text: ' · ' }] : []
  return {
    ...block,
    paper,
    update,
    ...(why.length > 0 && { why: [...before, ...between, ...why] }),
    ...(block.actions && { actions: [...actions, ...block.actions] }),
  }
}

/** A paper that was joined into another has another number than it was posted under. */
function sharesId(a: Paper, b: Paper): boolean {
  return a.number === b.number || a.ids.some((id) => b.ids.includes(id))
}
