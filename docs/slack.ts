// Makes docs/slack.svg: an answer and an alert as they look in Slack on a phone, drawn from the Block Kit that Paperboy really sends.
// `npx node docs/slack.ts file` writes it there instead.
import { writeFileSync } from 'node:fs'
import { messagesOf, oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import { openBot } from '#test/core/commands/bot.ts'
import { slackPicture } from './slack-drawing.ts'

const [file = 'docs/slack.svg'] = process.argv.slice(2)
const COMMAND = 'search sparse autoencoder'
const ALERTED = '2604.21691'
const DAY = Temporal.Instant.from('2026-11-24T09:00:00Z')

await using bot = await openBot({ at: DAY.toString() })
const { reply } = await bot.ask(COMMAND)
const [answer] = messagesOf(reply.blocks, { now: DAY })
const { papers } = await bot.ask(`paper ${ALERTED}`)
const why = [{ text: 'by Eric J. Michaud' }]
const alert = oneMessageOf(await bot.context.templates.alert({ papers: papers.map((paper) => ({ paper, why })) }), DAY)
const shown = [
  { caption: `/papers ${COMMAND}`, blocks: answer?.blocks ?? [] },
  { caption: 'An alert in #reading-group', blocks: alert?.blocks ?? [] },
]
writeFileSync(file, slackPicture(shown))
