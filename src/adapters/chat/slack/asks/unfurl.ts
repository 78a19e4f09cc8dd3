// Links to papers that people post: those of papers known here are shown with the paper's card.
import type { SlackEventMiddlewareArgs, types } from '@slack/bolt'
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import { messagesOf } from '#adapters/chat/slack/render/message.ts'
import { paperActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import { parsePaperId } from '#core/paper-id.ts'
import type { ChatHandlers } from '#core/ports/platform.ts'
import type { Listener } from './desk.ts'

/** Cards below one message; who posts a reading list wants no second one below it. */
const MOST = 3
/** As in a list: Details shows the whole abstract. */
const ABSTRACT = 400
const COMPOSER = 'composer'

type LinkShared = SlackEventMiddlewareArgs<'link_shared'>

export const listenToLinks: Listener = (app, { handlers, workspaces, work, now, log }) => {
  app.event('link_shared', async ({ event, body, context }) => {
    if (isOurOwn(event, body)) return
    const workspace = context.teamId ?? body.team_id
    const taken = work(async () => {
      const papers = await papersLinked(event.links, handlers)
      if (papers.length === 0) return
      const unfurls = Object.fromEntries(papers.map(({ url, paper }) => [url, { blocks: cardOf(paper, now()) }]))
      try {
        const client = await workspaces.client(workspace)
        await client.chat.unfurl({ ...placeOf(event), unfurls })
      } catch (error) {
        log.warn('slack did not take a link’s card', { error: inOurWords(error) })
      }
    }, workspace)
    if (!taken) log.warn('a link was left without its card: too much waits')
  })
}

/** What the bot posts names its papers already. */
export function isOurOwn(
  { user }: Pick<LinkShared['event'], 'user'>,
  { authorizations }: Pick<LinkShared['body'], 'authorizations'>,
): boolean {
  return authorizations?.some(({ is_bot: isBot, user_id: id }) => isBot && id === user) ?? false
}

/** Where the card belongs: below the message, or below the one that is being written. */
export function placeOf({ channel, message_ts: ts, unfurl_id: id, source }: LinkShared['event']) {
  return source === COMPOSER && id !== undefined ? ({ unfurl_id: id, source: COMPOSER } as const) : { channel, ts }
}

/** The first links to papers that are known, one a paper. */
export async function papersLinked(
  links: readonly { readonly url: string }[],
  { papers }: Pick<ChatHandlers, 'papers'>,
): Promise<{ url: string; paper: Paper }[]> {
  const found = new Map<number, { url: string; paper: Paper }>()
  for (const { url } of links) {
    const id = parsePaperId(url)?.id
    const [paper] = id === undefined ? [] : await papers([id])
    if (paper && !found.has(paper.number)) found.set(paper.number, { url, paper })
    if (found.size === MOST) break
  }
  return [...found.values()]
}

/** What stands below the message. */
export function cardOf(paper: Paper, now: Temporal.Instant): types.KnownBlock[] {
  const card = { kind: 'card', paper, form: 'listing', actions: paperActions(paper) } as const
  return messagesOf([card], { now, abstract: ABSTRACT }).flatMap(({ blocks }) => blocks)
}
