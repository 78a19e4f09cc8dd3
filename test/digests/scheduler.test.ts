import { expect, test } from 'vitest'
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
