// Whether the chat platforms would take the bot: each says so itself, without being started.
import { hasPlatform, openPlatforms, type PlatformOptions } from '#cli/platforms.ts'
import type { Config, Problem } from '#config'
import { enumerate } from '#core/commands/blocks.ts'
import type { Log } from '#core/ports/log.ts'
import type { PhraseStore } from '#core/ports/phrase-store.ts'
import type { Check } from '#core/ports/platform.ts'
import { DEFAULT_SETTINGS } from '#core/settings.ts'

const PLATFORM_VARIABLE = /^(SLACK|DISCORD)_/
/** A check says nothing with buttons. */
const phrases: PhraseStore = { keep: async () => undefined, get: async () => undefined }
/** Nor does it post. */
const channels = { get: async () => DEFAULT_SETTINGS }
const quiet = () => undefined
/** What is found is told by the checks. */
const silent: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
/** Whoever sets one of these means to have Slack. */
const OF_NO_USE_ALONE = ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const

/** Nothing is asked while what a platform needs is set wrong. */
export async function checkPlatforms(
  config: Config,
  problems: readonly Problem[],
  { installations, now }: Pick<PlatformOptions['store'], 'installations'> & Pick<PlatformOptions, 'now'>,
): Promise<Check[]> {
  const about = 'chat'
  const wrong = problems.filter(({ name }) => PLATFORM_VARIABLE.test(name)).map(({ name }) => name)
  if (wrong.length > 0) {
    const found = `Nobody is asked until ${enumerate(wrong)} ${wrong.length === 1 ? 'is' : 'are'} mended.`
    return [{ about, state: 'warning', found, mend: 'Mend the configuration first, then run paperboy doctor again.' }]
  }
  if (!hasPlatform(config)) {
    const alone = OF_NO_USE_ALONE.filter((name) => config[name] !== undefined)
    if (alone.length > 0) {
      const found = `${enumerate(alone)} ${alone.length === 1 ? 'is' : 'are'} set, but SLACK_BOT_TOKEN is not, so Slack is not served.`
      return [{ about, state: 'warning', found, mend: 'Set SLACK_BOT_TOKEN: docs/slack.md says where it is found.' }]
    }
    const mend =
      'To have it in Slack, set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (over HTTP, SLACK_SIGNING_SECRET): docs/slack.md goes through it. To have it in Discord, set DISCORD_TOKEN and DISCORD_APP_ID: docs/discord.md.'
    return [{ about, state: 'fine', found: 'No chat platform is configured; the terminal works: npm start.', mend }]
  }
  const platforms = await openPlatforms(config, { store: { installations, phrases, channels }, now, log: silent })
  return (await Promise.all(platforms.map((platform) => platform.check()))).flat()
}
