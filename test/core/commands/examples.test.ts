import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandName } from '#core/commands/command.ts'
import { parseLine } from '#core/commands/command-line.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { optionsOf } from '#core/commands/options.ts'
import { commands } from '#core/commands/registry.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
  for (const line of ['follow topic grokking', 'follow author Max Tegmark', 'follow category cs.LG']) await bot.ask(line)
})
afterAll(() => bot[Symbol.asyncDispose]())

describe.each(commands.map((command) => [commandName(command), command] as const))('%s', (name, command) => {
  test('keeps to the limits of the platforms', () => {
    expect(command.summary).toMatch(/^[A-Z].{9,98}[^.]$/)
    for (const option of optionsOf(command)) {
      expect(option.name).toMatch(/^[a-z]{1,32}$/)
      expect(option.description).toMatch(/^.{5,100}$/)
    }
  })

  test.each(command.examples)('answers “%s”', async (example) => {
    expect(commandName(parseLine(example, commands).command)).toBe(name)
    const { reply, text, actions } = await bot.ask(example)
    expect(text).not.toBe('')
    for (const next of [
      reply.page?.next,
      reply.page?.previous,
      // What a form runs is whole once the form is filled in.
      ...actions.map((action) => 'command' in action && !action.form && action.command),
    ]) {
      if (next) expect(() => parseLine(next, commands)).not.toThrow()
    }
  })

  test('is explained', async () => {
    const { text } = await bot.ask(`help ${name}`)
    expect(text).toContain(command.summary)
    for (const example of command.examples) expect(text).toContain(example)
    for (const option of optionsOf(command)) expect(text).toContain(option.description)
  })
})

test('no two commands have one name', () => {
  const names = commands.map(commandName)
  expect(new Set(names).size).toBe(names.length)
})

test('a platform may give a path and typed options instead of a line', async () => {
  const answer = await dispatch({ path: ['search'], options: { query: 'grokking', page: 1 } }, bot.context)
  expect(answer).toMatchObject({ ok: true, command: 'search' })
  expect(await dispatch({ path: ['serch'], options: {} }, bot.context)).toMatchObject({
    ok: false,
    error: { code: 'wrong-input' },
  })
})

test('what nobody foresaw is answered with a reference that the log carries too', async () => {
  const logged: unknown[] = []
  const log = { ...bot.context.log, error: (_message: string, fields?: object) => logged.push(fields) }
  const papers = { ...bot.context.papers, search: () => Promise.reject(new TypeError('undefined is not a moth')) }
  const answer = await dispatch({ line: 'search moths' }, { ...bot.context, log, papers })
  expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } })
  const [fields] = logged as [{ reference: string }]
  expect(JSON.stringify(answer)).toContain(fields.reference)
  expect(JSON.stringify(answer)).not.toContain('moth')
})
