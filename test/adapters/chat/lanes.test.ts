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
  const arrival = fc.record({ turnsBefore: fc.nat(3), turnsTaken: fc.nat(6), fails: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrival, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 8 }),
      async (arrivals, atOnce, waiting) => {
        const lane = createLane({ atOnce, waiting }, quiet)
        const [taken, done]: [number[], number[]] = [[], []]
        let underWay = 0
        for (const [at, { turnsBefore, turnsTaken, fails }] of arrivals.entries()) {
          for (let passed = 0; passed < turnsBefore; passed++) await turn()
          const isTaken = lane.work(async () => {
            expect(++underWay).toBeLessThanOrEqual(atOnce)
            for (let passed = 0; passed < turnsTaken; passed++) await turn()
            underWay--
            done.push(at)
            if (fails) throw new Error('moth')
          })
          if (isTaken) taken.push(at)
        }
        await lane.done()
        expect(done.toSorted((a, b) => a - b)).toEqual(taken)
      },
    ),
  )
})
