// Calls that show a view: opened by a trigger, which lives three seconds and is used once, then replaced as often as it takes.
import { type types, webApi } from '@slack/bolt'
import { modalView } from '#adapters/chat/slack/render/view.ts'
import type { Client } from '#adapters/chat/slack/workspaces.ts'
import type { Log } from '#core/ports/log.ts'
import type { Desk } from './desk.ts'

/** So often a view is looked for that Slack was told of in an answer which it may not have read yet. */
const TRIES = 10
const BETWEEN_MS = 200

/** Stands while an answer is found. */
export function waitingView(title: string, externalId?: string): types.ModalView {
  return modalView({
    title,
    blocks: [{ type: 'section', text: { type: 'plain_text', text: 'One moment…' } }],
    ...(externalId !== undefined && { externalId }),
  })
}

/** Opens the view, upon another one where something was pressed there; answers its id, undefined where Slack does not take it. Never rejects. */
export async function openView(
  workspace: string,
  { trigger, upon }: { readonly trigger: string; readonly upon?: { readonly type: string } | undefined },
  view: types.ModalView,
  { workspaces, log }: Pick<Desk, 'workspaces' | 'log'>,
): Promise<string | undefined> {
  try {
    const client = await workspaces.client(workspace)
    const call = { trigger_id: trigger, view }
    const opened = await (upon?.type === 'modal' ? client.views.push(call) : client.views.open(call))
    return opened.view?.id
  } catch (error) {
    log.warn('slack did not open a view', { error })
    return undefined
  }
}

/** Puts the view in the place of the one with the id. Never rejects: what Slack does not take is logged. */
export async function replaceView(client: Client, id: string, view: types.ModalView, log: Log): Promise<void> {
  try {
    await client.views.update({ view_id: id, view })
  } catch (error) {
    log.warn('slack did not replace a view', { error })
  }
}

/** The same for a view that was given the name in an answer: until Slack has read that answer, there is none of the name. */
export async function replaceNamedView(
  client: Client,
  externalId: string,
  view: types.ModalView,
  { wait, log }: Pick<Desk, 'wait' | 'log'>,
): Promise<void> {
  for (let left = TRIES; left > 0; left--) {
    try {
      await client.views.update({ external_id: externalId, view })
      return
    } catch (error) {
      const isThere = !(error instanceof webApi.WebAPIPlatformError && error.data.error === 'not_found')
      if (isThere || left === 1) return log.warn('slack did not replace a view', { error })
      await wait(BETWEEN_MS)
    }
  }
}
