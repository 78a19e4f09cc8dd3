import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { requireNameServer } from '#adapters/http/names.ts'

/** Answers nothing, or that it knows no name. */
async function nameServer(answers: boolean) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  // https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1: a response (8) that says NXDOMAIN (3).
  socket.on('message', (question, from) => {
    if (answers) socket.send(Buffer.concat([question.subarray(0, 2), Buffer.of(0x81, 0x83), question.subarray(4)]), from.port)
  })
  return { servers: [`127.0.0.1:${socket.address().port}`], [Symbol.dispose]: () => socket.close() }
}

const ADDRESS = 'https://papers.example.org/api'

test('a name server that answers is enough, whatever it says', async () => {
  using server = await nameServer(true)
  await requireNameServer(ADDRESS, server)
})

test('where none answers in time that is said', async () => {
  using server = await nameServer(false)
  await expect(requireNameServer(ADDRESS, { ...server, milliseconds: 20 })).rejects.toMatchObject({ code: 'source' })
})

test('where none is at all, the system is soon done itself', async () => {
  const { servers, [Symbol.dispose]: close } = await nameServer(false)
  close()
  await requireNameServer(ADDRESS, { servers })
})

test.each(['http://127.0.0.1:1/api', 'http://[::1]:1/api', 'http://localhost:1/api'])(
  '%s is asked no name server',
  async (url) => {
    using server = await nameServer(false)
    await requireNameServer(url, { ...server, milliseconds: 0 })
  },
)
