import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ConfigError } from '#core/errors.ts'
import { startScheduler } from '#digests/scheduler.ts'

const quiet = () => undefined
const now = Temporal.Instant.from('2026-11-16T09:00:00Z')
const around = { clock: { now: () => now }, log: { debug: quiet, info: quiet, warn: quiet, error: quiet } }
const NEVER = '0 0 29 2 *'

test('begins with a pass at the time of its clock, and stops once that is over', async () => {
  const pass = Promise.withResolvers<void>()
  const passes: Temporal.Instant[] = []
  const tick = (at: Temporal.Instant) => {
    passes.push(at)
    return pass.promise
  }
  const scheduler = startScheduler({ ...around, cron: NEVER, tick })
  expect(passes).toEqual([now])
  let stopped = false
  const stopping = scheduler.stop().then(() => {
    stopped = true
  })
  await Promise.resolve()
  expect(stopped).toBe(false)
  pass.resolve()
  await stopping
  expect(passes).toHaveLength(1)
})

test('survives a pass that fails', async () => {
  const errors: string[] = []
  const log = { ...around.log, error: (message: string) => errors.push(message) }
  const tick = () => Promise.reject(new Error('the store is gone'))
  await startScheduler({ ...around, log, cron: NEVER, tick }).stop()
  expect(errors).toEqual(['tick failed'])
})

test('refuses what is no cron expression', () => {
  expect(() => startScheduler({ ...around, cron: 'hourly', tick: async () => undefined })).toThrow(ConfigError)
})

describe('between two looks at the feeds', () => {
  beforeEach(() => vi.useFakeTimers({ now: now.epochMilliseconds + 30_000 }))
  afterEach(() => vi.useRealTimers())

  /** A scheduler of which each pass takes so many milliseconds; what passes there were, with their minute. */
  function passing(cron: string, takes = 0) {
    const passes: string[] = []
    let atOnce = 0
    const tick = async (at: Temporal.Instant, { watch }: { watch: boolean }) => {
      expect(++atOnce, 'passes at once').toBe(1)
      passes.push(`${at.toString().slice(14, 16)}${watch ? ' watch' : ''}`)
      if (takes > 0) await new Promise((resolve) => setTimeout(resolve, takes))
      atOnce--
    }
    const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }
    return { passes, scheduler: startScheduler({ ...around, clock, cron, tick }) }
  }

  test('a pass comes each minute', async () => {
    const { passes, scheduler } = passing('*/3 * * * *')
    await vi.advanceTimersByTimeAsync(4 * 60_000)
    expect(passes.filter((pass) => pass.endsWith('watch'))).toEqual(['00 watch', '03 watch'])
    expect([...new Set(passes.map((pass) => pass.slice(0, 2)))]).toEqual(['00', '01', '02', '03', '04'])
    await scheduler.stop()
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(passes.at(-1)).toBe('04')
  })

  test('a look at the feeds that another pass is in the way of comes right after it', async () => {
    const { passes, scheduler } = passing('30 2 * * * *', 65_000)
    await vi.advanceTimersByTimeAsync(3 * 60_000)
    // The first pass ends at 01:35; one without a look at the feeds goes from 02:00 to 03:05, over 02:30 and 03:00.
    expect(passes).toEqual(['00 watch', '02', '03 watch'])
    const stopping = scheduler.stop()
    await vi.advanceTimersByTimeAsync(65_000)
    await stopping
  })

  test('what runs beside them begins as a pass ends, holds none up and is never there twice', async () => {
    const passes: string[] = []
    let begun = 0
    const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }
    const tick = async (at: Temporal.Instant) => passes.push(at.toString().slice(14, 16))
    const beside = async () => {
      begun++
      await new Promise((resolve) => setTimeout(resolve, 150_000))
      throw new Error('the store is gone')
    }
    const errors: string[] = []
    const log = { ...around.log, error: (message: string) => errors.push(message) }
    const scheduler = startScheduler({ clock, log, cron: NEVER, tick, beside })
    await vi.advanceTimersByTimeAsync(4 * 60_000)
    expect(passes).toEqual(['00', '01', '02', '03', '04'])
    expect([begun, errors]).toEqual([2, ['what runs beside the ticks failed']])
    let isStopped = false
    const stopping = scheduler.stop().then(() => {
      isStopped = true
    })
    await vi.advanceTimersByTimeAsync(30_000)
    expect(isStopped).toBe(false)
    await vi.advanceTimersByTimeAsync(150_000)
    await stopping
    expect(begun).toBe(2)
  })

  test('a pass that lasts longer than the time to the next leaves that out', async () => {
    const { passes, scheduler } = passing('* * * * *', 90_000)
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    expect(passes.map((pass) => pass.slice(0, 2))).toEqual(['00', '02', '04'])
    const stopping = scheduler.stop()
    await vi.advanceTimersByTimeAsync(90_000)
    await stopping
  })
})
