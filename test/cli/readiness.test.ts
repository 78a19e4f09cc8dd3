import { expect, test } from 'vitest'
import { createReadiness } from '#cli/readiness.ts'
import { StoreError } from '#core/errors.ts'
import type { MetaStore } from '#core/ports/store.ts'

const platform = { name: 'slack', isAnswering: () => true } as const

function over(get: MetaStore['get']) {
  return createReadiness({ meta: { get, set: async () => undefined } }, [platform])
}

test('it is not ready before the start is over, and not from the stop on', async () => {
  const readiness = over(async () => 'id')
  expect(await readiness.obstacle()).toBe('It is starting.')
  readiness.started()
  expect(await readiness.obstacle()).toBeUndefined()
  readiness.stopping()
  expect(await readiness.obstacle()).toBe('It is stopping.')
})

test.each([
  ['fails', () => Promise.reject(new StoreError('gone'))],
  ['never answers', () => new Promise<string>(() => undefined)],
  ['has lost what is always there', async () => undefined],
])('it is not ready while the store %s', async (_how, get) => {
  const readiness = over(get)
  readiness.started()
  expect(await readiness.obstacle()).toBe('The store does not answer.')
})
