// A person's direct messages with the bot: the channel that stands for them, which reading and editing need.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { Client, Workspaces } from '#adapters/chat/slack/workspaces.ts'
import { DeliveryError } from '#core/errors.ts'
import { remembered } from './remembered.ts'

const PERSON = /^[UW]/
const DIRECT = /^[DUW]/
/** People remembered. */
const MOST = 10_000

/** The id of the channel in which the bot and a person of the workspace write to each other. Rejects with DeliveryError. */
export type DirectMessages = (workspace: string, person: string) => Promise<string>

/** Asks Slack once a person; what failed is asked again. */
export function directMessages(workspaces: Pick<Workspaces, 'client'>): DirectMessages {
  async function ask(workspace: string, person: string): Promise<string> {
    try {
      return await openDirect(await workspaces.client(workspace), person)
    } catch (error) {
      throw inOurWords(error)
    }
  }
  return remembered(ask, { most: MOST })
}

/** Whether only one person reads there, named by their own id or by that of their direct messages. */
export function isDirect(channel: string): boolean {
  return DIRECT.test(channel)
}

/** Whether it is a person's id: what is posted there stands in their direct messages. */
export function isPerson(channel: string): boolean {
  return PERSON.test(channel)
}

/** The channel of a person's direct messages. https://docs.slack.dev/reference/methods/conversations.open */
export async function openDirect(client: Client, person: string): Promise<string> {
  const { channel } = await client.conversations.open({ users: person })
  if (channel?.id === undefined) throw new DeliveryError('rejected', 'Slack answered without a channel.')
  return channel.id
}
