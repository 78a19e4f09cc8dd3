// A workspace that took the bot out: nothing is posted there any more. Slack says so twice, in any order, and perhaps only after the
// bot was installed again, so what works still is left alone.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { Uninstalled } from '#core/ports/platform.ts'
import type { Desk, Listener } from './desk.ts'

export const listenToUninstalls: Listener = (app, desk) => {
  const looking = new Set<string>()

  async function lookInto(workspace: string): Promise<void> {
    if (looking.has(workspace)) return
    looking.add(workspace)
    try {
      const gone = await whatIsGone(workspace, desk)
      if (!gone) return desk.log.info('slack workspace has the bot still', { workspace })
      desk.log.info('slack workspace uninstalled', { workspace })
      await desk.handlers.uninstalled(gone)
    } finally {
      looking.delete(workspace)
    }
  }

  app.event('app_uninstalled', async ({ body }) => lookInto(body.team_id))
  app.event('tokens_revoked', async ({ body, event }) => {
    // People's own tokens are none of ours.
    if ((event.tokens.bot ?? []).length > 0) await lookInto(body.team_id)
  })
}

/** Undefined unless Slack refuses the bot's newest token; where it does not say, the next delivery will show. */
async function whatIsGone(workspace: string, { workspaces }: Desk): Promise<Uninstalled | undefined> {
  const tokens: string[] = []
  workspaces.forget(workspace)
  try {
    await workspaces.withClient(workspace, async ({ auth, token }) => {
      if (token !== undefined) tokens.push(token)
      await auth.test().catch((error) => {
        throw inOurWords(error)
      })
    })
    return undefined
  } catch (error) {
    if (inOurWords(error).kind !== 'revoked') return undefined
    const token = tokens.at(-1)
    return { platform: 'slack', workspace, ...(token !== undefined && { token }) }
  }
}
