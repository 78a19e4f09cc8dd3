import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestChecker } from '#adapters/chat/slack/requests/request.ts'

const SECRET = 'signing-secret'
const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const seconds = now.epochMilliseconds / 1000

function signed(body: string, { at = seconds, secret = SECRET, contentType = 'application/json' } = {}) {
  const timestamp = String(at)
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return { contentType, timestamp, signature, body }
}

function checker() {
  return requestChecker(SECRET, () => now).check
}

test('a signed command is its form, a signed button its payload', () => {
  const contentType = 'application/x-www-form-urlencoded'
  expect(checker()(signed('command=%2Fpapers&text=moths+%26+lamps', { contentType }))).toEqual({
    payload: { command: '/papers', text: 'moths & lamps' },
  })
  expect(checker()(signed(`payload=${encodeURIComponent('{"type":"block_actions"}')}`, { contentType }))).toEqual({
    payload: { type: 'block_actions' },
  })
})

test('what is signed with another secret, changed, or not signed is refused', () => {
  expect(checker()(signed('{}', { secret: 'another' }))).toEqual({ refused: 401 })
  expect(checker()({ ...signed('{}'), body: '{"a":1}' })).toEqual({ refused: 401 })
  expect(checker()({ ...signed('{}'), signature: '' })).toEqual({ refused: 401 })
})

test('what is older or newer than five minutes is refused', () => {
  expect(checker()(signed('{}', { at: seconds - 301 }))).toEqual({ refused: 401 })
  expect(checker()(signed('{}', { at: seconds + 301 }))).toEqual({ refused: 401 })
  expect(checker()(signed('{}', { at: seconds + 299 }))).toEqual({ payload: {} })
})

test('the same request twice is handled once', () => {
  const check = checker()
  expect(check(signed('{"a":1}'))).toEqual({ payload: { a: 1 } })
  expect(check(signed('{"a":1}'))).toEqual({ repeated: true })
})

test('what failed is handled when it comes again', () => {
  const { check, forget } = requestChecker(SECRET, () => now)
  expect(check(signed('{"a":1}'))).toEqual({ payload: { a: 1 } })
  forget(signed('{"a":1}'))
  expect(check(signed('{"a":1}'))).toEqual({ payload: { a: 1 } })
})

test('a signed body that is no object is refused, and nothing that is signed throws', () => {
  for (const body of ['null', '7', '[]', '"a"', '', '{']) expect(checker()(signed(body))).toEqual({ refused: 400 })
  const check = checker()
  const types = fc.constantFrom('application/json', 'application/x-www-form-urlencoded; charset=utf-8', 'text/xml', '')
  fc.assert(
    fc.property(fc.string(), types, (body, contentType) => {
      expect(Object.keys(check(signed(body, { contentType })))).toHaveLength(1)
    }),
  )
})
