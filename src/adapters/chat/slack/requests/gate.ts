// What every request passes first, however it comes: each is handled once, and where the bot is not installed people are told so.
import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { sayAnswer } from '#adapters/chat/slack/asks/respond.ts'
import { byResponseUrl } from '#adapters/chat/slack/asks/response-url.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import type { Absence } from '#adapters/chat/slack/workspaces.ts'
import { createMemory } from '#core/memory.ts'
import type { Block, Span } from '#core/reply.ts'
import { WORKSPACE_BY_WORKSPACE } from './install.ts'

/** More than Slack sends in the hour in which it repeats an event. */
const REMEMBERED = 50_000

export interface GateOptions extends Pick<Desk, 'wait' | 'now' | 'log'> {
  /** The page where a workspace installs the bot; undefined where none may. */
  readonly installPage: string | undefined
}

export interface Gate {
  /** Resolves once nothing that came through is being handled: a view is opened after Slack has its answer, for instance. */
  empty(): Promise<void>
}

export function guard(app: App, options: GateOptions): Gate {
  const seen = createMemory<string, true>(REMEMBERED)
  const underWay = new Set<Promise<void>>()

  async function pass(request: Request): Promise<void> {
    const id = identityOf(request.body)
    if (id !== undefined && seen.has(id)) return acknowledge(request)
    if (id !== undefined) seen.set(id, true)
    try {
      const absent: Absence | undefined = request.context.absent
      await (absent === undefined ? request.next() : turnAway(request, absent, options))
    } catch (error) {
      // Where it failed before it was taken, Slack may bring it again.
      if (id !== undefined) seen.delete(id)
      throw error
    }
  }

  app.use(async (request) => {
    const passing = pass(request)
    underWay.add(passing)
    await passing.finally(() => underWay.delete(passing))
  })
  return {
    async empty() {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
  }
}

/** By what a repetition is known, whether Slack repeats an event or an envelope; undefined for what may be answered any number of times. */
function identityOf(body: object): string | undefined {
  const { type, event_id: event, trigger_id: trigger } = body as Readonly<Record<string, unknown>>
  if (typeof event === 'string') return event
  return typeof trigger === 'string' && type !== 'block_suggestion' ? trigger : undefined
}

type Request = AllMiddlewareArgs & AnyMiddlewareArgs

/** Says in private why there is no answer; what has no place for words is only acknowledged. */
async function turnAway(request: Request, absent: Absence, options: GateOptions): Promise<void> {
  const { installPage, now, log } = options
  const { type, response_url: url } = request.body as Readonly<Record<string, unknown>>
  log.info('slack request from where the bot is not', { absent, workspace: request.context.teamId })
  const blocks = wordsFor(absent, installPage)
  if (type === 'view_submission') {
    const view = modalView({
      title: 'Paperboy',
      blocks: viewBlocksOf(blocks, { now: now(), rest: { kind: 'prose', spans: [] } }),
    })
    return acknowledge(request, { response_action: 'update', view })
  }
  await acknowledge(request, type === 'block_suggestion' ? { options: [] } : undefined)
  if (typeof url !== 'string') return
  await sayAnswer(byResponseUrl({ url }, options), { ok: true, command: '', reply: { visibility: 'private', blocks } }, now())
}

async function acknowledge(request: object, answer?: unknown): Promise<void> {
  if ('ack' in request && typeof request.ack === 'function') await request.ack(answer)
}

function wordsFor(absent: Absence, installPage: string | undefined): Block[] {
  if (absent === 'unknown') return [prose({ text: 'Paperboy cannot answer just now. Try again in a moment.' })]
  if (absent === 'organisation') return [prose({ text: WORKSPACE_BY_WORKSPACE })]
  const said = prose({ text: 'Paperboy is not installed in this workspace, so it cannot answer here.' })
  const mend =
    installPage === undefined
      ? { text: 'Ask whoever runs Paperboy to install it here.' }
      : { text: 'Install Paperboy in this workspace', link: installPage }
  return [said, prose(mend)]
}

function prose(span: Span): Block {
  return { kind: 'prose', spans: [span] }
}
