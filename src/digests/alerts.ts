// A plan's messages: rendered by the template, and recorded in their parts.
import type { NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import type { Held, StoreParts } from '#core/ports/store.ts'
import type { AlertModel, DigestPaper } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import { targetKey } from '#core/subscription.ts'
import type { Alerted, AlertPlan } from './alert-plan.ts'
import type { Echo } from './echo.ts'
import { CARDS, partsOf } from './parts.ts'
import { recordParts } from './record.ts'
import type { TickDependencies } from './tick.ts'
import { digestPaper } from './why.ts'

export interface AlertMessages {
  readonly plan: AlertPlan
  /** Each in its parts; the first part claims and carries what the others hang on. */
  readonly messages: readonly (readonly NewDelivery[])[]
}

/** `noteOf` says what stands above papers that come later than they were seen. */
export async function renderAlerts(
  plan: AlertPlan,
  { noteOf, echo }: { noteOf?: (papers: readonly Paper[]) => string | undefined; echo?: Echo },
  dependencies: Pick<TickDependencies, 'templates' | 'log'>,
): Promise<AlertMessages> {
  const messages: NewDelivery[][] = []
  for (const group of plan.groups) {
    const [only, ...more] = group
    const note = noteOf?.(group.map(({ paper }) => paper))
    const elsewhere = only && more.length === 0 ? echo?.(plan, only.paper) : undefined
    const { blocks, ...made } =
      elsewhere === undefined
        ? await alertBlocks({ papers: group.map(shown), ...(note !== undefined && { note }) }, dependencies)
        : { blocks: linkTo(elsewhere, group) }
    const numbers = group.map(({ paper }) => paper.number)
    messages.push(
      partsOf(bestInFull(blocks), numbers).map(({ blocks, papers }, part): NewDelivery => {
        const claims = papers.map((paper) => ({ paper, event: 'new' }))
        return {
          destination: plan.destination,
          kind: 'alert',
          subject: alertSubject(group.map(({ paper }) => paper)),
          part,
          blocks,
          ...made,
          claims,
        }
      }),
    )
  }
  return { plan, messages }
}

/** Papers are told of even where the operator's template is wrong. */
export async function alertBlocks(
  model: AlertModel,
  { templates, log }: Pick<TickDependencies, 'templates' | 'log'>,
): Promise<Pick<NewDelivery, 'blocks' | 'template'>> {
  try {
    return { blocks: await templates.alert(model), template: await templates.hash('alert') }
  } catch (error) {
    log.error('alert template failed', { error })
    return { blocks: model.papers.map(({ paper, why }): Block => ({ kind: 'card', paper, form: 'listing', why })) }
  }
}

/**
 * What a message about these papers is recorded as: each paper is told of once, so the first one tells messages apart. By its
 * id, which is the same in a store that has to read the paper again; its number may be another paper's there.
 */
export function alertSubject([first, ...more]: readonly Pick<Paper, 'ids'>[]): string {
  return more.length === 0 ? `${first?.ids[0]}` : `${first?.ids[0]} and ${more.length} more`
}

/** As recordAlerts; messages that stand alone go together, wherever they go. */
export async function recordAllAlerts(
  parts: Pick<StoreParts, 'ledger' | 'holds'>,
  all: readonly AlertMessages[],
  now: Temporal.Instant,
): Promise<void> {
  const standAlone = ({ plan, messages }: AlertMessages) => !plan.thread && messages.every(({ length }) => length === 1)
  const { true: alone = [], false: others = [] } = Object.groupBy(all, (one) => `${standAlone(one)}`)
  await parts.ledger.record(
    alone.flatMap(({ messages }) => messages.flat()),
    now.toString(),
  )
  for (const one of others) await recordAlerts(parts, one, now)
  await parts.holds.add(alone.flatMap(({ plan }) => heldOver(plan, now)))
}

/** Into the ledger, and what is over the most a day among what is held. */
export async function recordAlerts(
  { ledger, holds }: Pick<StoreParts, 'ledger' | 'holds'>,
  { plan, messages }: AlertMessages,
  now: Temporal.Instant,
): Promise<void> {
  const { thread } = plan
  if (thread && messages.length > 0) await ledger.record([thread], now.toString())
  for (const parts of messages) await recordParts(ledger, parts, now, thread && ledger.keyOf(thread))
  await holds.add(heldOver(plan, now))
}

function heldOver({ destination, over }: AlertPlan, now: Temporal.Instant): Held[] {
  return over.map(({ paper }) => ({ destination, paper: paper.number, why: 'most', since: now.toString() }))
}

/** Where many come at once, those after the first are a line each: an alert is no digest. */
function bestInFull(blocks: readonly Block[]): Block[] {
  let full = 0
  return blocks.map((block) => {
    if (block.kind !== 'card' || full++ < CARDS) return block
    const { actions, ...card } = block
    return { ...card, form: 'line' }
  })
}

function linkTo(delivery: string, group: readonly Alerted[]): Block[] {
  return group.map(shown).map(({ paper, why }) => {
    return { kind: 'card', paper, form: 'line', why: [...why, { text: ' · ' }, { text: 'shown in another channel', delivery }] }
  })
}

/** Equal reasons of several subscriptions count once. */
function shown({ paper, reasons }: Alerted): DigestPaper {
  const distinct = new Map(reasons.map((reason) => [targetKey(reason.target), reason]))
  return digestPaper(paper, [...distinct.values()])
}
