import { webApi } from '@slack/bolt'
import { expect, test } from 'vitest'
import { directMessages } from '#adapters/chat/slack/people/direct.ts'
import { aServer } from '#test/adapters/http/server.ts'

/** Slack that answers conversations.open with these, one after the other. */
async function slackThatAnswers(...answers: readonly object[]) {
  let asked = 0
  const server = await aServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[asked++]))
  })
  const client = new webApi.WebClient('xoxb-1', { slackApiUrl: `${server.url}/api/`, retryConfig: { retries: 0 } })
  return { server, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test("a person's direct messages are looked for once", async () => {
  await using slack = await slackThatAnswers({ ok: true, channel: { id: 'D1' } }, { ok: true, channel: { id: 'D2' } })
  const direct = directMessages({ client: async () => slack.client })
  expect([await direct('T1', 'U1'), await direct('T1', 'U1'), await direct('T1', 'U2')]).toEqual(['D1', 'D1', 'D2'])
})

test('what Slack refused is asked again the next time', async () => {
  await using slack = await slackThatAnswers({ ok: false, error: 'missing_scope' }, { ok: true, channel: { id: 'D1' } })
  const direct = directMessages({ client: async () => slack.client })
  await expect(direct('T1', 'U1')).rejects.toMatchObject({ code: 'delivery', kind: 'forbidden' })
  expect(await direct('T1', 'U1')).toBe('D1')
})
