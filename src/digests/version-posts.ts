// Messages about new versions, where a channel chose them: of what is followed there still, in the thread of the day where
// its alerts are, after the quiet hours, and no more a day than it wants. Where one is left out, as in a pause, the edit tells
// of it.
import type { NewDelivery } from '#core/delivery.ts'
import type { Paper } from '#core/paper.ts'
import { settingsOf } from '#core/place-settings.ts'
import { quietUntil } from '#core/quiet.ts'
import type { Span } from '#core/reply.ts'
import { type Destination, destinationKey } from '#core/subscription.ts'
import { dayMessage, roomToday } from './alert-plan.ts'
import { alertBlocks, alertSubject } from './alerts.ts'
import { heldBy } from './hold.ts'
import type { TickDependencies } from './tick.ts'

export interface VersionPosts {
  /** Adds the message about the paper's version, once a destination. */
  add(destination: Destination, paper: Paper, update: readonly Span[]): Promise<void>
  /** What was added, each after the message in whose thread it is posted. */
  readonly messages: readonly NewDelivery[]
}

export function createVersionPosts(
  { store, ...dependencies }: Pick<TickDependencies, 'store' | 'templates' | 'log'>,
  now: Temporal.Instant,
): VersionPosts {
  const messages: NewDelivery[] = []
  const told = new Map<string, Set<number>>()

  async function isFollowed(destination: Destination, paper: number): Promise<boolean> {
    const subscriptions = await store.subscriptions.ofDestination(destination)
    const wanting = new Set(subscriptions.filter(({ cadence }) => cadence !== 'digest').map(({ id }) => id))
    return (await store.subscriptions.matchesOfPaper(destination, paper)).some(({ subscription }) => wanting.has(subscription))
  }

  return {
    messages,
    async add(destination, paper, update) {
      const settings = await settingsOf(store, destination)
      const here = told.get(destinationKey(destination)) ?? new Set<number>()
      const why = heldBy(settings, now)
      if (settings.versions !== 'post' || (why !== undefined && why !== 'quiet')) return
      if (here.has(paper.number) || !(await isFollowed(destination, paper.number))) return
      if ((await roomToday(destination, settings, now, store)) <= here.size) return
      told.set(destinationKey(destination), here.add(paper.number))
      const at = settings.quiet ? quietUntil(settings.quiet, now) : now
      const later = why === undefined ? {} : { notBefore: at.toString() }
      const thread = settings.alerts === 'thread' ? await dayMessage(destination, settings, at, store) : undefined
      if (thread) messages.push({ ...thread, ...later })
      const event = `v${paper.version}`
      const made = await alertBlocks({ papers: [{ paper, why: [...update] }] }, dependencies)
      messages.push({
        destination,
        kind: 'alert',
        subject: `${alertSubject([paper])} ${event}`,
        part: 0,
        ...(thread && { parent: store.ledger.keyOf(thread) }),
        ...made,
        ...later,
        claims: [{ paper: paper.number, event }],
      })
    },
  }
}
