// Which platforms the config asks for; each one's SDK is loaded only where it is used.
import type { Config } from '#config'
import type { Log } from '#core/ports/log.ts'
import type { ChatPlatform } from '#core/ports/platform.ts'

/** Whether people can reach the bot on any platform but the terminal. */
export function hasPlatform(config: Config): boolean {
  return config.SLACK_BOT_TOKEN !== undefined
}

/** The configured platforms, not yet started. */
export async function openPlatforms(config: Config, now: () => Temporal.Instant, log: Log): Promise<ChatPlatform[]> {
  const platforms: ChatPlatform[] = []
  if (config.SLACK_BOT_TOKEN !== undefined) {
    const { slackPlatform } = await import('#adapters/chat/slack/slack.ts')
    const apiUrl = config.SLACK_API_URL === undefined ? {} : { apiUrl: config.SLACK_API_URL }
    platforms.push(slackPlatform({ token: config.SLACK_BOT_TOKEN, requests: slackRequests(config), ...apiUrl, now, log }))
  }
  return platforms
}

function slackRequests({ SLACK_MODE, SLACK_APP_TOKEN = '', SLACK_SIGNING_SECRET = '', HOST, SLACK_PORT }: Config) {
  if (SLACK_MODE === 'socket') return { mode: 'socket', appToken: SLACK_APP_TOKEN } as const
  return { mode: 'http', signingSecret: SLACK_SIGNING_SECRET, host: HOST, port: SLACK_PORT } as const
}
