// What every request passes first, however it comes: each is handled once, and where the bot is not installed people are told so.
import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt'
import type { Desk } from '#adapters/chat/slack/asks/desk.ts'
import { sayAnswer } from '#adapters/chat/slack/asks/respond.ts'
import { byResponseUrl } from '#adapters/chat/slack/asks/response-url.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import type { Absence } from '#adapters/chat/slack/workspaces.ts'
import { createMemory } from '#core/memory.ts'
import type { EventStore } from '#core/ports/lease-store.ts'
import type { Block, Span } from '#core/reply.ts'
import { WORKSPACE_BY_WORKSPACE } from './install.ts'

/** More than Slack sends in the hour in which it repeats an event. */
const REMEMBERED = 50_000

export interface GateOptions extends Pick<Desk, 'wait' | 'now' | 'log'> {
  /** The page where a workspace installs the bot; undefined where none may. */
  readonly installPage: string | undefined
  /** Where other processes take events too: one of them takes each. */
  readonly events?: SharedEvents | undefined
}

export type SharedEvents = Pick<EventStore, 'take' | 'leave'>

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
      if (!(await isOurs(request.body, options))) return acknowledge(request)
      const absent: Absence | undefined = request.context.absent
      await (absent === undefined ? request.next() : turnAway(request, absent, options))
    } catch (error) {
      // Where it failed before it was taken, Slack may bring it again.
      if (id !== undefined) seen.delete(id)
      await leave(request.body, options)
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

/** Slack brings an event again, to any process, where it had no answer in time; commands and clicks it brings once. */
function eventOf(body: object): string | undefined {
  const { event_id: event } = body as Readonly<Record<string, unknown>>
  return typeof event === 'string' ? `slack ${event}` : undefined
}

/** False where another process has it. An event that nobody can say that of is answered: twice is better than not at all. */
async function isOurs(body: object, { events, now, log }: GateOptions): Promise<boolean> {
  const event = eventOf(body)
  if (event === undefined || events === undefined) return true
  try {
    return await events.take(event, now().toString())
  } catch (error) {
    log.warn('whether another process has a slack event cannot be looked up', { error })
    return true
  }
}

async function leave(body: object, { events, log }: GateOptions): Promise<void> {
  const event = eventOf(body)
  if (event === undefined) return
  await events?.leave(event).catch((error) => log.warn('a slack event could not be left to others', { error }))
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
