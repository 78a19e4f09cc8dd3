// Processes that share a store and ask one source, each by a client of its own: one request at a time, with the pause between
// the end of one and the start of the next, whoever makes them.
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { createHttpClient } from '#adapters/http/client.ts'
import { createTurns } from '#adapters/http/turns.ts'
import { LANE } from '#adapters/sources/arxiv/lane.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'
import type { LeaseStore } from '#core/ports/lease-store.ts'
import { aServer } from './server.ts'

const PAUSE = LANE.pause
/** The longest that one who waits may overlook the end of another's turn. */
const POLL = 250
const LANE_LEASE = 'lane arxiv'

const store = await openSqliteStore(':memory:')
afterAll(() => store.close())

/** A time that stands still until everybody who is at work waits for it: then it goes on to whoever is next. */
function aTime() {
  let now = Temporal.Instant.from('2026-09-24T12:00:00Z').epochMilliseconds
  let atWork = 0
  const waiting: { readonly until: number; readonly go: () => void }[] = []
  function goOn(): void {
    if (atWork === 0 || waiting.length < atWork) return
    waiting.sort((one, other) => one.until - other.until)
    const next = waiting.shift()!
    now = Math.max(now, next.until)
    next.go()
  }
  return {
    now: () => now,
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(now) },
    wait(milliseconds: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ until: now + Math.ceil(milliseconds), go: resolve })
      goOn()
      return promise
    },
    /** Works side by side, each waiting for one thing at a time. */
    async sideBySide<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
      atWork = works.length
      return Promise.all(
        works.map(async (work) => {
          try {
            return await work()
          } finally {
            atWork--
            goOn()
          }
        }),
      )
    },
  }
}

type Time = ReturnType<typeof aTime>

interface Asked {
  readonly by: string
  readonly start: number
  readonly end: number
}

/** A source that takes as many milliseconds for an answer as its path says, and remembers who asked when. */
async function aSource(time: Time) {
  const asked: Asked[] = []
  const server = await aServer(async (request, response) => {
    const [, by = '', takes] = (request.url ?? '').split('/')
    const start = time.now()
    await time.wait(Number(takes))
    asked.push({ by, start, end: time.now() })
    response.end()
  })
  return { ...server, asked, urlOf: (by: string, takes: number) => `${server.url}/${by}/${takes}` }
}

const warnings: string[] = []
const quiet = () => undefined
const log = { debug: quiet, info: quiet, warn: (message: string) => warnings.push(message), error: quiet }

/** A process of its own, as far as the lane goes. */
function aProcess({ clock, wait }: Time, leases: Pick<LeaseStore, 'take' | 'renew'> = store.leases) {
  return createHttpClient({ clock, wait, turns: createTurns({ leases, clock, log, wait }) })
}

/** From the end of each request to the start of the next; negative where they overlap. */
function pausesOf(asked: readonly Asked[]): number[] {
  const inOrder = asked.toSorted((one, other) => one.start - other.start)
  return inOrder.slice(1).map(({ start }, at) => start - inOrder[at]!.end)
}

/** A lane of no process: each test begins with one. */
async function freeLane(time: Time): Promise<void> {
  const taken = await store.leases.take(LANE_LEASE, { now: '9998-01-01T00:00:00Z', until: '9998-01-01T00:00:00Z' })
  if (typeof taken === 'number') await store.leases.giveBack(LANE_LEASE, taken, { now: time.clock.now().toString(), done: false })
}

describe('a request of a lane that processes share', () => {
  test('waits for the end of another process’s, and for the pause after it', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    const asks = (by: string, takes: number) => () => aProcess(time).get(source.urlOf(by, takes), LANE)
    await time.sideBySide([asks('one', 5000), asks('other', 0)])
    const [pause = 0] = pausesOf(source.asked)
    expect(pause).toBeGreaterThanOrEqual(PAUSE)
    expect(pause).toBeLessThanOrEqual(PAUSE + POLL)
  })

  test('goes at once where nobody asked for as long as the pause', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    const [one, other] = [aProcess(time), aProcess(time)]
    await time.sideBySide([
      async () => {
        await one.get(source.urlOf('one', 0), LANE)
        await time.wait(PAUSE + 1)
        await other.get(source.urlOf('other', 0), LANE)
      },
    ])
    expect(pausesOf(source.asked)).toEqual([PAUSE + 1])
  })

  test('does not wait for ever behind one who always has more to ask: they take turns', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    const many = (by: string) => async () => {
      const http = aProcess(time)
      for (let at = 0; at < 8; at++) await http.get(source.urlOf(by, 40), LANE)
    }
    await time.sideBySide([many('one'), many('other')])
    const order = source.asked.map(({ by }) => by)
    expect(order.every((by, at) => at < 2 || by === order[at - 2])).toBe(true)
  })

  test('is let go at its deadline, asks nothing afterwards, and makes nobody wait for it', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    const deadline = new AbortController()
    const given = aProcess(time)
    const [, , refused] = await time.sideBySide<unknown>([
      () => aProcess(time).get(source.urlOf('one', 5000), LANE),
      async () => {
        await time.wait(1000)
        deadline.abort()
      },
      async () => {
        await time.wait(500)
        return given.get(source.urlOf('given up', 0), { ...LANE, signal: deadline.signal }).catch((error: Error) => error.message)
      },
    ])
    expect(refused).toContain('did not answer in time')
    await time.sideBySide([() => given.get(source.urlOf('later', 0), LANE)])
    expect(source.asked.map(({ by }) => by)).toEqual(['one', 'later'])
    expect(pausesOf(source.asked)[0]).toBeLessThanOrEqual(PAUSE + POLL)
  })

  test('waits for one that died within its request no longer than that may have lasted', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    let death = 0
    // It takes its turn, and never ends it.
    const dying = { take: store.leases.take, renew: async () => true }
    await time.sideBySide([
      async () => {
        await aProcess(time, dying).get(source.urlOf('dies', 0), LANE)
        death = time.now()
        await aProcess(time).get(source.urlOf('other', 0), LANE)
      },
    ])
    expect(source.asked[1]!.start - death).toBeGreaterThan(15_000)
    expect(source.asked[1]!.start - death).toBeLessThanOrEqual(15_000 + PAUSE + POLL)
  })

  test('goes after some minutes where a clock that was wrong had taken a turn of days', async () => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    await store.leases.take(LANE_LEASE, { now: '2026-09-30T00:00:00Z', until: '2026-09-30T00:00:05Z' })
    const began = time.now()
    await time.sideBySide([() => aProcess(time).get(source.urlOf('one', 0), LANE)])
    expect(source.asked[0]!.start - began).toBeLessThan(200_000)
    await time.sideBySide([() => aProcess(time).get(source.urlOf('other', 0), LANE)])
    expect(pausesOf(source.asked)[0]).toBeLessThanOrEqual(PAUSE + POLL)
  })

  test.each(['take', 'renew'] as const)('is made all the same where the store cannot be asked to %s', async (failing) => {
    const time = aTime()
    await freeLane(time)
    const source = await aSource(time)
    await using _ = source
    warnings.length = 0
    const away = { ...store.leases, [failing]: () => Promise.reject(new StoreError('away')) }
    const http = aProcess(time, away)
    const twice = async () => {
      await http.get(source.urlOf('one', 0), LANE)
      await http.get(source.urlOf('one', 0), LANE)
    }
    await time.sideBySide([twice])
    expect(pausesOf(source.asked)[0]).toBeGreaterThanOrEqual(PAUSE)
    expect(new Set(warnings).size).toBe(1)
  })

  test('of a lane that is each process’s own waits for no other process', async () => {
    const time = aTime()
    const source = await aSource(time)
    await using _ = source
    const own = { lane: 'crossref', pause: 1000 }
    await time.sideBySide(['one', 'other'].map((by) => () => aProcess(time).get(source.urlOf(by, 500), own)))
    expect(pausesOf(source.asked)).toEqual([-500])
  })
})

test('however many processes ask, whenever they do and however long each answer takes', { timeout: 60_000 }, async () => {
  const request = fc.record({ after: fc.integer({ min: 0, max: 9000 }), takes: fc.integer({ min: 0, max: 9000 }) })
  const process = fc.array(request, { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.array(process, { minLength: 2, maxLength: 5 }), async (processes) => {
      const time = aTime()
      await freeLane(time)
      const source = await aSource(time)
      await using _ = source
      const works = processes.map((requests, at) => async () => {
        const http = aProcess(time)
        for (const { after, takes } of requests) {
          await time.wait(after)
          await http.get(source.urlOf(String(at), takes), LANE)
        }
      })
      const began = time.now()
      await time.sideBySide(works)
      expect(source.asked).toHaveLength(processes.flat().length)
      for (const pause of pausesOf(source.asked)) expect(pause).toBeGreaterThanOrEqual(PAUSE)
      const most = processes.flat().reduce((sum, { after, takes }) => sum + after + takes + PAUSE + 2 * POLL, 0)
      expect(time.now() - began).toBeLessThanOrEqual(most)
    }),
    { numRuns: 40, endOnFailure: true },
  )
})
