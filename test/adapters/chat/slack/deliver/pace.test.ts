import { expect, test } from 'vitest'
import { createPace } from '#adapters/chat/slack/deliver/pace.ts'
import { DeliveryError } from '#core/errors.ts'
import { aTimer } from '#test/adapters/http/server.ts'

const here = { workspace: 'T1', channel: 'C1' }
const there = { workspace: 'T1', channel: 'C2' }

function aPace() {
  const { clock, wait, waits, pass } = aTimer()
  const begun = clock.now()
  const at: number[] = []
  /** Notes when it is called, and takes so many milliseconds. */
  function takes(milliseconds = 0) {
    return async () => {
      at.push(clock.now().since(begun).total('milliseconds'))
      pass(milliseconds)
    }
  }
  return { pace: createPace({ now: clock.now, wait }), at, waits, pass, takes }
}

function refused(retryAfter?: number) {
  return () => Promise.reject(new DeliveryError('rate-limited', 'Slow down.', retryAfter === undefined ? {} : { retryAfter }))
}

test('posts to a channel are a second apart, from the answer to one to the next', async () => {
  const { pace, at, takes } = aPace()
  await Promise.all([pace.post(here, takes(300)), pace.post(here, takes(0)), pace.post(here, takes(0))])
  expect(at).toEqual([0, 1300, 2300])
})

test('a post that comes late enough waits for nothing', async () => {
  const { pace, waits, pass, takes } = aPace()
  await pace.post(here, takes())
  pass(1000)
  await pace.post(here, takes())
  expect(waits).toEqual([])
})

test('no channel and no workspace waits for another', async () => {
  const { pace, waits, takes } = aPace()
  await Promise.all([here, there, { workspace: 'T2', channel: 'C1' }].map((channel) => pace.post(channel, takes())))
  expect(waits).toEqual([])
})

test('calls that are no posts come one after the other, without a wait', async () => {
  const { pace, at, waits, takes } = aPace()
  await Promise.all([pace.ask('T1', 'chat.update', takes(40)), pace.ask('T1', 'chat.update', takes(40))])
  expect(at).toEqual([0, 40])
  expect(waits).toEqual([])
})

test('nothing is asked before the pause is over that Slack asked for, and others are asked', async () => {
  const { pace, at, pass, takes } = aPace()
  await expect(pace.ask('T1', 'chat.update', refused(5))).rejects.toThrow('Slow down.')
  pass(3000)
  await expect(pace.ask('T1', 'chat.update', takes())).rejects.toMatchObject({ kind: 'rate-limited', retryAfter: 2 })
  await pace.ask('T1', 'conversations.history', takes())
  await pace.ask('T2', 'chat.update', takes())
  pass(2000)
  await pace.ask('T1', 'chat.update', takes())
  expect(at).toEqual([3000, 3000, 5000])
})

test('what waits behind a call that is refused is not made', async () => {
  const { pace, at, takes } = aPace()
  const all = [pace.post(here, refused(30)), pace.post(here, takes()), pace.post(there, takes())]
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  expect(at).toEqual([0])
})

test('a refusal without a time closes nothing: how long to wait is for others to say', async () => {
  const { pace, at, takes } = aPace()
  await expect(pace.post(here, refused())).rejects.toThrow('Slow down.')
  await pace.post(here, takes())
  expect(at).toEqual([1000])
})

test('what would wait for more than a minute is put off', async () => {
  const { pace, at, takes } = aPace()
  const all = [pace.ask('T1', 'chat.update', takes(61_000)), pace.ask('T1', 'chat.update', takes())]
  expect((await Promise.allSettled(all))[1]).toMatchObject({ reason: { kind: 'rate-limited', retryAfter: 0 } })
  expect(at).toEqual([0])
})

test('a thousand channels and more are kept apart, and forgotten once they rest', async () => {
  const { pace, waits, pass, takes } = aPace()
  for (let channel = 0; channel < 3000; channel++) {
    await pace.post({ workspace: 'T1', channel: `C${channel}` }, takes())
    pass(1)
  }
  expect(waits).toEqual([])
  await pace.post({ workspace: 'T1', channel: 'C2999' }, takes())
  expect(waits).toEqual([999])
})
