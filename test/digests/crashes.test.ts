// Every point at which a tick can be cut short: whatever call to the store or the platform is the last one that happens,
// before or after it took effect, later ticks lose nothing and post nothing twice.
import { expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Platform } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { tick } from '#digests/tick.ts'
import { aRecord, aSchedule, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

class Crash extends Error {}

/** Dies at the call number `at`, and is dead from then on. */
function crashing(at: number) {
  let calls = 0
  const check = () => {
    if (++calls >= at) throw new Crash()
  }
  /** The same object, its methods checked before and after their effect; methods of the parts of a transaction too. */
  function wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get(from, name) {
        const value = Reflect.get(from, name)
        if (typeof value === 'object' && value !== null) return wrap(value)
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          check()
          const [work] = args
          const result =
            name === 'transaction' && typeof work === 'function'
              ? await value.call(from, (parts: object) => work(wrap(parts)))
              : await value.apply(from, args)
          check()
          return result
        }
      },
    })
  }
  return { wrap, calls: () => calls }
}

async function scenario() {
  const world = aWorld(await openSqliteStore(':memory:'))
  await world.store.subscriptions.add(aSubscription({ target: { kind: 'category', category: 'cs.LG' } }))
  await world.store.schedules.set(aSchedule({ createdAt: '2026-11-14T00:00:00Z' }))
  const old = Array.from({ length: 11 }, (_, at) =>
    aRecord({ ids: [`arxiv:2501.${String(at + 1).padStart(5, '0')}`], title: `Old ${at}`, published: '2025-01-02' }),
  )
  await world.store.papers.put(old, '2026-11-15T00:00:00Z')
  world.feeds.set('cs.LG', [
    aRecord({ ids: ['arxiv:2611.00001'], title: 'One' }),
    aRecord({ ids: ['arxiv:2611.00002'], title: 'Two' }),
  ])
  return world
}

async function crashAt(at: number) {
  const world = await scenario()
  const { wrap, calls } = crashing(at)
  const platforms = world.dependencies.platforms.map((platform): Platform => wrap(platform))
  const broken = { ...world.dependencies, store: wrap<Store>(world.store), platforms }
  const died = await tick(broken, world.dependencies.clock.now()).then(
    () => false,
    () => true,
  )
  for (let pass = 0; pass < 3; pass++) await tick(world.dependencies, world.pass({ minutes: 10 }))
  const posted = world.platform.posted.flatMap(({ blocks, kind }) =>
    blocks.flatMap((block) => (block.kind === 'card' ? [`${kind} ${block.paper.title}`] : [])),
  )
  await world.store.close()
  return { died, posted: posted.sort(), calls: calls() }
}

test('nothing is lost and nothing is posted twice, wherever a tick dies', { timeout: 30_000 }, async () => {
  const whole = await crashAt(Number.POSITIVE_INFINITY)
  expect(whole.posted).toHaveLength(13)
  expect(whole.died).toBe(false)
  let crashes = 0
  for (let at = 1; at <= whole.calls; at++) {
    const { posted, died } = await crashAt(at)
    expect({ at, posted }).toEqual({ at, posted: whole.posted })
    if (died) crashes++
  }
  expect(crashes).toBeGreaterThan(50)
})
