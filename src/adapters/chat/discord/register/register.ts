// Registers the commands where they are not what they should be: Discord counts every registration.
import { ApplicationIntegrationType, InteractionContextType, type REST, Routes } from 'discord.js'
import { chatCommand } from './commands.ts'

export interface Registering {
  readonly app: string
  /** One guild for development, where commands change at once; everywhere otherwise. */
  readonly guild?: string
}

/** True where something had to be registered. Rejects with what Discord's client throws. */
export async function register(rest: REST, { app, guild }: Registering): Promise<boolean> {
  const route = guild === undefined ? Routes.applicationCommands(app) : Routes.applicationGuildCommands(app, guild)
  // Where it may be used belongs to commands that are registered everywhere.
  const everywhere = {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  }
  const wanted = [{ ...chatCommand(), ...(guild === undefined && everywhere) }]
  const there = (await rest.get(route)) as readonly object[]
  if (there.length === wanted.length && wanted.every((command, at) => holds(there[at], command))) return false
  await rest.put(route, { body: wanted })
  return true
}

/** Whether all that is wanted stands there; what is left out counts as empty. */
function holds(there: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list = Array.isArray(there) ? there : []
    return list.length === wanted.length && wanted.every((one, at) => holds(list[at], one))
  }
  if (typeof wanted !== 'object' || wanted === null) return there === wanted || (wanted === false && there === undefined)
  if (typeof there !== 'object' || there === null) return false
  return Object.entries(wanted).every(([key, value]) => holds((there as Record<string, unknown>)[key], value))
}
