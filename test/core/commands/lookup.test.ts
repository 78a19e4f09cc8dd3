import { afterAll, beforeAll, expect, test } from 'vitest'
import { dispatch } from '#core/commands/dispatch.ts'
import { lookupOf } from '#core/commands/lookup.ts'
import { aRecord } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
afterAll(() => bot[Symbol.asyncDispose]())

test('the papers that a text names are shown in its order, each once, to whoever asks alone', async () => {
  const { ids, reply, actions } = await bot.ask(
    'lookup Compare <https://arxiv.org/abs/2210.01117|this>, arXiv:2303.13506 and 10.48550/arXiv.2210.01117.',
  )
  expect(ids).toEqual(['2210.01117', '2303.13506'])
  expect(reply.visibility).toBe('private')
  expect(actions).toContainEqual(expect.objectContaining({ command: 'paper 2303.13506' }))
})

test('what is not known here is named', async () => {
  const { ids, text } = await bot.ask('lookup 2303.13506 and 2399.00001, 2301.00001, 10.1234/moths')
  expect(ids).toEqual(['2303.13506'])
  expect(text).toContain('Not known here: 2301.00001 and 10.1234/moths.')
})

test.each([
  ['lookup the moths around my lamp', 'wrong-input | This names no paper. | A paper is known by an arXiv id'],
  ['lookup 2301.00001', 'not-found | 2301.00001 is not known here.'],
  ['lookup 2301.00001 2301.00002', 'not-found | 2301.00001 and 2301.00002 are not known here.'],
  ['lookup', 'wrong-input | “lookup” needs a text'],
])('“%s” is answered with what is wrong', async (line, expected) => expect(await bot.fail(line)).toContain(expected))

test('more than ten are named, not shown', async () => {
  const numbers = Array.from({ length: 12 }, (_, at) => `2611.000${10 + at}`)
  await bot.put(numbers.map((number) => aRecord({ ids: [`arxiv:${number}`], title: `Moth ${number}` })))
  const { ids, text } = await bot.ask(`lookup ${numbers.join(' ')}`)
  expect(ids).toEqual(numbers.slice(0, 10))
  expect(text).toContain('12 papers')
  expect(text).toContain('Known as well: 2611.00020 and 2611.00021.')
})

test.each([
  ['a text of any length', `${'moths and lamps '.repeat(1000)} 2303.13506`, ['2303.13506']],
  ['a short one', 'see 2303.13506', ['2303.13506']],
])('%s can be asked about', async (_, text, ids) => {
  const answer = await dispatch(lookupOf(text), bot.context)
  expect(JSON.stringify(answer)).toContain(`"arxiv:${ids[0]}"`)
})

test.each(['', '  ', 'x'.repeat(5000)])('a text without papers is told so, however long (%#)', async (text) => {
  expect(await dispatch(lookupOf(text), bot.context)).toMatchObject({ ok: false, error: { message: 'This names no paper.' } })
})
