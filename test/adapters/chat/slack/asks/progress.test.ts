import { expect, test } from 'vitest'
import { withProgress } from '#adapters/chat/slack/asks/progress.ts'

/** A wait that ends when it is told to, or when its signal aborts, as that of node:timers does. */
function aWait() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  return {
    end: resolve,
    wait(_milliseconds: number, signal?: AbortSignal) {
      signal?.addEventListener('abort', () => reject(signal.reason))
      return promise
    },
  }
}

test('an answer that is there soon shows no progress', async () => {
  const { wait } = aWait()
  let shown = 0
  expect(await withProgress(Promise.resolve('moths'), async () => void shown++, wait)).toBe('moths')
  expect(shown).toBe(0)
})

test('work that takes long shows that it is under way, and its answer comes after what is shown is there', async () => {
  const { wait, end } = aWait()
  const events: string[] = []
  const work = Promise.withResolvers<string>()
  const showing = Promise.withResolvers<void>()
  const answered = withProgress(
    work.promise,
    async () => {
      events.push('begins to show')
      await showing.promise
      events.push('shown')
    },
    wait,
  ).then((answer) => events.push(answer))
  end()
  await new Promise(setImmediate)
  expect(events).toEqual(['begins to show'])
  work.resolve('answer')
  await new Promise(setImmediate)
  expect(events).toEqual(['begins to show'])
  showing.resolve()
  await answered
  expect(events).toEqual(['begins to show', 'shown', 'answer'])
})

test('work that fails fails, and shows nothing any more', async () => {
  const { wait } = aWait()
  let shown = 0
  await expect(withProgress(Promise.reject(new Error('moth')), async () => void shown++, wait)).rejects.toThrow('moth')
  expect(shown).toBe(0)
})
