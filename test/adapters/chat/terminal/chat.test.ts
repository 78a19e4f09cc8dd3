import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { chat } from '#adapters/chat/terminal/chat.ts'
import type { Answer } from '#core/commands/dispatch.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')

async function talk(typed: string, ask: (line: string) => Promise<Answer>) {
  const output = new PassThrough()
  const answered = await chat({
    input: Readable.from([typed]),
    output,
    interactive: false,
    format: () => ({ colour: false, width: null, now }),
    ask,
    complete: async () => [],
    greeting: 'Hello.',
  })
  output.end()
  return { answered, shown: await text(output) }
}

const echo = async (line: string): Promise<Answer> => ({
  ok: true,
  command: 'echo',
  reply: {
    visibility: 'public',
    blocks: [{ kind: 'prose', spans: [{ text: `You said ${line}` }] }],
    page: { offset: 0, total: 9, next: `${line} --page 2`, previous: null },
  },
})

test('each line from a pipe is answered in turn, the last one without a line feed too', async () => {
  const { answered, shown } = await talk('one\n\ntwo', echo)
  expect(answered).toBe(2)
  expect(shown).toBe('› one\n\nYou said one\n\n› two\n\nYou said two\n\n')
})

test('next goes on from the answer before', async () => {
  expect((await talk('one\nnext\n', echo)).shown).toContain('You said one --page 2')
})

test('a wrong command is answered, and the next one too', async () => {
  const ask = async (line: string): Promise<Answer> =>
    line === 'bad' ? { ok: false, error: { code: 'wrong-input', message: 'No such command.', hint: 'Type help.' } } : echo(line)
  const { shown } = await talk('bad\ngood\n', ask)
  expect(shown).toContain('No such command.\nType help.')
  expect(shown).toContain('You said good')
})

test('quit ends the chat before the input does', async () => {
  expect((await talk('one\nquit\ntwo\n', echo)).answered).toBe(1)
})

test('an empty input is answered by nothing', async () => {
  expect(await talk('', echo)).toEqual({ answered: 0, shown: '' })
})
