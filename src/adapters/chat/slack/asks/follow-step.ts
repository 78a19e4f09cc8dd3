// What an answer to the follow form leads to: a mistake under its input, a view that asks on, or one that says it is done.
import type { types } from '@slack/bolt'
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { messagesOf } from '#adapters/chat/slack/render/message.ts'
import { plainText } from '#adapters/chat/slack/render/text.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import { isFullName } from '#core/author-name.ts'
import { complaint } from '#core/commands/complaint.ts'
import type { Answer, Request } from '#core/commands/dispatch.ts'
import type { Action, Block, CommandAction, Reply } from '#core/reply.ts'
import { shortened } from '#core/text/shorten.ts'
import type { Desk } from './desk.ts'
import { asksForPlace, PLACE } from './follow-form.ts'
import { drawHome } from './home.ts'
import { answerIn, askerOf, metadataOf, type Opened, type Sender } from './opened.ts'

/** The callback of a view whose button runs what its metadata carries. */
export const GO_ON = 'follow-on'
const FOLLOW = /^follow /
/** The id of a button whose answer goes into the conversation. */
const RUN = /^run:(?=\d)/
const TITLE = 'Follow'

const CUT: Block = { kind: 'note', spans: [{ text: 'More than this does not fit here.' }] }

export interface Wish {
  readonly opened: Opened
  readonly sender: Sender
  readonly request: Request
  /** The input that asked what to follow, where the form itself was sent. */
  readonly block?: string
}

export interface Step {
  readonly view: types.ModalView
  /** What is wrong, by the input that it is said under; where the form cannot say it any more, the view does. */
  readonly errors?: Readonly<Record<string, string>>
}

/** Runs the command as the person, and tells the channel of what is saved in it; the Home tab it was opened from is drawn anew. Never rejects. */
export async function stepOf(wish: Wish, desk: Desk): Promise<Step> {
  const { opened, sender, request } = wish
  const said = await answerIn(opened, sender, request, desk)
  if (!said.ok) return mistaken(said.error, wish, desk)
  const choices = said.reply.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions.filter(isFollow) : []))
  if (choices.length > 0) return { view: askingOn(said.reply, choices, opened, desk) }
  if (opened.channel === undefined)
    desk.work(async () => drawHome(await askerOf(opened, sender, desk.people), desk), opened.workspace)
  const untold = await tell(said.reply, opened, desk)
  return { view: sayingView([...said.reply.blocks, ...untold], desk, opened) }
}

/** A view that is the last one: leaving it closes the form too. Its buttons show their answers upon it, where it knows where it was opened. */
export function sayingView(blocks: readonly Block[], { now }: Pick<Desk, 'now'>, opened?: Opened): types.ModalView {
  const metadata = opened && metadataOf(opened)
  const shown = viewBlocksOf(blocks, { now: now(), rest: CUT }).map(inView)
  return modalView({ title: TITLE, blocks: shown, isLast: true, ...(metadata !== undefined && { metadata }) })
}

type Mistake = Extract<Answer, { ok: false }>['error']

/** A mistake is said under the input; a person whom no paper names may be meant all the same. */
function mistaken(error: Mistake, { request, opened, block }: Wish, desk: Desk): Step {
  const blocks = complaint(error)
  const all = block === 'author' && error.code === 'not-found' ? allTheSame(request) : undefined
  const metadata = all && metadataOf(opened, all)
  if (metadata !== undefined) return { view: goingOn(blocks, 'Follow all the same', metadata, desk) }
  const view = modalView({ title: TITLE, close: 'Back', blocks: viewBlocksOf(blocks, { now: desk.now(), rest: CUT }) })
  const under = block === undefined ? undefined : inputOf(error, block, opened)
  if (under === undefined) return { view }
  const text = plainText(blocks.flatMap((said) => ('spans' in said ? [...said.spans, { text: ' ' }] : []))).trim()
  return { view, errors: { [under]: shortened(text, LIMITS.inputError) } }
}

/** The input by which a mistake is mended; undefined where none does. */
function inputOf({ code }: Mistake, block: string, opened: Opened): string | undefined {
  if (code === 'wrong-input' || code === 'not-found') return block
  return code === 'not-allowed' && asksForPlace(opened) ? PLACE : undefined
}

/** Undefined where the name is no full one, by which nobody is followed. */
function allTheSame(request: Request): Request | undefined {
  if (!('path' in request) || !isFullName(String(request.options.name))) return undefined
  return { ...request, options: { ...request.options, confirm: 'yes' } }
}

/** The reply, whose first choice is what the view's own button runs; the others stay as buttons. */
function askingOn({ blocks }: Reply, choices: readonly CommandAction[], opened: Opened, desk: Desk): types.ModalView {
  const primary = choices.find((choice) => choice.primary)
  const metadata = primary && metadataOf(opened, { line: primary.command })
  if (!primary || metadata === undefined) return goingOn(blocks, undefined, metadataOf(opened) ?? '', desk)
  const others = blocks.map((block) =>
    block.kind === 'actions' ? { ...block, actions: block.actions.filter((action) => action !== primary) } : block,
  )
  return goingOn(others, primary.label, metadata, desk)
}

function goingOn(blocks: readonly Block[], submit: string | undefined, metadata: string, { now }: Desk): types.ModalView {
  return modalView({
    title: TITLE,
    close: 'Back',
    metadata,
    ...(submit !== undefined && { submit, callback: GO_ON }),
    blocks: viewBlocksOf(blocks, { now: now(), rest: CUT }).map(inView),
  })
}

/** Buttons of a message, as a view has them: one that follows goes on in the same view, another one shows its answer upon it. */
function inView(block: types.KnownBlock): types.KnownBlock {
  if (block.type !== 'actions') return block
  const elements = block.elements.map((element) => {
    if (element.type !== 'button' || element.value === undefined) return element
    const kind = FOLLOW.test(element.value) ? 'choose:' : 'run:aside:'
    return { ...element, action_id: element.action_id?.replace(RUN, kind) ?? kind }
  })
  return { ...block, elements }
}

function isFollow(action: Action): action is CommandAction {
  return 'command' in action && FOLLOW.test(action.command)
}

/** Says in the channel what everybody there is to know; what is to be said to the person where that cannot be done. */
async function tell({ visibility, blocks }: Reply, { workspace, channel, thread }: Opened, desk: Desk): Promise<Block[]> {
  if (channel === undefined || visibility === 'private') return []
  try {
    const client = await desk.workspaces.client(workspace)
    for (const message of messagesOf(blocks, { now: desk.now() })) {
      const place = { channel, ...(thread !== undefined && { thread_ts: thread }) }
      await client.chat.postMessage({ ...message, ...place, unfurl_links: false, unfurl_media: false })
    }
    return []
  } catch (error) {
    desk.log.warn('slack did not take an answer', { error: inOurWords(error) })
    return [{ kind: 'note', spans: [{ text: 'Paperboy could not say this in the channel, so only you see it.' }] }]
  }
}
