// A workspace that took the bot out: nothing is posted there any more. Slack says so twice, in any order, and perhaps only after the
// bot was installed again, so what works still is left alone.
import { inOurWords } from '#adapters/chat/slack/deliver/failures.ts'
import type { Desk, Listener } from './desk.ts'

export const listenToUninstalls: Listener = (app, desk) => {
  const looking = new Set<string>()

  async function lookInto(workspace: string): Promise<void> {
    if (looking.has(workspace)) return
    looking.add(workspace)
    try {
      if (await isTaken(workspace, desk)) desk.log.info('slack workspace has the bot still', { workspace })
      else {
        desk.log.info('slack workspace uninstalled', { workspace })
        await desk.handlers.uninstalled({ platform: 'slack', workspace })
      }
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

/** False where Slack refuses the bot's newest token; where it does not say, the next delivery will show. */
async function isTaken(workspace: string, { workspaces }: Desk): Promise<boolean> {
  workspaces.forget(workspace)
  try {
    await workspaces.withClient(workspace, async ({ auth }) => {
      await auth.test().catch((error) => {
        throw inOurWords(error)
      })
    })
    return true
  } catch (error) {
    return inOurWords(error).kind !== 'revoked'
  }
}
