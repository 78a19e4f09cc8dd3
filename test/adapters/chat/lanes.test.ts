import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLane } from '#adapters/chat/lanes.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const turn = () => new Promise(setImmediate)

/** Work that is under way until it is ended, and says so. */
function heldWork() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    task: (name: string) => () => {
      begun.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    },
    end: (name: string) => ends.get(name)?.(),
  }
}

test('work begins after the turn in which it was taken, one in each turn', async () => {
  const { begun, task } = heldWork()
  const lane = createLane({ atOnce: 5, waiting: 5 }, quiet)
  for (const name of ['a', 'b', 'c']) lane.work(task(name))
  await Promise.resolve()
  expect(begun).toEqual([])
  // What was due before it, as the next request's acknowledgement is, comes first.
  setImmediate(() => begun.push('ack'))
  await turn()
  await turn()
  await turn()
  expect(begun).toEqual(['a', 'ack', 'b', 'c'])
})

test('where much waits, work lets what goes on coming pass, and yet begins every few turns', async () => {
  const { begun, task } = heldWork()
  const lane = createLane({ atOnce: 200, waiting: 200, yieldsFrom: 4 }, quiet)
  for (let at = 0; at < 8; at++) lane.work(task('early'))
  for (let at = 0; at < 128; at++) {
    await turn()
    lane.work(task('late'))
  }
  expect(begun.length).toBeGreaterThan(2)
  expect(begun.length).toBeLessThan(16)
  for (let at = 0; at < 140; at++) await turn()
  expect(begun).toHaveLength(136)
})

test('what is urgent begins at once where there is room, and otherwise in its turn', async () => {
  const { begun, task, end } = heldWork()
  const lane = createLane({ atOnce: 2, waiting: 9, isUrgent: true }, quiet)
  for (const name of ['a', 'b', 'c']) lane.work(task(name))
  expect(begun).toEqual(['a', 'b'])
  end('a')
  await turn()
  await turn()
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('so many are under way at once; the others wait in line, and begin in the order in which they came', async () => {
  const { begun, task, end } = heldWork()
  const lane = createLane({ atOnce: 2, waiting: 9 }, quiet)
  for (const name of ['a', 'b', 'c', 'd']) lane.work(task(name))
  for (let at = 0; at < 6; at++) await turn()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  for (let at = 0; at < 6; at++) await turn()
  expect(begun).toEqual(['a', 'b', 'c'])
})

test('what the line cannot hold is turned away, and never begins', async () => {
  const { begun, task, end } = heldWork()
  const lane = createLane({ atOnce: 1, waiting: 2 }, quiet)
  lane.work(task('a'))
  await turn()
  expect(['b', 'c', 'd'].map((name) => lane.work(task(name)))).toEqual([true, true, false])
  end('a')
  for (let at = 0; at < 6; at++) await turn()
  expect(lane.work(task('e'))).toBe(true)
  for (const name of ['b', 'c', 'e']) {
    end(name)
    for (let at = 0; at < 6; at++) await turn()
  }
  await lane.done()
  expect(begun).toEqual(['a', 'b', 'c', 'e'])
})

test('what fails is logged, and holds nothing up', async () => {
  const logged: unknown[] = []
  const lane = createLane({ atOnce: 1, waiting: 9 }, { ...quiet, error: (_, fields) => logged.push(fields) })
  const moth = new Error('moth')
  lane.work(() => {
    throw moth
  })
  let begun = false
  lane.work(async () => {
    begun = true
  })
  await lane.done()
  expect(logged).toEqual([{ error: moth }])
  expect(begun).toBe(true)
})

test('done waits for what is in line too', async () => {
  const { begun, task, end } = heldWork()
  const lane = createLane({ atOnce: 1, waiting: 9 }, quiet)
  lane.work(task('a'))
  lane.work(task('b'))
  let isDone = false
  const done = lane.done().then(() => {
    isDone = true
  })
  await turn()
  end('a')
  for (let at = 0; at < 6; at++) await turn()
  expect([begun, isDone]).toEqual([['a', 'b'], false])
  end('b')
  await done
})

test('whatever comes, all that was taken is done once, never too much at once, and nothing that was turned away', async () => {
  const arrival = fc.record({
    of: fc.constantFrom('a', 'b', 'c'),
    turnsBefore: fc.nat(3),
    turnsTaken: fc.nat(6),
    fails: fc.boolean(),
  })
  const room = fc.record({ atOnce: fc.integer({ min: 1, max: 4 }), waiting: fc.integer({ min: 1, max: 8 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { maxLength: 40 }), room, room, async (arrivals, all, each) => {
      const lane = createLane({ ...all, each }, quiet)
      const [taken, done]: [number[], number[]] = [[], []]
      const underWay = { a: 0, b: 0, c: 0 }
      for (const [at, { of, turnsBefore, turnsTaken, fails }] of arrivals.entries()) {
        for (let passed = 0; passed < turnsBefore; passed++) await turn()
        const isTaken = lane.work(async () => {
          expect(++underWay[of]).toBeLessThanOrEqual(each.atOnce)
          expect(underWay.a + underWay.b + underWay.c).toBeLessThanOrEqual(all.atOnce)
          for (let passed = 0; passed < turnsTaken; passed++) await turn()
          underWay[of]--
          done.push(at)
          if (fails) throw new Error('moth')
        }, of)
        if (isTaken) taken.push(at)
      }
      await lane.done()
      expect(done.toSorted((a, b) => a - b)).toEqual(taken)
    }),
  )
})

test('who brings much keeps nobody else waiting: they take turns', async () => {
  const { begun, task } = heldWork()
  const lane = createLane({ atOnce: 9, waiting: 9 }, quiet)
  for (const name of ['a1', 'a2', 'a3', 'a4']) lane.work(task(name), 'a')
  for (const name of ['b1', 'b2']) lane.work(task(name), 'b')
  for (let at = 0; at < 9; at++) await turn()
  expect(begun).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4'])
})

test('each has a bound of their own, of what is under way and of what waits', async () => {
  const { begun, task, end } = heldWork()
  const lane = createLane({ atOnce: 4, waiting: 9, each: { atOnce: 2, waiting: 3 } }, quiet)
  const take = (name: string) => lane.work(task(name), name.slice(0, 1))
  expect(['a1', 'a2', 'a3', 'a4', 'b1'].map(take)).toEqual([true, true, true, false, true])
  for (let at = 0; at < 9; at++) await turn()
  expect(begun).toEqual(['a1', 'b1', 'a2'])
  end('a1')
  for (let at = 0; at < 9; at++) await turn()
  expect(begun).toEqual(['a1', 'b1', 'a2', 'a3'])
})

test('however many bring however much, each of them goes before whoever comes then once at most', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 }),
      fc.record({ turnsBefore: fc.nat(40), turnsTaken: fc.nat(6), atOnce: fc.integer({ min: 1, max: 4 }) }),
      async (floods, { turnsBefore, turnsTaken, atOnce }) => {
        const lane = createLane({ atOnce, waiting: 100 }, quiet)
        const begun: string[] = []
        const bring = (of: string) =>
          lane.work(async () => {
            begun.push(of)
            for (let passed = 0; passed < turnsTaken; passed++) await turn()
          }, of)
        for (const [at, many] of floods.entries()) for (let brought = 0; brought < many; brought++) bring(`flood ${at}`)
        for (let passed = 0; passed < turnsBefore; passed++) await turn()
        const before = begun.length
        bring('late')
        await lane.done()
        expect(begun.indexOf('late') - before).toBeLessThanOrEqual(floods.length)
      },
    ),
  )
})
