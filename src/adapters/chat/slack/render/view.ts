// Blocks of a reply as a view: a modal or the Home tab, which holds more than a message does but is never continued in another.
import type { types } from '@slack/bolt'
import type { Block } from '#core/reply.ts'
import { LIMITS } from './limits.ts'
import { messagesOf } from './message.ts'
import { isBlank, label } from './text.ts'

/** What of a view is not its blocks: title, buttons, metadata. */
const FRAME_BYTES = 10_000

export interface ViewFormat {
  /** The day that dates and scores are shown for. */
  readonly now: Temporal.Instant
  /** Stands at the end where not everything fits, and says where the rest is to be had. */
  readonly rest: Block
}

/** As many of the blocks as one view holds, from the first on. */
export function viewBlocksOf(blocks: readonly Block[], { now, rest }: ViewFormat): types.KnownBlock[] {
  const all = rendered(blocks, now)
  if (all.length <= LIMITS.viewBlocks && bytesOf(all) <= LIMITS.viewBytes - FRAME_BYTES) return all
  const end = rendered([rest], now)
  const kept: types.KnownBlock[] = []
  let bytes = FRAME_BYTES + bytesOf(end)
  for (const block of all) {
    bytes += bytesOf(block) + 1
    if (kept.length + end.length >= LIMITS.viewBlocks || bytes > LIMITS.viewBytes) break
    kept.push(block)
  }
  return [...kept, ...end]
}

export interface Modal {
  readonly title: string
  readonly blocks: readonly types.KnownBlock[]
  /** What the button says that sends the form; there is none where nothing is to be sent. */
  readonly submit?: string
  /** Names the listener that is sent the form. */
  readonly callback?: string
  /** At most LIMITS.privateMetadata characters; comes back with whatever is done in the view. */
  readonly metadata?: string
  /** What the button says that leaves: `Back` leads to the view that this one was put on. */
  readonly close?: 'Close' | 'Back'
  /** Leaving closes those behind it too. */
  readonly isLast?: boolean
  /** A name of our own by which the view is found before Slack has said its id. */
  readonly externalId?: string
}

export function modalView({
  title,
  blocks,
  submit,
  callback,
  metadata,
  close = 'Close',
  isLast,
  externalId,
}: Modal): types.ModalView {
  return {
    type: 'modal',
    title: said(title, 'Paperboy', LIMITS.viewTitle),
    close: label(close, LIMITS.viewButton),
    blocks: [...blocks],
    ...(submit !== undefined && { submit: said(submit, 'Go on', LIMITS.viewButton) }),
    ...(callback !== undefined && { callback_id: callback }),
    ...(metadata !== undefined && { private_metadata: metadata }),
    ...(isLast && { clear_on_close: true }),
    ...(externalId !== undefined && { external_id: externalId }),
  }
}

/** The other words where there is nothing to read in the first. */
function said(text: string, otherwise: string, length: number): types.PlainTextElement {
  const own = label(text, length)
  return isBlank(own.text) ? label(otherwise, length) : own
}

function rendered(blocks: readonly Block[], now: Temporal.Instant): types.KnownBlock[] {
  return messagesOf(blocks, { now }).flatMap((message) => message.blocks)
}

/** As JSON. */
export function bytesOf(blocks: object): number {
  return Buffer.byteLength(JSON.stringify(blocks))
}
