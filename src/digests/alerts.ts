// Alerts: one message a paper and destination with all its reasons, or one for all where they would be too many.

import type { NewDelivery } from '#core/delivery.ts'
import { digestOnly } from '#core/digest-only.ts'
import type { Paper } from '#core/paper.ts'
import { destinationKey } from '#core/subscription.ts'
import type { Selected } from './match.ts'
import { best } from './order.ts'
import { partsOf } from './parts.ts'
import type { TickDependencies } from './tick.ts'
import { whySpans } from './why.ts'

/** More new papers than this for one destination are one message. */
const MOST_SINGLE = 5

interface Alerted {
  readonly paper: Paper
  readonly by: readonly Selected[]
}

/** The alerts' deliveries, each in its parts; the first part claims and carries what the others hang on. */
export async function alertsOf(selected: readonly Selected[], dependencies: Pick<TickDependencies, 'templates' | 'log'>) {
  const wanted = selected.filter(({ subscription, paper }) => subscription.cadence !== 'digest' && digestOnly(paper).length === 0)
  const deliveries: (readonly NewDelivery[])[] = []
  for (const here of Map.groupBy(wanted, ({ subscription }) => destinationKey(subscription.destination)).values()) {
    const papers = [...Map.groupBy(here, ({ paper }) => paper).entries()].map(([paper, by]): Alerted => ({ paper, by }))
    papers.sort((a, b) => best(a.paper, b.paper))
    const groups = papers.length > MOST_SINGLE ? [papers] : papers.map((one) => [one])
    for (const group of groups) deliveries.push(await alertOf(group, dependencies))
  }
  return deliveries
}

async function alertOf(group: readonly Alerted[], { templates }: Pick<TickDependencies, 'templates'>): Promise<NewDelivery[]> {
  const destination = group[0]?.by[0]?.subscription.destination
  const numbers = group.map(({ paper }) => paper.number)
  if (!destination) return []
  const papers = group.map(({ paper, by }) => ({ paper, why: whySpans(by.map(({ reason }) => reason)) }))
  const parts = partsOf(await templates.alert({ papers }), numbers)
  const subject = numbers.length === 1 ? `${numbers[0]}` : `${numbers[0]} and ${numbers.length - 1} more`
  return parts.map(({ blocks, papers: claimed }, part) => {
    const claims = claimed.map((paper) => ({ paper, event: 'new' }))
    return { destination, kind: 'alert', subject, part, blocks, claims }
  })
}
