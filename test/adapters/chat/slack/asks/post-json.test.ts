import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { postJson } from '#adapters/chat/slack/asks/post-json.ts'

async function serverThat(answers: RequestListener): Promise<string> {
  const server = createServer(answers).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer`
}

test('posts JSON, and tells what came of it', async () => {
  const url = await serverThat(async (request, response) => {
    response.end(`${request.method} ${request.headers['content-type']} ${await text(request)}`)
  })
  expect(await postJson(url, { text: 'Gödel' })).toEqual({ status: 200, said: 'POST application/json {"text":"Gödel"}' })
})

test('one post after another goes over the same connection', async () => {
  const ports = new Set<number | undefined>()
  const url = await serverThat((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('ok')
  })
  for (let post = 0; post < 5; post++) await postJson(url, {})
  expect(ports.size).toBe(1)
})

test('of a refusal the beginning is told, however long it is', async () => {
  const url = await serverThat((_, response) => response.writeHead(404).end('no_such_hook '.repeat(10_000)))
  const { status, said } = await postJson(url, {})
  expect(status).toBe(404)
  expect(said).toHaveLength(500)
})

test('rejects where nobody answers, where the answer breaks off, and where the address is none', async () => {
  const url = await serverThat((request) => request.socket.destroy())
  await expect(postJson(url, {})).rejects.toThrow()
  const cut = await serverThat((request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('half of it', () => request.socket.destroy())
  })
  await expect(postJson(cut, {})).rejects.toThrow()
  await expect(postJson('not an address', {})).rejects.toThrow()
})
