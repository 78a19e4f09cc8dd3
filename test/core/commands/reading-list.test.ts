import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
beforeEach(() => bot.enterNewChannel())
afterAll(() => bot[Symbol.asyncDispose]())

test('saved papers are listed, the latest first, until they are taken off', async () => {
  expect((await bot.ask('saved')).text).toContain('Nothing is saved here yet.')
  expect((await bot.ask('save 2303.13506')).text).toContain('Ada saved The Quantization Model of Neural Scaling.')
  await bot.ask('save 2210.01117', { clock: { now: () => Temporal.Instant.from('2026-11-23T00:00:00Z') } })
  expect((await bot.ask('save 2303.13506')).text).toContain('is on the reading list here already')
  expect((await bot.ask('saved')).ids).toEqual(['2210.01117', '2303.13506'])
  await bot.ask('unsave 2303.13506')
  expect((await bot.ask('saved')).ids).toEqual(['2210.01117'])
  expect((await bot.ask('unsave 2303.13506')).text).toContain('is not on the reading list here')
})

test('each channel has its own', async () => {
  await bot.ask('save 2303.13506')
  const elsewhere = { destination: { ...bot.context.destination, channel: 'other' } }
  expect((await bot.ask('saved', elsewhere)).ids).toEqual([])
})

test.each([
  ['bibtex', '@', 'bibtex'],
  ['ris', 'TY  -', 'ris'],
  ['csl', '[', 'json'],
  ['BibTeX', '@', 'bibtex'],
])('export %s gives the list to be copied', async (format, begins, language) => {
  await bot.ask('save 2303.13506')
  const { reply } = await bot.ask(`export ${format}`)
  expect(reply.blocks).toContainEqual({ kind: 'code', language, text: expect.stringContaining('Quantization') })
  expect(reply.blocks).toContainEqual(expect.objectContaining({ text: expect.stringMatching(new RegExp(`^\\${begins}`)) }))
})

test('one paper may be exported without being saved', async () =>
  expect((await bot.ask('export bibtex 2210.01117')).text).toContain('Omnigrok'))

test('a wrong format names those there are', async () => {
  expect(await bot.fail('export bibtx')).toContain('the formats are bibtex, ris and csl. | Try: export bibtex')
  expect(await bot.fail('export --format word')).toContain('“word” is not a format: it is bibtex, ris or csl.')
})

test('with nothing saved there is nothing to export', async () =>
  expect((await bot.ask('export')).text).toContain('nothing to export'))
