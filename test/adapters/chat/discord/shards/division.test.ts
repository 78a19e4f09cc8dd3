// Processes that divide Discord's shards over one store: each shard is one's at a time, whoever joins, dies, stands still or leaves.
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Gateway } from '#adapters/chat/discord/gateway/gateway.ts'
import { createDivision, type Ours } from '#adapters/chat/discord/shards/division.ts'
import type { Shard } from '#adapters/chat/discord/shards/names.ts'
import { createLeasedDuties } from '#adapters/duties.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { ConfigError, StoreError } from '#core/errors.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Store } from '#core/ports/store.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'

const LEASE = 10
/** So many turns of the event loop a connection takes to close. */
const HUSHED = 15

let store: Store
let now: Temporal.Instant
/** What Discord recommends; `refuses` those of which it takes no sessions. */
let recommended: number
let refuses: (of: number) => boolean
/** Every connection that is open, by process. */
const connected = new Map<string, Map<Shard, Ours>>()
/** More than one at a time had the same shard, or shards of different numbers were open. */
const wrong: string[] = []
const stops: (() => Promise<void>)[] = []

type Process = ReturnType<typeof aProcess>

interface Telling {
  readonly recommends?: () => Promise<number>
  /** From the store, for leases. */
  readonly isCutOff?: () => boolean
  /** Seconds that the store takes for a lease. */
  readonly slowness?: () => number
  /** Before the store answers that a lease is given back. */
  readonly givingBack?: () => Promise<void>
  /** From Discord's gateway. */
  readonly isDeaf?: () => boolean
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  store = await openSqliteStore(':memory:')
  now = Temporal.Instant.from('2026-11-16T09:00:00Z')
  recommended = 4
  refuses = () => false
})

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  expect(wrong.splice(0)).toEqual([])
  connected.clear()
  vi.useRealTimers()
  await store.close()
})

/** A wait that passes only as time does for the process. */
interface Wait {
  readonly until: Temporal.Instant
  readonly over: (isOver: boolean) => void
}

function aProcess(
  name: string,
  {
    recommends = async () => recommended,
    isCutOff = () => false,
    slowness = () => 0,
    givingBack = async () => undefined,
    isDeaf = () => false,
  }: Telling = {},
) {
  const waits = new Set<Wait>()
  const { log, logged } = aLog()
  const reached = <T>(call: () => Promise<T>) => (isCutOff() ? Promise.reject(new StoreError('away')) : call())
  const leases: LeaseStore = {
    take: async (...given) => {
      if (slowness() > 0) await passes(slowness(), new AbortController().signal)
      return reached(() => store.leases.take(...given))
    },
    held: (...given) => reached(() => store.leases.held(...given)),
    renew: (...given) => reached(() => store.leases.renew(...given)),
    giveBack: async (...given) => {
      await givingBack()
      return reached(() => store.leases.giveBack(...given))
    },
  }
  function passes(seconds: number, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const wait = { until: now.add({ milliseconds: Math.ceil(seconds * 1000) }), over: resolve }
    waits.add(wait)
    if (signal.aborted) resolve(false)
    signal.addEventListener('abort', () => resolve(false), { once: true })
    return promise.finally(() => waits.delete(wait))
  }
  const open = new Map<Shard, Ours>()
  connected.set(name, open)
  const living: number[] = []

  function gatewayOf(shard: Shard, ours: Ours): Gateway {
    const isOpen = () => open.has(shard) && !isDeaf()
    return {
      async open() {
        for (const [other, theirs] of [...connected.values()].flatMap((shards) => [...shards])) {
          if (theirs.isOurs() && (other.id === shard.id || other.of !== shard.of)) {
            wrong.push(`${name} opens ${shard.id} of ${shard.of} beside ${other.id} of ${other.of}`)
          }
        }
        if (refuses(shard.of)) ours.onTooFew()
        else open.set(shard, ours)
      },
      isOpen,
      isReached: isOpen,
      connections: () => ({ all: 1, held: 1, open: Number(isOpen()) }),
      async hush() {
        await turns(HUSHED)
        open.delete(shard)
      },
      close: async () => undefined,
    }
  }
  const division = createDivision({
    duties: createLeasedDuties({ leases, clock: { now: () => now }, log, lease: LEASE }),
    leases,
    meta: store.meta,
    recommended: recommends,
    gatewayOf,
    onLiving: (processes) => living.push(processes),
    now: () => now,
    passes,
    log,
  })
  const start = division.open()
  start.catch(() => undefined)
  async function stop(): Promise<void> {
    await division.hush()
    await division.close()
  }
  stops.push(stop)
  return {
    division,
    logged,
    start,
    /** How many shards are open here. */
    open: () => open.size,
    living: () => living.at(-1),
    isOurs: () => [...open.values()].map(({ isOurs }) => isOurs()),
    passed() {
      for (const { until, over } of waits) if (Temporal.Instant.compare(until, now) <= 0) over(true)
    },
    stop,
  }
}

/** Time passes, for those that do not stand still; who died stands still for ever. */
async function pass(seconds: number, running: readonly Process[], step = 0.25): Promise<void> {
  for (let at = 0; at < seconds; at += step) {
    now = now.add({ milliseconds: step * 1000 })
    for (const process of running) process.passed()
    await vi.advanceTimersByTimeAsync(step * 1000)
    await settled()
  }
}

function settled(): Promise<void> {
  return turns(3 * HUSHED)
}

async function turns(many: number): Promise<void> {
  for (let turn = 0; turn < many; turn++) await new Promise(setImmediate)
}

const sharesOf = (processes: readonly Process[]) => processes.map((process) => process.open())

describe('one process', () => {
  test('has all shards that Discord recommends, and is open once they are', async () => {
    const one = aProcess('one')
    expect(one.division.isOpen()).toBe(false)
    await pass(3, [one])
    await one.start
    expect(one.division.isOpen()).toBe(true)
    expect(one.division.connections()).toEqual({ all: 4, held: 4, open: 4 })
  })

  test('ends at the start where Discord refuses the bot', async () => {
    const one = aProcess('one', { recommends: () => Promise.reject(new ConfigError('no', { hint: 'none' })) })
    await pass(2, [one])
    await expect(one.start).rejects.toThrow('no')
  })

  test('waits for Discord while it is away', async () => {
    let isAway = true
    const one = aProcess('one', { recommends: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(2)) })
    await pass(5, [one])
    expect(one.division.isOpen()).toBe(false)
    isAway = false
    await pass(20, [one])
    expect(sharesOf([one])).toEqual([2])
  })

  test('that is stopped in the midst of a look takes nothing any more', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    const recommends = vi.fn(() => promise)
    const one = aProcess('one', { recommends })
    await pass(2, [one])
    expect(recommends).toHaveBeenCalledOnce()
    const taken = vi.spyOn(store.leases, 'take')
    const stopped = one.stop()
    resolve(4)
    await stopped
    await settled()
    expect(taken).not.toHaveBeenCalled()
    expect(await store.leases.held('discord ', now.toString())).toEqual([])
  })

  test('has its shards again once the store is back, although what it asked meanwhile is not answered', async () => {
    let isCutOff = false
    const answered = Promise.withResolvers<void>()
    const one = aProcess('one', {
      isCutOff: () => isCutOff,
      givingBack: () => (isCutOff ? answered.promise : Promise.resolve()),
    })
    await pass(3, [one])
    isCutOff = true
    await pass(LEASE + 5, [one])
    expect(sharesOf([one])).toEqual([0])
    isCutOff = false
    await pass(30, [one])
    expect(sharesOf([one])).toEqual([4])
    answered.resolve()
  })

  test('asks for more shards than there were once nobody has any, and for no fewer meanwhile', async () => {
    const one = aProcess('one')
    await pass(3, [one])
    recommended = 3
    await pass(4000, [one], 2)
    expect(sharesOf([one])).toEqual([4])
    await one.stop()
    const two = aProcess('two')
    await pass(3, [two])
    expect(two.division.connections()).toEqual({ all: 3, held: 3, open: 3 })
  })
})

describe('several processes', () => {
  test('started together have fair shares within seconds', async () => {
    const all = ['one', 'two', 'three'].map((name) => aProcess(name))
    await pass(8, all)
    expect(sharesOf(all).sort()).toEqual([1, 1, 2])
    expect(all.map((process) => process.living())).toEqual([3, 3, 3])
    expect(all.every(({ division }) => division.isOpen())).toBe(true)
  })

  test('more than there are shards stand by, and are open', async () => {
    recommended = 1
    const all = ['one', 'two'].map((name) => aProcess(name))
    await pass(8, all)
    await Promise.all(all.map(({ start }) => start))
    expect(sharesOf(all).sort()).toEqual([0, 1])
    expect(all.map(({ division }) => division.isOpen())).toEqual([true, true])
  })

  test('give up what is too much, one after the other, when another joins', async () => {
    const one = aProcess('one')
    await pass(3, [one])
    const two = aProcess('two')
    const shares: number[] = []
    for (let at = 0; at < 6; at++) {
      await pass(1, [one, two])
      shares.push(one.open())
    }
    expect(new Set(shares)).toEqual(new Set([4, 3, 2]))
    expect(sharesOf([one, two])).toEqual([2, 2])
  })

  test('have what another had within seconds after it died', async () => {
    let isDead = false
    const [one, two] = [aProcess('one'), aProcess('two', { isCutOff: () => isDead })]
    await pass(6, [one, two])
    isDead = true
    await pass(LEASE + 3, [one])
    expect(sharesOf([one])).toEqual([4])
    expect(one.living()).toBe(1)
  })

  test('take no more than their share, however slow the store is', async () => {
    recommended = 24
    let slowness = 0
    const [one, two] = ['one', 'two'].map((name) => aProcess(name, { slowness: () => slowness }))
    const three = aProcess('three')
    const living = [one, two].flatMap((process) => process ?? [])
    await pass(30, [...living, three])
    expect(sharesOf([...living, three])).toEqual([8, 8, 8])
    const given = living.map(({ logged }) => logged.length)
    slowness = 3
    await three.stop()
    await pass(40, living)
    expect(sharesOf(living)).toEqual([12, 12])
    const changes = living.flatMap(({ logged }, at) => logged.slice(given[at])).map(({ message }) => message)
    expect(changes).toEqual(Array(8).fill('discord shard taken'))
  })

  test('have what another gives back when it stops at once', async () => {
    const [one, two] = [aProcess('one'), aProcess('two')]
    await pass(6, [one, two])
    await two.stop()
    await pass(3, [one])
    expect(sharesOf([one, two])).toEqual([4, 0])
  })

  test('know by the clock alone that another may have what they had, while the store is away', async () => {
    let isCutOff = false
    const [one, two] = [aProcess('one', { isCutOff: () => isCutOff }), aProcess('two')]
    await pass(6, [one, two])
    isCutOff = true
    now = now.add({ seconds: LEASE })
    expect(one.isOurs()).toEqual([false, false])
    await pass(LEASE + 3, [one, two])
    expect(sharesOf([one, two])).toEqual([0, 4])
  })
})

test('whatever becomes of processes in whatever order, no shard is two’s, and those that live have all in the end', async () => {
  const step = fc.record({
    what: fc.constantFrom('start', 'stop', 'die', 'cut off', 'reach', 'grow'),
    which: fc.nat(),
    seconds: fc.nat(2 * LEASE),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      const [before, at] = [store, now]
      refuses = () => false
      store = await openSqliteStore(':memory:')
      recommended = 4
      const cutOff = new Set<string>()
      const all = new Map<string, Process>()
      const start = (name: string) => all.set(name, aProcess(name, { isCutOff: () => cutOff.has(name) }))
      start('0')
      for (const [number, { what, which, seconds }] of steps.entries()) {
        const name = [...all.keys()][which % all.size] ?? ''
        if (what === 'start' && all.size < 5) start(`${number + 1}`)
        if (what === 'stop' && all.size > 1) await all.get(name)?.stop()
        if (what === 'die' || what === 'cut off') cutOff.add(name)
        if ((what === 'die' || what === 'stop') && all.size > 1) all.delete(name)
        if (what === 'reach') cutOff.delete(name)
        if (what === 'grow' && recommended < 16) recommended *= 2
        if (what === 'grow') refuses = (of) => of < recommended
        await pass(seconds, [...all.values()], 0.5)
      }
      for (const name of all.keys()) cutOff.delete(name)
      await pass(60, [...all.values()], 0.5)
      const shares = sharesOf([...all.values()])
      const [size] = [...all.values()].map(({ division }) => division.connections().all)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(size)
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
      expect(wrong).toEqual([])
      cutOff.clear()
      await Promise.all(stops.splice(0).map((stop) => stop()))
      connected.clear()
      await store.close()
      ;[store, now] = [before, at]
    }),
    { numRuns: 40 },
  )
})

describe('a process that does not reach Discord', () => {
  test('leaves its shards to one that does, and has its share again once it does', async () => {
    let isDeaf = true
    const [one, two] = [aProcess('one'), aProcess('two', { isDeaf: () => isDeaf })]
    await pass(60, [one, two], 0.5)
    expect(sharesOf([one, two])).toEqual([2, 2])
    await pass(50, [one, two], 0.5)
    expect(sharesOf([one, two])).toEqual([4, 0])
    expect([one, two].map(({ division }) => division.isOpen())).toEqual([true, false])
    isDeaf = false
    await pass(180, [one, two], 0.5)
    expect(sharesOf([one, two])).toEqual([2, 2])
  })

  test('tries seldom where it does not come back', async () => {
    const [one, two] = [aProcess('one'), aProcess('two', { isDeaf: () => true })]
    let heard = 0
    for (let minute = 0; minute < 120; minute++) {
      await pass(60, [one, two], 2)
      heard += one.open()
    }
    expect(heard / (4 * 120)).toBeGreaterThan(0.9)
  })

  test('takes nothing from others while Discord does not even say how many shards it recommends', async () => {
    let isAway = false
    const recommends = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(4))
    const [one, two] = [aProcess('one'), aProcess('two', { isDeaf: () => isAway, recommends })]
    await pass(20, [one, two])
    isAway = true
    await pass(120, [one, two], 0.5)
    const given = one.logged.length
    await pass(3000, [one, two], 1)
    expect(sharesOf([one, two])).toEqual([4, 0])
    expect(one.logged.slice(given)).toEqual([])
  })

  test('stops at once while it waits for a word of Discord', async () => {
    let isAway = false
    const said = Promise.withResolvers<number>()
    const recommends = vi.fn(() => (isAway ? said.promise : Promise.resolve(4)))
    const [one, two] = [aProcess('one'), aProcess('two', { isDeaf: () => isAway, recommends })]
    await pass(20, [one, two])
    isAway = true
    const asked = recommends.mock.calls.length
    await pass(300, [one, two], 1)
    expect(recommends.mock.calls.length).toBe(asked + 1)
    const stopped = vi.fn()
    const stopping = two.stop().then(stopped)
    await settled()
    expect(stopped).toHaveBeenCalledOnce()
    said.resolve(4)
    await stopping
    await settled()
    expect(one.living()).toBe(1)
  })

  test('leaves its only shard to one that stands by', async () => {
    recommended = 1
    let deaf = 'one'
    const all = ['one', 'two'].map((name) => aProcess(name, { isDeaf: () => deaf === name || deaf === 'all' }))
    const [one, two] = all
    await pass(6, all)
    if (one?.open() === 0) deaf = 'two'
    await pass(110, all, 0.5)
    expect(all.map(({ division }) => division.connections().open).sort()).toEqual([0, 1])
    deaf = 'all'
    await pass(3600, all, 1)
    const taken = all.flatMap(({ logged }) => logged.filter(({ message }) => message === 'discord shard taken'))
    expect(taken.length).toBeLessThan(12)
    deaf = ''
    await pass(5, all)
    expect((one?.division.connections().open ?? 0) + (two?.division.connections().open ?? 0)).toBe(1)
  })

  test('keeps its shards where no other does', async () => {
    let isDeaf = true
    const all = ['one', 'two', 'three'].map((name) => aProcess(name, { isDeaf: () => isDeaf }))
    await pass(10, all)
    const given = all.map(({ logged }) => logged.length)
    await pass(1800, all, 1)
    expect(all.map(({ logged }) => logged.length)).toEqual(given)
    isDeaf = false
    await pass(1, all)
    expect(all.map(({ division }) => division.connections().open).sort()).toEqual([1, 1, 2])
  })
})

describe('the number of shards', () => {
  test('changes for all once Discord recommends twice as many: nothing of the new is opened beside the old', async () => {
    const all = ['one', 'two'].map((name) => aProcess(name))
    await pass(6, all)
    recommended = 8
    await pass(3700, all, 2)
    expect(sharesOf(all)).toEqual([4, 4])
    expect(all.map(({ division }) => division.connections().all)).toEqual([8, 8])
  })

  test('changes at once where Discord takes no sessions of so few', async () => {
    const all = ['one', 'two'].map((name) => aProcess(name))
    await pass(6, all)
    refuses = (of) => of < 8
    const three = aProcess('three')
    await pass(20, [...all, three])
    expect([...all, three].map((process) => process.open()).sort()).toEqual([2, 3, 3])
  })

  test('is doubled once, however many processes hear that it is too small', async () => {
    refuses = (of) => of < 8
    const all = ['one', 'two', 'three'].map((name) => aProcess(name))
    await pass(40, all)
    expect(all.map(({ division }) => division.connections().all)).toEqual([8, 8, 8])
    expect(sharesOf(all).sort()).toEqual([2, 3, 3])
  })
})
