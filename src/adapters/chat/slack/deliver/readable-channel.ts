// The channel in which what was posted is read and edited: a person's direct messages have an id of their own there.
import { isPerson, openDirect } from '#adapters/chat/slack/people/direct.ts'
import type { Client } from '#adapters/chat/slack/workspaces.ts'
import type { Destination } from '#core/subscription.ts'

/** Calls a method of Slack's with a workspace's client, at its pace. Rejects with DeliveryError alone. */
export type Ask = <T>(workspace: string, method: string, call: (client: Client) => Promise<T>) => Promise<T>

/** Rejects with DeliveryError. */
export async function readableChannel({ workspace, channel }: Destination, ask: Ask): Promise<string> {
  return isPerson(channel) ? ask(workspace, 'conversations.open', (client) => openDirect(client, channel)) : channel
}
