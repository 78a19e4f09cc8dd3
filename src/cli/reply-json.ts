// A reply as the object that `ask --json` prints.
import { renderBlocks } from '#adapters/chat/terminal/render.ts'
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import { paperUrl, shownScore } from '#core/paper-view.ts'
import type { Reply } from '#core/reply.ts'
import { texToText } from '#core/text/tex.ts'
import { plain } from './out.ts'

/** Texts have their TeX turned; `next` is the command that shows the next page. */
export function replyJson(reply: Reply, now: Temporal.Instant) {
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
