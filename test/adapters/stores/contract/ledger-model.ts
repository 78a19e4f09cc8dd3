// The ledger against a model of it, in random sequences of everything that can be done to it: nothing is claimed twice, no
// delivery is in two hands, no reply comes before its parent, and nothing moves that was not to move.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Delivery, DeliveryState, Edit, NewDelivery, Outcome } from '#core/delivery.ts'
import type { Ledger, Place } from '#core/ports/ledger.ts'
import type { Destination } from '#core/subscription.ts'
import { alert, NOON, type OpenStore, OURS } from './opening.ts'

const DESTINATIONS: readonly Destination[] = [
  OURS,
  { ...OURS, thread: '17.5' },
  { ...OURS, channel: 'C2' },
  { ...OURS, workspace: 'T2' },
]
const PLACES: readonly Place[] = [
  { platform: 'slack', workspace: 'T1' },
  { platform: 'slack', workspace: 'T1', channel: 'C1' },
  { platform: 'slack', workspace: 'T2', channel: 'C1' },
]
const STATES: readonly DeliveryState[] = ['pending', 'sending', 'uncertain', 'sent', 'dead', 'cancelled']
const PLATFORMS = ['slack']

/** Times are minutes since noon. */
interface Modelled {
  readonly id: number
  readonly key: string
  readonly destination: Destination
  readonly parent: string | undefined
  state: DeliveryState
  fence: number
  attempt: number
  notBefore: number
  lease: number
  tried: boolean
  text: string
  edit: string | undefined
}

/** A delivery to be recorded. */
interface Drawn {
  readonly where: number
  readonly papers: readonly number[]
  readonly part: number
  readonly under: number
}

type Step =
  | { readonly do: 'pass' | 'expire'; readonly minutes: number }
  | { readonly do: 'record'; readonly all: readonly Drawn[] }
  | { readonly do: 'claim' | 'claimUncertain'; readonly limit: number }
  | {
      readonly do: 'settle'
      readonly hand: number
      readonly outcome: 'sent' | 'pending' | 'uncertain' | 'dead'
      readonly minutes: number
    }
  | { readonly do: 'retry' | 'drop' | 'edit'; readonly which: number }
  | { readonly do: 'close' | 'reopen'; readonly where: number; readonly minutes: number }
  | { readonly do: 'deliver edits'; readonly limit: number; readonly done: boolean }

const small = fc.nat(5)
const minutes = fc.nat(6)
const drawn: fc.Arbitrary<Drawn> = fc.record({
  where: fc.constantFrom(0, 0, 0, 1, 2, 3),
  papers: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  part: fc.nat(2),
  under: fc.integer({ min: -4, max: 8 }),
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('pass', 'expire'), minutes }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('record'), all: fc.array(drawn, { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('claim', 'claimUncertain'), limit: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      hand: fc.oneof(fc.nat(2), fc.nat(20)),
      outcome: fc.constantFrom('sent', 'sent', 'pending', 'uncertain', 'dead'),
      minutes,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('retry', 'drop', 'edit'), which: fc.nat(12) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close', 'reopen'), where: fc.nat(2), minutes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deliver edits'), limit: small, done: fc.boolean() }) },
)

export function ledgerModelContract(open: OpenStore): void {
  describe('the ledger', () => {
    test('does what its model does, whatever is done to it', { timeout: 60_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 80, maxLength: 120, size: 'max' }), async (steps) => {
          const store = await open()
          try {
            const model = createModel(store.ledger)
            for (const each of steps) await model.take(each)
          } finally {
            await store.close()
          }
        }),
        { numRuns: 12, interruptAfterTimeLimit: 20_000, endOnFailure: true },
      )
    })
  })
}

function at(minute: number): string {
  return Temporal.Instant.from(NOON).add({ minutes: minute }).toString()
}

function createModel(ledger: Ledger) {
  let now = 0
  let texts = 0
  const all: Modelled[] = []
  const claimed = new Set<string>()
  const closed = new Map<Place, number>()
  const hands: { readonly id: number; readonly fence: number }[] = []

  const byKey = (key: string | undefined) => all.find((one) => one.key === key)
  const isLost = (key: string | undefined) => ['dead', 'cancelled'].includes(byKey(key)?.state ?? '')
  const opensFrom = ({ destination }: Pick<Modelled, 'destination'>, from: number) =>
    Math.max(from, ...[...closed].filter(([place]) => covers(place, destination)).map(([, until]) => until))
  const waits = ({ state }: Modelled) => state === 'pending' || state === 'uncertain'
  const hangsOn = (key: string): Modelled[] =>
    all.filter(({ parent }) => parent === key).flatMap((reply) => [reply, ...hangsOn(reply.key)])

  function deliveryOf({ where, papers, part, under }: Drawn): NewDelivery {
    const destination = DESTINATIONS[where] ?? OURS
    const near = all.filter((one) => one.destination === destination)
    const parent = under < 0 || near.length === 0 ? undefined : near[under % near.length]?.key
    const claims = papers.map((paper) => ({ paper, event: 'new' }))
    return alert(papers[0] ?? 0, { destination, part, claims, ...(parent !== undefined && { parent }) })
  }

  /** Several at once are recorded as if they were so one after the other. */
  async function record(deliveries: readonly NewDelivery[]): Promise<void> {
    const recorded = await ledger.record(deliveries, at(now))
    const ids = recorded.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    for (const delivery of deliveries) {
      const { destination, claims, parent } = delivery
      const key = ledger.keyOf(delivery)
      const names = claims.map(({ paper }) => `${JSON.stringify(destination)} ${paper}`)
      const fresh = names.filter((name) => !claimed.has(name))
      if (byKey(key) !== undefined || (names.length > 0 && fresh.length === 0)) continue
      const { id, dedupeKey } = recorded.shift() ?? {}
      expect(dedupeKey).toBe(key)
      for (const name of fresh) claimed.add(name)
      all.push({
        id: id ?? 0,
        key,
        destination,
        parent: isLost(parent) ? undefined : parent,
        state: 'pending',
        fence: 0,
        attempt: 0,
        notBefore: opensFrom({ destination }, now),
        lease: 0,
        tried: false,
        text: textOf(delivery),
        edit: undefined,
      })
    }
    expect(recorded).toEqual([])
  }

  async function claim(how: 'claim' | 'claimUncertain', limit: number): Promise<void> {
    const state = how === 'claim' ? 'pending' : 'uncertain'
    const due = all.filter((one) => one.state === state && one.notBefore <= now && isReady(one))
    const taken = await ledger[how]({ now: at(now), leaseUntil: at(now + 3), limit, platforms: PLATFORMS })
    expect(taken).toHaveLength(Math.min(limit, due.length))
    for (const workspace of ['T1', 'T2']) {
      const line = due.filter(({ destination }) => destination.workspace === workspace)
      line.sort((a, b) => a.notBefore - b.notBefore || a.id - b.id)
      const ids = taken.filter(({ destination }) => destination.workspace === workspace).map(({ id }) => id)
      expect(ids).toEqual(line.slice(0, ids.length).map(({ id }) => id))
    }
    for (const { id, fence, parentRef } of taken) {
      const one = all.find((other) => other.id === id)
      if (!one) throw new Error('A delivery that nobody recorded was taken.')
      Object.assign(one, { state: 'sending', fence: one.fence + 1, attempt: one.attempt + 1, lease: now + 3, tried: true })
      hands.push({ id, fence })
      expect(parentRef).toBe(one.parent === undefined || !byKey(one.parent) ? undefined : `ref of ${byKey(one.parent)?.id}`)
    }
  }

  const isReady = ({ parent }: Modelled) => parent === undefined || byKey(parent)?.state === 'sent'

  async function settle({ hand, outcome, minutes }: Extract<Step, { do: 'settle' }>): Promise<void> {
    const held = hands.at(-1 - (hand % Math.max(1, hands.length)))
    if (!held) return
    const one = all.find(({ id }) => id === held.id)
    const isOurs = one !== undefined && one.fence === held.fence && (one.state === 'sending' || one.state === 'uncertain')
    expect(await ledger.settle(held.id, held.fence, outcomeOf(held.id, outcome, now + minutes), at(now))).toBe(isOurs)
    if (!isOurs) return
    one.state = outcome
    if (outcome === 'pending' || outcome === 'uncertain') one.notBefore = opensFrom(one, now + minutes)
    if (outcome === 'dead') for (const reply of hangsOn(one.key)) if (waits(reply)) reply.state = 'dead'
  }

  async function byHand(how: 'retry' | 'drop' | 'edit', which: number): Promise<void> {
    const one = all[which % Math.max(1, all.length)]
    if (!one) return
    const isOpen = waits(one) || one.state === 'dead'
    if (how === 'edit') {
      const text = `text ${++texts}`
      await ledger.edit(one.id, [{ kind: 'prose', spans: [{ text }] }], at(now))
      one.edit = undefined
      if (one.state === 'pending' && one.attempt === 0) one.text = text
      else if (one.state !== 'cancelled') one.edit = text
    } else if (how === 'drop') {
      expect(await ledger.drop(one.id, at(now))).toBe(isOpen)
      if (!isOpen) return
      const gone = [one, ...hangsOn(one.key).filter((reply) => waits(reply) || reply.state === 'dead')]
      for (const each of gone) Object.assign(each, { state: 'cancelled', fence: each.fence + 1 })
    } else {
      const isDone = isOpen && !isLost(one.parent)
      expect(await ledger.retry(one.id, at(now))).toBe(isDone)
      if (!isDone) return
      for (const each of [one, ...hangsOn(one.key).filter(({ state }) => state === 'dead')]) {
        const state = each.state === 'pending' || !each.tried ? 'pending' : 'uncertain'
        Object.assign(each, { state, fence: each.fence + 1, notBefore: opensFrom(each, now) })
      }
    }
  }

  async function close(place: Place, until: number): Promise<void> {
    await ledger.close(place, at(until))
    closed.set(place, Math.max(until, closed.get(place) ?? 0))
    for (const one of all) if (waits(one) && covers(place, one.destination)) one.notBefore = Math.max(one.notBefore, until)
  }

  async function reopen(place: Place): Promise<void> {
    const opened = [...closed].filter(([other]) => isWithin(other, place))
    const kept = new Set(opened.map(([, until]) => until).filter((until) => until > now))
    for (const [other] of opened) closed.delete(other)
    for (const one of all) {
      if (waits(one) && covers(place, one.destination) && kept.has(one.notBefore)) one.notBefore = opensFrom(one, now)
    }
    await ledger.reopen(place, at(now))
  }

  async function deliverEdits(limit: number, done: boolean): Promise<void> {
    const due = all.filter((one) => one.state === 'sent' && one.edit !== undefined && opensFrom(one, now) <= now)
    const edits = await ledger.dueEdits({ now: at(now), limit, platforms: PLATFORMS })
    expect(edits).toHaveLength(Math.min(limit, due.length))
    for (const edit of edits) {
      const one = all.find(({ id }) => id === edit.delivery.id)
      expect(textOf(edit.delivery)).toBe(one?.edit)
      await ledger.settleEdit(edit, done ? 'done' : { notBefore: at(now) })
      if (done && one) Object.assign(one, { text: one.edit, edit: undefined })
    }
    for (const edit of edits) await ledger.settleEdit(stale(edit), 'done')
  }

  async function check(): Promise<void> {
    const stored = await ledger.list(STATES, 1000)
    const shape = ({ id, state, fence, attempt }: Delivery | Modelled) => ({ id, state, fence, attempt })
    expect(stored.map((one) => ({ ...shape(one), text: textOf(one), due: one.notBefore }))).toEqual(
      all.map((one) => ({ ...shape(one), text: one.text, due: at(one.notBefore) })),
    )
  }

  return {
    async take(step: Step): Promise<void> {
      switch (step.do) {
        case 'pass':
          now += step.minutes
          break
        case 'expire': {
          const cut = all.filter(({ state, lease }) => state === 'sending' && lease < now - step.minutes)
          expect(await ledger.expire(at(now - step.minutes), at(now))).toBe(cut.length)
          for (const one of cut) Object.assign(one, { state: 'uncertain', notBefore: opensFrom(one, now) })
          break
        }
        case 'record':
          await record(step.all.map(deliveryOf))
          break
        case 'claim':
        case 'claimUncertain':
          await claim(step.do, step.limit)
          break
        case 'settle':
          await settle(step)
          break
        case 'close':
          await close(PLACES[step.where] as Place, now + step.minutes)
          break
        case 'reopen':
          await reopen(PLACES[step.where] as Place)
          break
        case 'deliver edits':
          await deliverEdits(step.limit, step.done)
          break
        default:
          await byHand(step.do, step.which)
      }
      await check()
    },
  }
}

function outcomeOf(id: number, state: Outcome['state'], notBefore: number): Outcome {
  if (state === 'sent') return { state, ref: `ref of ${id}` }
  return state === 'dead' ? { state, error: 'Refused.' } : { state, notBefore: at(notBefore), error: 'Busy.' }
}

function covers(place: Place, destination: Destination): boolean {
  return place.workspace === destination.workspace && (place.channel === undefined || place.channel === destination.channel)
}

function isWithin(place: Place, of: Place): boolean {
  return place.workspace === of.workspace && (of.channel === undefined || place.channel === of.channel)
}

function textOf({ blocks }: Pick<Delivery, 'blocks'>): string {
  return JSON.stringify(blocks).replace(/.*"text":"([^"]*)".*/, '$1')
}

/** An edit of before that one. */
function stale(edit: Edit): Edit {
  return { ...edit, revision: edit.revision - 1 }
}
