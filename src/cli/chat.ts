// `paperboy chat`, and `paperboy` where no platform is configured: the terminal, for a person, a pipe, or nothing to read.
import { chat } from '#adapters/chat/terminal/chat.ts'
import { renderAnswer } from '#adapters/chat/terminal/render.ts'
import { counted } from '#core/commands/blocks.ts'
import { complete } from '#core/commands/complete.ts'
import { dispatch } from '#core/commands/dispatch.ts'
import { openApp } from './app.ts'
import { formatOf, print } from './out.ts'
import { terminalContext } from './terminal-context.ts'

/** Answers until the input ends; with nothing to read it shows a sample digest. The exit code is 0. */
export async function chatCall({ at }: { at?: Temporal.Instant }): Promise<number> {
  await using app = await openApp({ ...(at ? { at } : {}), sample: true, alone: true, saysAll: true })
  const interactive = process.stdin.isTTY === true
  const context = terminalContext(app, interactive ? 'ask' : 'save')
  const format = () => formatOf(process.stdout, app.clock.now())
  const answered = await chat({
    input: process.stdin,
    output: process.stdout,
    interactive,
    format,
    ask: (line) => dispatch({ line }, context),
    complete: (line) => complete(line, context),
    greeting: `Paperboy, over ${counted(await app.store.papers.count(), 'paper')}. Try “search grokking”, “author Eric J. Michaud” or “help”; “quit” leaves.`,
  })
  if (answered === 0 && !interactive) print(renderAnswer(await dispatch({ line: 'digest preview' }, context), format()))
  return 0
}
