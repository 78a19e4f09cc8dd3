// A strict stand-in for Discord, with Discord's own OpenAPI document, and a bot that serves it, each in a process of its own.
import { beforeAll } from 'vitest'
import { copyOf, killAll, startBotWith, startFakeOf } from './fake.ts'

/** A text channel that the bot may write in. */
export const CHANNEL = '3000000000000000002'

export interface DiscordAndBotOptions {
  /** What the bot's environment has besides what the fake gives. */
  readonly environment?: Readonly<Record<string, string>>
  /** More of the fake's flags, for instance --shards 2. */
  readonly flags?: readonly string[]
  /** What the fake is told before the bot starts, by the names of its control API. */
  readonly first?: readonly (readonly [command: string, fields: object])[]
  /** Runs the bot with a lease and a settle time of seconds, not minutes. */
  readonly soon?: boolean
}

/** Both, from before the first test of a suite until after its last; they are there once the tests run. */
export function discordAndBot({ environment = {}, flags = [], first = [], soon = false }: DiscordAndBotOptions = {}) {
  const running = {} as { discord: Awaited<ReturnType<typeof startFake>>; bot: Awaited<ReturnType<typeof startBotWith>> }
  beforeAll(async () => {
    running.discord = await startFake(flags)
    for (const [command, fields] of first) await running.discord.ctl(command, fields)
    running.bot = await startBotWith({ ...running.discord.env, ...environment }, soon)
  })
  killAll(running)
  return running
}

export function copyOfFake(): string {
  return copyOf('fake-discord.ts', 'discord-openapi.json')
}

/** The fake, in a process of its own. */
export function startFake(flags: readonly string[] = []) {
  return startFakeOf(copyOfFake(), 'fake-discord.ts', ['--openapi', 'discord-openapi.json', ...flags])
}
