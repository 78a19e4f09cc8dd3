// The terminal chat: reads a line, has it answered, prints the answer; for a person with a prompt, for a pipe without.
import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import type { Answer } from '#core/commands/dispatch.ts'
import { visible } from '#core/text/visible.ts'
import { renderAnswer, type TerminalFormat } from './render.ts'
import { createSession } from './session.ts'

const PROMPT = '› '
const LEAVE = new Set(['quit', 'exit', 'bye', '/quit', '/exit', 'q'])
const WAITING_AFTER_MS = 400

export interface ChatOptions {
  readonly input: Readable
  readonly output: Writable
  /** A person is typing: prompt, completion and numbered actions. */
  readonly interactive: boolean
  /** Asked for every answer, since a terminal's width changes. */
  format(): TerminalFormat
  ask(line: string): Promise<Answer>
  complete(line: string): Promise<readonly string[]>
  /** Printed first where a person is typing. */
  readonly greeting: string
}

/** Answers until the input ends or the person leaves; resolves to how many lines were answered. */
export async function chat(options: ChatOptions): Promise<number> {
  const session = createSession()
  const lines = createInterface({
    input: options.input,
    ...(options.interactive ? { output: options.output, completer: completer(options), prompt: PROMPT } : {}),
    terminal: options.interactive,
  })
  let answered = 0
  if (options.interactive) {
    options.output.write(`${options.greeting}\n\n`)
    lines.prompt()
  }
  for await (const line of lines) {
    if (LEAVE.has(line.trim().toLowerCase())) break
    const command = session.interpret(line)
    if (command !== undefined) {
      if (!options.interactive) options.output.write(`${PROMPT}${visible(line.trim())}\n\n`)
      const answer = await answerOf(command, options)
      if (answer.ok) session.answered(answer.reply)
      options.output.write(`${renderAnswer(answer, options.format(), options.interactive)}\n\n`)
      answered += 1
    }
    if (options.interactive) lines.prompt()
  }
  lines.close()
  return answered
}

/** The answer; a person who waits longer than a moment sees that work goes on. */
async function answerOf(command: string, options: ChatOptions): Promise<Answer> {
  if (!options.interactive) return options.ask(command)
  const timer = setTimeout(() => options.output.write('…\r'), WAITING_AFTER_MS)
  try {
    return await options.ask(command)
  } finally {
    clearTimeout(timer)
  }
}

function completer(options: ChatOptions): (line: string) => Promise<[string[], string]> {
  return async (line) => [[...(await options.complete(line))], line]
}
