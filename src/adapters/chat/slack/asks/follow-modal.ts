// Following by a form: opened at once, asked for again for each kind, and answered by the command that it stands for.
// Slack waits three seconds for an answer to a form: what takes longer is shown when it is there, in a view put in its place.
import { randomUUID } from 'node:crypto'
import type { BlockAction, ButtonAction, SlackViewMiddlewareArgs, StaticSelectAction, ViewSubmitAction } from '@slack/bolt'
import { BUSY } from '#adapters/chat/lanes.ts'
import type { Desk, Listener } from './desk.ts'
import { FORM, filledIn, followForm, KIND } from './follow-form.ts'
import { GO_ON, type Step, sayingView, stepOf, type Wish } from './follow-step.ts'
import { type Opened, openedFrom, pressedIn, requestFrom } from './opened.ts'
import { byResponseUrl } from './response-url.ts'
import { openView, replaceNamedView, replaceView, waitingView } from './views.ts'

const OPEN = /^follow:open/
const CHOOSE = /^choose:/
/** The command that opens the form: it says nothing of what to follow. */
const BARE = /^\/?follow$/i
const NOT_OPEN = 'Slack did not open the form. Press the button once more, or type: /papers follow'
/** Within these Slack still takes an answer to a form, the way to it included. */
const WITHIN_MS = 1800
/** What is there so soon is shown without a word before. */
const SOON_MS = 300

export const listenToFollowForms: Listener = (app, desk) => {
  app.action<BlockAction>(OPEN, async ({ ack, body }) => {
    await ack()
    const opened = pressedIn(body)
    if (!opened || (await openFollowForm(opened, { trigger: body.trigger_id, upon: body.view }, desk))) return
    const { response_url: url } = body
    if (url) await byResponseUrl({ url, thread: opened.thread }, desk).say({ text: NOT_OPEN }, { alone: true, instead: false })
  })
  app.action<BlockAction<StaticSelectAction>>(KIND, async ({ ack, body, action }) => {
    await ack()
    const opened = pressedIn(body)
    if (!opened || !body.view) return
    const form = followForm(opened, action.selected_option.value)
    await replaceView(await desk.workspaces.client(opened.workspace), body.view.id, form, desk.log)
  })
  app.action<BlockAction<ButtonAction>>(CHOOSE, async ({ ack, body, action }) => {
    await ack()
    const opened = pressedIn(body)
    if (!opened || !body.view || action.value === undefined) return
    await choose({ opened, sender: body.user, request: { line: action.value } }, body.view.id, desk)
  })
  app.view<ViewSubmitAction>(FORM, async ({ ack, body, view }) => {
    const opened = sentFrom(body)
    const filled = opened && filledIn(view.state.values, opened)
    if (!opened || !filled) return refuse(ack, desk)
    const { block, ...request } = filled
    await inTime(ack, 'push', { opened, sender: body.user, request, block }, desk)
  })
  app.view<ViewSubmitAction>(GO_ON, async ({ ack, body, view }) => {
    const opened = sentFrom(body)
    const request = requestFrom(view.private_metadata)
    if (!opened || !request) return refuse(ack, desk)
    await inTime(ack, 'update', { opened, sender: body.user, request }, desk)
  })
}

/** Whether a line as typed asks for the form. */
export function asksForForm(line: string): boolean {
  return BARE.test(line)
}

/** Answers whether Slack took it. Never rejects. */
export async function openFollowForm(
  opened: Opened,
  how: Parameters<typeof openView>[1],
  desk: Pick<Desk, 'workspaces' | 'log'>,
): Promise<boolean> {
  return (await openView(opened.workspace, how, followForm(opened), desk)) !== undefined
}

type Ack = SlackViewMiddlewareArgs<ViewSubmitAction>['ack']

/** Undefined where the form is not of this workspace and the person who sends it. */
function sentFrom({ team, user, view }: ViewSubmitAction): Opened | undefined {
  return openedFrom(view.private_metadata, view.app_installed_team_id ?? team?.id, user.id)
}

async function refuse(ack: Ack, desk: Desk): Promise<void> {
  const text = 'This form was opened by somebody else, or is too old. To open one of your own, type '
  const view = sayingView([{ kind: 'prose', spans: [{ text }, { text: '/papers follow', code: true }, { text: '.' }] }], desk)
  await ack({ response_action: 'update', view })
}

/** An answer to a form says what comes of it, or has a view wait for that. */
async function inTime(ack: Ack, how: 'push' | 'update', wish: Wish, desk: Desk): Promise<void> {
  const steps = begun(wish, desk)
  const step = await within(steps, WITHIN_MS, desk)
  if (step) {
    const { view, errors } = step
    return ack(errors ? { response_action: 'errors', errors } : { response_action: how, view })
  }
  const name = randomUUID()
  await ack({ response_action: how, view: waitingView('Follow', name) })
  const client = await desk.workspaces.client(wish.opened.workspace)
  await replaceNamedView(client, name, (await steps).view, desk)
}

async function choose(wish: Wish, view: string, desk: Desk): Promise<void> {
  const client = await desk.workspaces.client(wish.opened.workspace)
  const steps = begun(wish, desk)
  if (!(await within(steps, SOON_MS, desk))) await replaceView(client, view, waitingView('Follow'), desk.log)
  await replaceView(client, view, (await steps).view, desk.log)
}

async function begun(wish: Wish, desk: Desk): Promise<Step> {
  const { promise, resolve, reject } = Promise.withResolvers<Step>()
  const isTaken = desk.work(() => stepOf(wish, desk).then(resolve, reject), wish.opened.workspace)
  return isTaken ? promise : { view: sayingView([{ kind: 'prose', spans: [{ text: BUSY }] }], desk) }
}

/** Undefined where it takes longer. */
async function within(steps: Promise<Step>, milliseconds: number, { wait }: Pick<Desk, 'wait'>): Promise<Step | undefined> {
  const done = new AbortController()
  try {
    return await Promise.race([steps, wait(milliseconds, done.signal).then(() => undefined)])
  } finally {
    done.abort()
  }
}
