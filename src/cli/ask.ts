// `paperboy ask`: one command, one answer, as text or as one JSON object for scripts.
import { renderAnswer, renderBlocks } from '#adapters/chat/terminal/render.ts'
import { type Answer, dispatch } from '#core/commands/dispatch.ts'
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { paperUrl, shownScore } from '#core/paper-view.ts'
import type { Reply } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { openApp } from './app.ts'
import { complain, formatOf, plain, print, printJson } from './out.ts'
import { terminalContext } from './terminal-context.ts'

/** Answers on standard output; the exit code is 0, 2 for a wrong command, 1 for any other failure. */
export async function askCall(line: string, { json, at }: { json?: true; at?: Temporal.Instant }): Promise<number> {
  await using app = await openApp({ ...(at ? { at } : {}), sample: true })
  const answer = await dispatch({ line }, terminalContext(app, 'save'))
  const now = app.clock.now()
  if (json) printJson(answer.ok ? replyJson(answer.reply, now) : answer)
  else if (answer.ok) print(renderAnswer(answer, formatOf(process.stdout, now)))
  else complain(renderAnswer(answer, formatOf(process.stderr, now)))
  return exitCode(answer)
}

/** 0, 2 for a wrong command, 1 otherwise. */
export function exitCode(answer: Answer): number {
  if (answer.ok) return 0
  return answer.error.code === 'wrong-input' ? 2 : 1
}

/** The `ask --json` object of a reply. */
function replyJson(reply: Reply, now: Temporal.Instant) {
  return {
    ok: true,
    visibility: reply.visibility,
    text: renderBlocks(reply.blocks, plain(now)),
    papers: reply.blocks.flatMap((block) => (block.kind === 'card' ? [paperJson(block.paper, now)] : [])),
    page: { offset: reply.page?.offset ?? 0, total: reply.page?.total ?? 0, next: reply.page?.next ?? null },
  }
}

function paperJson(paper: Paper, now: Temporal.Instant) {
  return {
    id: displayId(paper.ids[0]),
    title: texToText(paper.title),
    url: paperUrl(paper) ?? null,
    authors: paper.authors.map((author) => author.name),
    orgs: paper.orgs ?? [],
    category: paper.categories?.[0] ?? null,
    published: paper.published ?? null,
    score: shownScore(paper, now) ?? null,
    abstract: paper.abstract === undefined ? null : texToText(paper.abstract),
  }
}
