// A message without its form, for a platform that refuses it: text alone, no cards, no buttons, no styles.
import { cardView } from '#core/card.ts'
import type { Block, Span } from '#core/reply.ts'

/** One paragraph a block; what has no text of its own is left out. `now` is the day that dates are shown for. */
export function plainBlocks(blocks: readonly Block[], now: Temporal.Instant): Block[] {
  return blocks
    .map((block) => textOf(block, now))
    .filter((text) => text !== '')
    .map((text) => ({ kind: 'prose', spans: [{ text }] }))
}

function textOf(block: Block, now: Temporal.Instant): string {
  switch (block.kind) {
    case 'heading':
    case 'prose':
    case 'note':
      return plain(block.spans)
    case 'list':
      return block.rows.map((row) => `• ${plain(row)}`).join('\n')
    case 'card': {
      const { title, authors, url } = cardView(block.paper, 'line', now)
      return [plain(title), authors, url ?? ''].filter((line) => line !== '').join('\n')
    }
    case 'code':
      return block.text
    case 'actions':
    case 'picture':
      return ''
  }
}

function plain(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('')
}
