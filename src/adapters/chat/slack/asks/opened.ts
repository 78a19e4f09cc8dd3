// Where a view was opened, and by whom: kept in its metadata, and held against who sends something from it.
import type { BlockAction } from '@slack/bolt'
import { z } from 'zod'
import { codeOf, inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { People } from '#adapters/chat/slack/people/people.ts'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import type { Answer, Request } from '#core/commands/dispatch.ts'
import type { Asker } from '#core/ports/platform.ts'
import type { Desk } from './desk.ts'
import { threadOfButton } from './thread.ts'

const Opened = z.object({
  workspace: z.string(),
  /** The organisation that the workspace is one of several of. */
  organisation: z.string().optional(),
  person: z.string(),
  /** Absent where it was opened from the Home tab. */
  channel: z.string().optional(),
  thread: z.string().optional(),
})
export type Opened = z.infer<typeof Opened>

const Asking = z.object({
  request: z.union([
    z.object({ line: z.string() }),
    z.object({ path: z.array(z.string()), options: z.record(z.string(), z.unknown()) }),
  ]),
})

/** A person as Slack's requests name them. */
export interface Sender {
  readonly id: string
  readonly name?: string
  readonly team_id?: string
}

/** As a view's metadata, with what sending the view is to run; undefined where that is longer than Slack keeps. */
export function metadataOf(opened: Opened, request?: Request): string | undefined {
  const text = JSON.stringify({ ...opened, ...(request && { request }) })
  return text.length <= LIMITS.privateMetadata ? text : undefined
}

/** What the metadata says; undefined where it is not of this workspace and this person, or none of ours. */
export function openedFrom(metadata: string, workspace: string | undefined, person: string): Opened | undefined {
  const { success, data } = Opened.safeParse(parsed(metadata))
  return success && data.workspace === workspace && data.person === person ? data : undefined
}

/** What sending the view is to run. */
export function requestFrom(metadata: string): Request | undefined {
  return Asking.safeParse(parsed(metadata)).data?.request
}

/** What Slack says of where something was pressed or typed. */
export interface Pressed {
  readonly team: { readonly id: string; readonly enterprise_id?: string | null } | null
  readonly user: { readonly id: string }
  readonly container: BlockAction['container']
  readonly message?: NonNullable<BlockAction['message']>
  readonly channel?: { readonly id: string } | undefined
  readonly view?:
    | { readonly type: string; readonly private_metadata: string; readonly app_installed_team_id?: string }
    | undefined
}

/** In a message, in the Home tab, or in a modal of ours, which knows where it was opened; undefined where that was by another person. */
export function pressedIn(body: Pressed): Opened | undefined {
  const { team, user, channel, view, container, message } = body
  if (!team) return undefined
  if (view?.type === 'modal') return openedFrom(view.private_metadata, view.app_installed_team_id ?? team.id, user.id)
  const thread = threadOfButton({ container, ...(message && { message }) })
  return {
    workspace: team.id,
    ...(team.enterprise_id && { organisation: team.enterprise_id }),
    person: user.id,
    ...(channel && { channel: channel.id }),
    ...(thread !== undefined && { thread }),
  }
}

/**
 * Who asks from the view; from the Home tab they ask in their direct messages. Rejects with DeliveryError where Slack does not say
 * this time which channel those are: what is followed under another name of it would come twice.
 */
export async function askerOf(opened: Opened, sender: Sender, people: People): Promise<Asker> {
  const asker = await whoAsks(opened, sender, people)
  if (opened.channel !== undefined) return asker
  try {
    return { ...asker, destination: (await asker.direct?.()) ?? asker.destination }
  } catch (error) {
    // Where the app may never ask, the person's own id is the one name there is.
    if (codeOf(inOurWords(error).cause) === 'missing_scope') return asker
    throw error
  }
}

/** The same where it makes no difference which channel a person's direct messages are. Never rejects. */
export function whoAsks({ workspace, organisation, channel, thread }: Opened, sender: Sender, people: People): Promise<Asker> {
  const person = { id: sender.id, name: sender.name ?? sender.id, workspace: sender.team_id }
  return people.asker({ workspace, organisation, channel: channel ?? sender.id, person, thread })
}

/** Runs it as who asks from the view. Never rejects: where Slack does not say who that is, the answer does. */
export async function answerIn(
  opened: Opened,
  sender: Sender,
  request: Request,
  { handlers, people }: Pick<Desk, 'handlers' | 'people'>,
): Promise<Answer> {
  try {
    return await handlers.answer(request, await askerOf(opened, sender, people))
  } catch (error) {
    const { code, message, hint } = inOurWords(error)
    return { ok: false, error: { code, message, hint: hint ?? 'Try it again in a moment.' } }
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
