// Messages in which a person asks something: answered where they were said.
import type { Context, EnvelopedEvent } from '@slack/bolt'
import { actions, note, prose, toType } from '#core/commands/blocks.ts'
import type { Answer } from '#core/commands/dispatch.ts'
import type { Desk } from './desk.ts'
import { asksForForm } from './follow-modal.ts'
import { byMessage } from './posted.ts'
import { respond, sayBusy } from './respond.ts'

/** What mentions and direct messages have in common. */
export interface AskingMessage {
  readonly channel: string
  readonly ts: string
  readonly text?: string
  readonly thread_ts?: string
  readonly user?: string
  /** The person's own workspace. */
  readonly user_team?: string
  readonly team?: string
  readonly bot_id?: string
  readonly subtype?: string | undefined
  readonly edited?: unknown
}

export interface Asked {
  readonly workspace: string
  /** The organisation that the workspace is one of several of. */
  readonly organisation: string | undefined
  readonly line: string
  /** The message under which everybody is answered; where it was said, if undefined. */
  readonly under: string | undefined
}

/** What people say in other ways: with a file, in a thread and its channel at once, of themselves. */
const SAID: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message'])

/** A message cannot open a form, its button can. */
const FORM_OFFERED: Answer = {
  ok: true,
  command: 'follow',
  reply: {
    visibility: 'private',
    blocks: [
      prose('An author, a topic, a category or a feed can be followed, by a form or written out, for example:'),
      note(toType('follow topic "sparse autoencoder"')),
      ...actions({ label: 'Follow by a form', command: 'follow', form: true }),
    ],
  },
}

/** Whether a person said it, just now: no bot, this one included, no edit of what was answered, no notice of Slack's. */
export function isByPerson<Event extends AskingMessage>(event: Event): event is Event & { readonly user: string } {
  return event.user !== undefined && event.bot_id === undefined && SAID.has(event.subtype) && event.edited === undefined
}

/** The bot's own id in the workspace, where anything says it. */
export function botOf({ botUserId }: Context, { authorizations }: Pick<EnvelopedEvent, 'authorizations'>): string | undefined {
  return botUserId ?? authorizations?.find(({ is_bot: isBot }) => isBot)?.user_id
}

export function answerSaid(
  said: AskingMessage & { readonly user: string },
  { workspace, organisation, line, under }: Asked,
  desk: Desk,
): void {
  const { handlers, workspaces, people, work, refuse } = desk
  const { channel, user, thread_ts: thread } = said
  const person = { id: user, name: user, workspace: said.user_team ?? said.team }
  const way = async () => byMessage(await workspaces.client(workspace), { channel, person: user, under, thread }, desk)
  const ask = async () => {
    if (asksForForm(line)) return FORM_OFFERED
    return handlers.answer({ line }, await people.asker({ workspace, organisation, channel, person, thread: under }))
  }
  const taken = work(async () => respond(await way(), ask, desk), workspace)
  if (!taken) refuse(async () => sayBusy(await way()), workspace)
}
