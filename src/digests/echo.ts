// Echo suppression: where channels of one workspace hear of the same paper, the one that it fits best shows it, and those
// that chose so link to it. The order: an alert of before; the most reasons; who wants no links; the destination's key.
// Nothing links to what others cannot open, to its own channel, or to another link.
import type { Delivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import { type Destination, destinationKey } from '#core/subscription.ts'
import type { AlertPlan } from './alert-plan.ts'
import { alertSubject } from './alerts.ts'
import { isLink } from './links.ts'
import type { TickDependencies } from './tick.ts'

/** The key of the delivery that shows the paper elsewhere; undefined where the plan's destination shows it itself. */
export type Echo = (plan: AlertPlan, paper: Paper) => string | undefined

interface Candidate {
  readonly plan: AlertPlan
  readonly reasons: number
}

/** Only messages of their own are shown or linked to: a paper among many is not repeated much by being repeated. */
export async function echoOf(
  plans: readonly AlertPlan[],
  { store: { ledger }, platforms }: Pick<TickDependencies, 'store' | 'platforms'>,
): Promise<Echo> {
  if (plans.every(({ settings }) => settings.echo === 'show')) return () => undefined
  const candidates = Map.groupBy(plans.flatMap(singles), ({ key }) => key)
  const shown = new Map<string, string>()
  for (const [key, rivals] of candidates) {
    const [first] = rivals
    if (!first || rivals.every(({ plan }) => plan.settings.echo === 'show')) continue
    const earlier = await ledger.alertsOfPaper(first.paper.number)
    const showing = earlier.filter((alert) => shows(alert) && isNear(alert.destination, first.plan.destination))
    const links: Pick<Delivery, 'destination' | 'dedupeKey'>[] = showing.filter(({ destination }) => canBeOpened(destination))
    for (const { plan, paper } of rivals.toSorted(fitsBetter)) {
      const here = plan.destination
      const other = links.find(({ destination }) => destination.channel !== here.channel)
      if (plan.settings.echo === 'link' && other) shown.set(`${key} ${destinationKey(here)}`, other.dedupeKey)
      else if (canBeOpened(here)) links.push({ destination: here, dedupeKey: keyOf(plan, paper) })
    }
  }
  return ({ destination }, { number }) => shown.get(`${paperKey(destination, number)} ${destinationKey(destination)}`)

  /** Some places have no links, and a person's direct messages are theirs. */
  function canBeOpened(destination: Destination): boolean {
    return platforms.find(({ name }) => name === destination.platform)?.permalink(destination, '') !== undefined
  }

  function keyOf({ destination, thread }: AlertPlan, paper: Paper): string {
    const parent = thread && { parent: ledger.keyOf(thread) }
    return ledger.keyOf({ destination, kind: 'alert', subject: alertSubject([paper]), part: 0, ...parent })
  }
}

function shows({ state, blocks }: Delivery): boolean {
  return state !== 'dead' && state !== 'cancelled' && !blocks.some(isLink)
}

function singles(plan: AlertPlan): (Candidate & { key: string; paper: Paper })[] {
  return plan.groups.flatMap(([only, ...more]) => {
    if (!only || more.length > 0) return []
    const { paper } = only
    return [{ plan, paper, key: paperKey(plan.destination, paper.number), reasons: only.reasons.length }]
  })
}

function isNear(a: Destination, b: Destination): boolean {
  return a.platform === b.platform && a.workspace === b.workspace
}

function fitsBetter(a: Candidate, b: Candidate): number {
  return (
    b.reasons - a.reasons ||
    Number(a.plan.settings.echo === 'link') - Number(b.plan.settings.echo === 'link') ||
    (destinationKey(a.plan.destination) < destinationKey(b.plan.destination) ? -1 : 1)
  )
}

/** A paper within a workspace. */
function paperKey({ platform, workspace }: Destination, paper: number): string {
  return JSON.stringify([platform, workspace, paper])
}
