// A person's Home tab as a view: what is theirs first, then as many of their channels as it holds.
import type { types } from '@slack/bolt'
import type { Home } from '#core/ports/platform.ts'
import type { Block } from '#core/reply.ts'
import { LIMITS } from './limits.ts'
import { label } from './text.ts'
import { bytesOf, viewBlocksOf } from './view.ts'

/** What opens the form for following. */
const FOLLOW: types.Button = {
  type: 'button',
  action_id: 'follow:open',
  text: label('Follow…', LIMITS.buttonLabel),
  style: 'primary',
}

/** All of what is theirs; of the channels those that fit, and how many do not. */
export function homeView({ own, channels }: Home, now: Temporal.Instant): types.HomeView {
  const shown = withFollow(viewBlocksOf(own, { now, rest: leftOut(channels.length) }))
  for (const [at, channel] of channels.entries()) {
    const rest = leftOut(channels.length - at)
    const next = viewBlocksOf(channel, { now, rest })
    const end = viewBlocksOf([rest], { now, rest })
    const all = [...shown, ...next, ...end]
    if (all.length > LIMITS.viewBlocks || bytesOf(all) > LIMITS.viewBytes) return { type: 'home', blocks: [...shown, ...end] }
    shown.push(...next)
  }
  return { type: 'home', blocks: shown }
}

function withFollow(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const at = blocks.findIndex(({ type }) => type === 'actions')
  return blocks.map((block, index) =>
    index === at && block.type === 'actions' ? { ...block, elements: [FOLLOW, ...block.elements] } : block,
  )
}

function leftOut(channels: number): Block {
  const text = `and ${channels} more of your channels. What is followed in one of them says, typed there: `
  return { kind: 'note', spans: [{ text }, { text: '/papers following', code: true }] }
}
