// Answers shown beside the conversation, in a modal: opened at once, filled when the answer is there.
import type { BlockAction } from '@slack/bolt'
import { BUSY } from '#adapters/chat/lanes.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import { complaint } from '#core/commands/complaint.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Block } from '#core/reply.ts'
import type { Desk } from './desk.ts'
import { answerIn, pressedIn } from './opened.ts'
import { openView, replaceView, waitingView } from './views.ts'

/** Runs the command as the person who pressed, and shows them alone what comes; false, with nothing done, where Slack opens no modal. Call it after ack; resolves once it is begun. */
export async function showAside(
  body: BlockAction,
  { title, command }: { readonly title: string; readonly command: string },
  desk: Desk,
): Promise<boolean> {
  const { workspaces, work, now, log } = desk
  const opened = pressedIn(body)
  if (!opened) return false
  const id = await openView(opened.workspace, { trigger: body.trigger_id, upon: body.view }, waitingView(title), desk)
  if (id === undefined) return false
  const client = await workspaces.client(opened.workspace)
  const show = (blocks: readonly Block[]) => {
    const shown = viewBlocksOf(blocks, { now: now(), rest: restOf(command) })
    return replaceView(client, id, modalView({ title, blocks: shown }), log)
  }
  const isTaken = work(async () => {
    await show(toRead(await answerIn(opened, body.user, { line: command }, desk)))
  }, opened.workspace)
  if (!isTaken) await show([{ kind: 'prose', spans: [{ text: BUSY }] }])
  return true
}

function restOf(command: string): Block {
  const text = 'There is more than fits here. To have all of it, type: '
  return { kind: 'note', spans: [{ text }, { text: `/papers ${command}`, code: true }] }
}

/** What is said, without buttons: there is nothing to go on with in a view that is for reading. */
function toRead(answer: Answer): Block[] {
  if (!answer.ok) return complaint(answer.error)
  return answer.reply.blocks
    .filter((block) => block.kind !== 'actions')
    .map((block) => (block.kind === 'card' ? { ...block, actions: [] } : block))
}
