// What the chat platforms bring, answered by the bot.
import { counted } from '#core/commands/blocks.ts'
import type { Context } from '#core/commands/command.ts'
import { completeOption } from '#core/commands/complete.ts'
import { type Answer, dispatch } from '#core/commands/dispatch.ts'
import { homeOf } from '#core/commands/home.ts'
import { zoneSaid } from '#core/commands/zone-meant.ts'
import { wholeWorkspace } from '#core/place-settings.ts'
import type { Asker, ChatHandlers } from '#core/ports/platform.ts'
import type { Posting } from '#core/ports/posting.ts'
import { createRateLimit } from '#core/rate-limit.ts'
import { leave } from '#digests/leave.ts'
import { lift } from '#digests/suspend.ts'
import type { App } from './app.ts'

/** From when `stopping` aborts, whoever still waits is told so instead of answered: the stop is not waited for so long. */
export function createChatHandlers(app: App, posting: Posting, stopping?: AbortSignal): ChatHandlers {
  const { store, clock, log } = app
  const contextOf = (asker: Asker): Context => ({ ...app, ...asker, posting, confirm: 'ask' })
  /** As the person said it last, where the platform does not tell it. */
  async function zoneOf(asker: Asker): Promise<Pick<Context, 'zone'>> {
    if (asker.zone !== undefined) return {}
    const zone = await zoneSaid(asker, store).catch(() => undefined)
    return zone === undefined ? {} : { zone }
  }
  const secondsToWait = createRateLimit(clock)
  return {
    async answer(request, asker) {
      if (stopping?.aborted) return restarting()
      const seconds = secondsToWait(asker)
      return seconds > 0 ? tooFast(seconds) : dispatch(request, { ...contextOf(asker), ...(await zoneOf(asker)) })
    },
    async complete(option, begun, asker, limit) {
      try {
        return (await completeOption(option, begun, contextOf(asker))).slice(0, limit)
      } catch (error) {
        log.warn('completion failed', { error })
        return []
      }
    },
    async home(asker, channels) {
      try {
        return await homeOf(channels, contextOf(asker))
      } catch (error) {
        log.error('home failed', { error })
        return { own: [{ kind: 'prose', spans: [{ text: 'Something went wrong here. Come back in a moment.' }] }], channels: [] }
      }
    },
    async papers(ids) {
      try {
        return await store.papers.byIds(ids)
      } catch (error) {
        log.warn('papers could not be read', { error })
        return []
      }
    },
    async installed(installation) {
      await store.transaction(async (parts) => {
        await parts.installations.put(installation)
        await lift(parts, wholeWorkspace(installation), clock.now())
      })
    },
    async accepted(workspace) {
      await store.transaction((parts) => lift(parts, wholeWorkspace(workspace), clock.now()))
    },
    async uninstalled({ token, ...workspace }) {
      const destination = wholeWorkspace(workspace)
      await store.transaction(async (parts) => {
        if (token !== undefined) await parts.installations.remove({ ...workspace, token })
        const isInstalledAgain = (await parts.installations.get(workspace)) !== undefined
        if (isInstalledAgain) return
        await leave(parts, destination, clock.now())
      })
    },
    joined: async (channel) => {
      await store.transaction((parts) => lift(parts, channel, clock.now()))
    },
  }
}

function restarting(): Answer {
  return { ok: false, error: { code: 'restarting', message: 'Paperboy is being restarted.', hint: 'Ask again in a moment.' } }
}

function tooFast(seconds: number): Answer {
  const hint = `Ask again in ${counted(seconds, 'second')}.`
  return { ok: false, error: { code: 'too-fast', message: 'You ask faster than one person may.', hint } }
}
