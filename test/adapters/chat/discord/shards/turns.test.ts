// Turns to begin a session: one in five seconds for each rate-limit key, between processes too.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTurns } from '#adapters/chat/discord/shards/turns.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'
import type { Store } from '#core/ports/store.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'

let store: Store
let now: Temporal.Instant

beforeEach(async () => {
  store = await openSqliteStore(':memory:')
  now = Temporal.Instant.from('2026-11-16T09:00:00Z')
})

afterEach(() => store.close())

/** Time passes by its waits alone. */
function aProcess(leases: Pick<Store['leases'], 'take'> = store.leases) {
  return createTurns({
    leases,
    now: () => now,
    passes: async (seconds, signal) => {
      now = now.add({ milliseconds: Math.round(seconds * 1000) })
      return !signal.aborted
    },
    log: aLog().log,
  })
}

const { signal } = new AbortController()

test('come five seconds after each other for one key, whichever process asks, and at once for another', async () => {
  const [one, two] = [aProcess(), aProcess()]
  const began: Temporal.Instant[] = []
  const begin = async (turn: ReturnType<typeof aProcess>, key: number) => {
    await turn(key, signal)
    began.push(now)
  }
  await begin(one, 0)
  await begin(one, 1)
  expect(began[1]).toEqual(began[0])
  await Promise.all([begin(one, 0), begin(two, 0), begin(one, 0)])
  for (const at of [2, 3, 4]) {
    const before = began[at === 2 ? 0 : at - 1]
    expect(before && began[at]?.since(before).total('seconds')).toBeGreaterThan(5)
  }
})

test('are not waited for any more once nobody wants them', async () => {
  const one = aProcess()
  await one(0, signal)
  await expect(one(0, AbortSignal.abort(new Error('not wanted')))).rejects.toThrow('not wanted')
  await one(0, signal)
})

test('are waited for while the store is away', async () => {
  let failures = 2
  const take: Store['leases']['take'] = (...given) =>
    failures-- > 0 ? Promise.reject(new StoreError('away')) : store.leases.take(...given)
  await aProcess({ take })(0, signal)
  expect(failures).toBe(-1)
})

test('come after some minutes where a clock that was wrong had taken one of an hour', async () => {
  const began = now
  const wrong = now.add({ hours: 1 })
  await store.leases.take('discord identify 0', { now: wrong.toString(), until: wrong.add({ seconds: 6 }).toString() })
  const one = aProcess()
  await one(0, signal)
  expect(now.since(began).total('minutes')).toBeLessThan(6)
  const next = now
  await aProcess()(0, signal)
  expect(now.since(next).total('seconds')).toBeLessThan(7)
})
