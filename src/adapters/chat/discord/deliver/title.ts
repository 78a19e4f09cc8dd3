// The name of a forum's post or of a thread: what its message is headed by, in plain text.
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'
import { shortened } from '#core/text/shorten.ts'
import { visible } from '#core/text/visible.ts'

/** What is said of papers where nothing else is. */
const PAPERS = 'Papers'
const BLANKS = /\s+/g

/** The first heading or, without one, the first paper's title or the first words. */
export function titleOf(blocks: readonly Block[], now: Temporal.Instant): string {
  const heading = blocks.find((block) => block.kind === 'heading')
  const first = heading ?? blocks.find((block) => block.kind === 'card' || block.kind === 'prose')
  const spans = first?.kind === 'card' ? cardView(first.paper, 'line', now).title : (first?.spans ?? [])
  return shortened(plain(spans), LIMITS.threadName) || PAPERS
}

function plain(spans: readonly Span[]): string {
  return visible(spans.map(({ text }) => text).join(''))
    .replace(BLANKS, ' ')
    .trim()
}
