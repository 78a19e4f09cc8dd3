// Duties of processes that share a store: one works at a time, and another takes over from one that died or stood still.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLeasedDuties } from '#adapters/duties.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import type { Store } from '#core/ports/store.ts'

let store: Store
let now: Temporal.Instant
const warnings: string[] = []

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  store = await openSqliteStore(':memory:')
  now = Temporal.Instant.from('2026-11-16T09:00:00Z')
  warnings.length = 0
})

afterEach(async () => {
  vi.useRealTimers()
  await store.close()
})

const quiet = () => undefined

/** A process of its own, as far as duties go. */
function aProcess(leases: LeaseStore = store.leases) {
  const log = { debug: quiet, info: quiet, warn: (message: string) => warnings.push(message), error: quiet }
  return createLeasedDuties({ leases, clock: { now: () => now }, log, lease: 30 })
}

/** As time passes for a process that runs. */
async function pass(seconds: number): Promise<void> {
  for (let at = 0; at < seconds; at += 5) {
    now = now.add({ seconds: 5 })
    await vi.advanceTimersByTimeAsync(5000)
    // The renewal is on its way to the store.
    await store.meta.get('id')
  }
}

/** Work that goes on until it is ended. */
function longWork() {
  const { promise, resolve } = Promise.withResolvers<string>()
  let signal: AbortSignal | undefined
  return {
    work: (over: AbortSignal) => {
      signal = over
      return promise
    },
    end: () => resolve('done'),
    isOver: () => signal?.aborted,
  }
}

describe('a duty', () => {
  test('is one process’s for as long as its work goes on, and then the next one’s', async () => {
    const [one, other] = [aProcess(), aProcess()]
    const long = longWork()
    const first = one.take('feeds', long.work)
    await pass(300)
    expect(await other.take('feeds', async () => 'mine')).toBeUndefined()
    expect(await other.take('digests', async () => 'mine')).toEqual({ result: 'mine' })
    expect(long.isOver()).toBe(false)
    long.end()
    expect(await first).toEqual({ result: 'done' })
    expect(await other.take('feeds', async () => 'mine')).toEqual({ result: 'mine' })
    expect(warnings).toEqual([])
  })

  test('of a process that died is another’s after half a minute', async () => {
    const other = aProcess()
    // It is never renewed, nor given back.
    await store.leases.take('feeds', { now: now.toString(), until: now.add({ seconds: 30 }).toString() })
    expect(await other.take('feeds', async () => 'mine')).toBeUndefined()
    expect(other.isMissed('feeds')).toBe(true)
    await pass(35)
    expect(await other.take('feeds', async () => 'mine', { unlessDoneWithin: 50 })).toEqual({ result: 'mine' })
    expect(other.isMissed('feeds')).toBe(false)
  })

  test('is over for a process that stood still while another took it', async () => {
    const [one, other] = [aProcess(), aProcess()]
    const long = longWork()
    const first = one.take('feeds', long.work)
    await store.meta.get('id')
    // Its timers stand still with it.
    now = now.add({ seconds: 40 })
    const longer = longWork()
    const second = other.take('feeds', longer.work)
    await store.meta.get('id')
    await pass(30)
    expect([long.isOver(), longer.isOver()]).toEqual([true, false])
    expect(warnings).toEqual(['a lease is lost'])
    long.end()
    await first
    expect(await one.take('feeds', async () => 'mine')).toBeUndefined()
    longer.end()
    await second
  })

  test.each([
    ['answers with errors for too long', () => Promise.reject(new StoreError('away')), 30],
    ['says nothing at all, as soon', () => new Promise<boolean>(() => undefined), 20],
  ])('is over once the store %s', async (_, renewed, more) => {
    let isAway = false
    const leases = {
      ...store.leases,
      renew: (...args: Parameters<LeaseStore['renew']>) => (isAway ? renewed() : store.leases.renew(...args)),
    }
    const long = longWork()
    const first = aProcess(leases).take('feeds', long.work)
    await pass(60)
    isAway = true
    await pass(20)
    expect(long.isOver()).toBe(false)
    await pass(more)
    expect(long.isOver()).toBe(true)
    long.end()
    await first
  })

  test('is known by the clock to be over, before any timer says so, and a second early: clocks may be apart', async () => {
    const one = aProcess()
    let isOurs = () => false
    const long = longWork()
    const first = one.take('feeds', (over, lasts) => {
      isOurs = lasts
      return long.work(over)
    })
    await store.meta.get('id')
    expect(isOurs()).toBe(true)
    now = now.add({ seconds: 28 })
    expect(isOurs()).toBe(true)
    now = now.add({ seconds: 1 })
    expect([isOurs(), long.isOver()]).toEqual([false, false])
    long.end()
    await first
  })

  test('that failed, or was cut short, is not done', async () => {
    const [one, other] = [aProcess(), aProcess()]
    await expect(one.take('feeds', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const stopping = AbortSignal.abort()
    expect(await one.take('feeds', async (over) => over.aborted, { signal: stopping })).toEqual({ result: true })
    expect(await other.take('feeds', async () => 'mine', { unlessDoneWithin: 50 })).toEqual({ result: 'mine' })
  })

  test('that another has just done is not taken again, and no more missed', async () => {
    const [one, other] = [aProcess(), aProcess()]
    const long = longWork()
    const first = one.take('feeds', long.work)
    await store.meta.get('id')
    expect(await other.take('feeds', async () => 'mine', { unlessDoneWithin: 50 })).toBeUndefined()
    expect(other.isMissed('feeds')).toBe(true)
    await pass(10)
    long.end()
    await first
    await pass(55)
    expect(await other.take('feeds', async () => 'mine', { unlessDoneWithin: 50 })).toBeUndefined()
    expect(other.isMissed('feeds')).toBe(false)
    expect(await other.take('feeds', async () => 'mine', { unlessDoneWithin: 50 })).toEqual({ result: 'mine' })
  })
})
