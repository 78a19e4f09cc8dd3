// `paperboy ask`: one command, one answer, as text or as one JSON object for scripts.
import { renderAnswer } from '#adapters/chat/terminal/render.ts'
import { type Answer, dispatch } from '#core/commands/dispatch.ts'
import { openApp } from './app.ts'
import { complain, formatOf, print, printJson } from './out.ts'
import { replyJson } from './reply-json.ts'
import { terminalContext } from './terminal-context.ts'

/** Answers on standard output; the exit code is 0, 2 for a wrong command, 1 for any other failure. */
export async function askCall(line: string, { json, at }: { json?: true; at?: Temporal.Instant }): Promise<number> {
  await using app = await openApp({ ...(at ? { at } : {}), sample: true, once: true, saysAll: true })
  const answer = await dispatch({ line }, terminalContext(app, 'save'))
  const now = app.clock.now()
  if (json) printJson(answer.ok ? replyJson(answer.reply, now) : answer)
  else if (answer.ok) print(renderAnswer(answer, formatOf(process.stdout, now)))
  else complain(renderAnswer(answer, formatOf(process.stderr, now)))
  return exitCode(answer)
}

/** 0, 2 for a wrong command, 1 otherwise. */
function exitCode(answer: Answer): number {
  if (answer.ok) return 0
  return answer.error.code === 'wrong-input' ? 2 : 1
}
