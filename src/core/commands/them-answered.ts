// The posted cards that asked whether a paper is by somebody: they say what was answered, and ask no more.
import type { Paper } from '#core/paper.ts'
import type { Block } from '#core/reply.ts'
import { type AuthorTarget, destinationKey, type Subscription } from '#core/subscription.ts'
import { themActions } from './card-actions.ts'
import type { Context } from './command.ts'

interface Answered {
  readonly target: AuthorTarget
  readonly isThem: boolean
  /** In whose places the cards are. */
  readonly subscriptions: readonly Subscription[]
}

/** Edits the alerts of the paper in the subscriptions' places; those of other channels go on asking. */
export async function withAnswer(paper: Paper, answered: Answered, { store, person, clock }: Context): Promise<void> {
  const places = new Set(answered.subscriptions.map(({ destination }) => destinationKey(destination)))
  const said = `${answered.isThem ? 'it is them' : 'not them'}, according to ${person.name}`
  const asks: ReadonlySet<string> = new Set(themActions(paper, answered.target).map(({ command }) => command))
  for (const alert of await store.ledger.alertsOfPaper(paper.number)) {
    if (!places.has(destinationKey(alert.destination)) || alert.state === 'dead' || alert.state === 'cancelled') continue
    const blocks = alert.blocks.map(answeredIn)
    if (blocks.some((block, at) => block !== alert.blocks[at])) await store.ledger.edit(alert.id, blocks, clock.now().toString())
  }

  function answeredIn(block: Block): Block {
    if (block.kind !== 'card') return block
    const actions = (block.actions ?? []).filter((action) => !('command' in action && asks.has(action.command)))
    if (actions.length === (block.actions ?? []).length) return block
    return { ...block, actions, why: [...(block.why ?? []), { text: ` (${said})` }] }
  }
}
