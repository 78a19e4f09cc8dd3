// Slack's Web API on loopback, for tests of what is asked of it: each method answers as told.
import { webApi } from '@slack/bolt'
import { aServer } from '#test/adapters/http/server.ts'

type Body = Readonly<Record<string, string>>
type Answers = Readonly<Record<string, object | ((body: Body) => object | undefined)>>

/** A method without an answer has none: the request is left open. */
export async function aSlack(answers: Answers) {
  const asked: { readonly method: string; readonly body: Body }[] = []
  const server = await aServer(async (request, response) => {
    const method = request.url?.split('/').at(-1) ?? ''
    const text = (await request.toArray()).join('')
    const isJson = request.headers['content-type']?.startsWith('application/json')
    const body: Body = isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))
    asked.push({ method, body })
    const answer = answers[method]
    const said = typeof answer === 'function' ? answer(body) : answer
    if (said) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, ...said }))
  })
  const client = new webApi.WebClient('xoxb-1', { slackApiUrl: `${server.url}/api/`, retryConfig: { retries: 0 } })
  return {
    asked,
    url: server.url,
    workspaces: { client: async () => client, authorize: async ({ teamId = '' }) => ({ botToken: 'xoxb-1', teamId }) },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

export const NO_SCOPE = { ok: false, error: 'missing_scope' }
