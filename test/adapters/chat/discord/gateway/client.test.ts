import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { createClient } from '#adapters/chat/discord/gateway/client.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'
import { aServer } from '#test/adapters/http/server.ts'

const APP = '1000000000000000001'

test('answers that were deferred are not held back by the fifty requests a second that a bot has', async () => {
  await using server = await aServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  const { client } = createClient({
    rest: { api: server.url },
    budget: () => 0,
    passes: async () => true,
    chance: () => 0,
    log: aLog().log,
  })
  const waits: number[] = []
  client.rest.on('rateLimited', ({ timeToReset }) => waits.push(timeToReset))
  const answers = Array.from({ length: 120 }, (_, at) => Routes.webhookMessage(APP, `token-${at}`))
  await Promise.all(answers.map((route) => client.rest.patch(route, { body: {}, auth: false })))
  expect(waits).toEqual([])
  await client.destroy()
})
