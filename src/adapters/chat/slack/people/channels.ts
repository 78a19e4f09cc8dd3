// The channels that a person is in, of those that the bot may know of.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { Client } from '#adapters/chat/slack/workspaces.ts'
import type { Log } from '#core/ports/log.ts'

const PAGE = 200
/** Nobody reads more on one page; each costs a call. */
const MOST_PAGES = 5

/**
 * Public ones, and private ones that the bot is in as well: Slack tells of no others
 * (https://docs.slack.dev/reference/methods/users.conversations). Undefined where it does not tell. Never rejects.
 */
export async function channelsOf(client: Client, person: string, log: Log): Promise<string[] | undefined> {
  const found: string[] = []
  let cursor: string | undefined
  try {
    for (let page = 0; page < MOST_PAGES; page++) {
      const { channels = [], response_metadata: next } = await client.users.conversations({
        user: person,
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      })
      found.push(...channels.flatMap(({ id }) => (id === undefined ? [] : [id])))
      cursor = next?.next_cursor
      if (!cursor) break
    }
    return found
  } catch (error) {
    log.warn('slack did not tell the channels of a person', { error: inOurWords(error) })
    return undefined
  }
}
