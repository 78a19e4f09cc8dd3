// discord.js as it comes, in a process of its own, with a handler that does nothing but defer. `<api>` names Discord's stand-in.
import { Client, Events, GatewayIntentBits } from 'discord.js'

const [api = ''] = process.argv.slice(2)
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } })
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) interaction.deferReply().catch(() => undefined)
})
client.once(Events.ClientReady, () => process.send?.('ready'))
await client.login('bench')
process.on('disconnect', () => process.exit())
