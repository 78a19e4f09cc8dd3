import { expect, test } from 'vitest'
import { createSocketReceiver } from '#adapters/chat/slack/requests/socket.ts'
import { ConfigError } from '#core/errors.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { aLog } from './a-log.ts'

/** A receiver beside a Slack that answers apps.connections.open so, and an HTTP server for pages on a port of its own. */
async function receiverWhere(answers: readonly object[]) {
  let asked = 0
  const slack = await aServer((_, response) => {
    const said = answers[Math.min(asked++, answers.length - 1)]
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  const probe = await aServer(() => undefined)
  const port = Number(new URL(probe.url).port)
  await probe[Symbol.asyncDispose]()
  const { log, logged } = aLog()
  const options = { appToken: 'xapp-1', apiUrl: `${slack.url}/api/`, host: '127.0.0.1', port, pages: async () => false, log }
  const asks = () => asked
  return {
    receiver: createSocketReceiver(options),
    port,
    logged,
    asks,
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  }
}

test('an app token that Slack refuses stops the start, with nothing left listening', async () => {
  await using slack = await receiverWhere([{ ok: false, error: 'invalid_auth' }])
  const failed = slack.receiver.start()
  await expect(failed).rejects.toThrow(ConfigError)
  await expect(failed).rejects.toThrow('invalid_auth')
  await expect(fetch(`http://127.0.0.1:${slack.port}/`)).rejects.toThrow()
})

test('what passes by itself is waited for, until the bot is stopped', async () => {
  await using slack = await receiverWhere([
    { ok: false, error: 'internal_error' },
    { ok: false, error: 'invalid_auth' },
  ])
  const failed = slack.receiver.start()
  await expect(failed).rejects.toThrow('invalid_auth')
  expect(slack.asks()).toBe(2)
  expect(slack.logged.map(({ message }) => message)).toEqual(['slack socket not open'])
})
