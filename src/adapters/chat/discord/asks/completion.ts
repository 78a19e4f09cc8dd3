// What an option of /papers may be, while it is typed: soon or not at all.
import { type AutocompleteInteraction, Events } from 'discord.js'
import { COMMAND } from '#adapters/chat/discord/register/commands.ts'
import { LIMITS } from '#adapters/chat/discord/render/limits.ts'
import type { Listener } from './desk.ts'
import { typedIn } from './typed.ts'

/** Milliseconds; Discord takes none after three seconds. */
const PATIENCE_MS = 2000

export const listenToCompletions: Listener = (client, { handlers, people, isOurs, work, log }) => {
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isAutocomplete() || interaction.commandName !== COMMAND) return
    if (!isOurs()) return
    const late = AbortSignal.timeout(PATIENCE_MS)
    const isTaken = work(() => complete(interaction, late), interaction.guildId ?? interaction.user.id)
    // What too much waits for is offered nothing: whoever types goes on typing.
    if (!isTaken) interaction.respond([]).catch((error) => log.warn('discord did not take a completion', { error }))
  })

  async function complete(interaction: AutocompleteInteraction, late: AbortSignal): Promise<void> {
    try {
      const { promise: nothing, resolve } = Promise.withResolvers<string[]>()
      late.addEventListener('abort', () => resolve([]), { once: true })
      if (late.aborted) resolve([])
      await interaction.respond(choicesOf(await Promise.race([valuesOf(interaction), nothing])))
    } catch (error) {
      log.warn('discord did not take a completion', { error })
    }
  }

  async function valuesOf(interaction: AutocompleteInteraction): Promise<string[]> {
    const { path, options } = typedIn(interaction)
    const { name, value } = interaction.options.getFocused(true)
    return handlers.complete({ path, option: name, given: options }, value, await people.asker(interaction), LIMITS.choices)
  }
}

function choicesOf(values: readonly string[]) {
  return values.filter((one) => one !== '' && one.length <= LIMITS.choice).map((one) => ({ name: one, value: one }))
}
