// Makes docs/discord.svg: an answer and an alert as they look in Discord on a phone, drawn from the components that Paperboy really sends.
// `npx node docs/discord.ts file` writes it there instead.
import { writeFileSync } from 'node:fs'
import { messagesOf, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { openBot } from '#test/core/commands/bot.ts'
import { discordPicture } from './discord-drawing.ts'

const [file = 'docs/discord.svg'] = process.argv.slice(2)
const ASKED = 'sparse autoencoder'
const ALERTED = '2604.21691'
const DAY = Temporal.Instant.from('2026-11-24T09:00:00Z')

await using bot = await openBot({ at: DAY.toString() })
const { reply } = await bot.ask(`search ${ASKED}`)
const [answer] = messagesOf(reply.blocks, { now: DAY })
const { papers } = await bot.ask(`paper ${ALERTED}`)
const why = [{ text: 'by Eric J. Michaud' }]
const alert = oneMessageOf(await bot.context.templates.alert({ papers: papers.map((paper) => ({ paper, why })) }), { now: DAY })
const shown = [
  { caption: `/papers search query:${ASKED}`, components: answer?.components ?? [] },
  { caption: 'An alert in #reading-group', components: alert?.components ?? [] },
]
writeFileSync(file, discordPicture(shown))
