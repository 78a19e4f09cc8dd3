// A strict stand-in for Slack and a bot that serves it, each in a process of its own.
import { beforeAll } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { freePort } from '#bench/bot.ts'
import { copyOf, killAll, startBotWith, startFakeOf } from './fake.ts'

/** A channel that the bot is in. */
export const CHANNEL = 'C0PAPERST0LAB'

export interface SlackAndBotOptions {
  /** What the bot's environment has besides what the fake gives; an empty value takes one away. */
  readonly environment?: Readonly<Record<string, string>>
  /** How Slack's requests come to the bot; over HTTP by default. */
  readonly delivery?: 'http' | 'socket'
  /** What the workspace grants the bot; the scopes of manifest.yaml by default. */
  readonly scopes?: readonly string[]
  /** More of the fake's flags, for instance --enforce-rate. */
  readonly flags?: readonly string[]
  /** Runs the bot with a lease and a settle time of seconds, not minutes. */
  readonly soon?: boolean
}

/** Both, from before the first test of a suite until after its last; they are there once the tests run. */
export function slackAndBot({ environment = {}, soon = false, ...options }: SlackAndBotOptions = {}) {
  const running = {} as { slack: Awaited<ReturnType<typeof startFake>>; bot: Awaited<ReturnType<typeof startBotWith>> }
  beforeAll(async () => {
    running.slack = await startFake(options)
    const { env, botPort } = running.slack
    running.bot = await startBotWith({ ...env, SLACK_PORT: String(botPort), ...environment }, soon)
  })
  killAll(running)
  return running
}

export function copyOfFake(): string {
  return copyOf('fake-slack.ts')
}

/** The fake, in a process of its own. */
export async function startFake({
  delivery = 'http',
  scopes = SCOPES.map(({ scope }) => scope),
  flags = [],
}: Pick<SlackAndBotOptions, 'delivery' | 'scopes' | 'flags'>) {
  const botPort = await freePort()
  const bot = `http://127.0.0.1:${botPort}/slack`
  const urls = ['--bot-url', `${bot}/events`, '--install-url', `${bot}/install`, '--redirect-uri', `${bot}/oauth_redirect`]
  const fake = await startFakeOf(copyOfFake(), 'fake-slack.ts', ['--delivery', delivery, ...urls, ...flags])
  await fake.ctl('team', { id: 'T0LAB', scopes })
  const env: Record<string, string> = { ...fake.env, ...(delivery === 'socket' && { SLACK_MODE: 'socket' }) }
  return { ...fake, env, botPort }
}
