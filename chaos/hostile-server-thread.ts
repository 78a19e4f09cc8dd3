// The stand-in for all hostile servers, in a thread of its own so that its work is not taken for the bot's: the first word of the
// host asked for is the number of the answer. It tells its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { hostileAnswers } from './hostile-answers.ts'

const NUMBER = /^n(\d{1,4})\./

const server = createServer((request, response) => {
  request.socket.on('error', () => undefined)
  response.on('error', () => undefined)
  const hostile = hostileAnswers[Number(NUMBER.exec(request.headers.host ?? '')?.[1] ?? -1)]
  if (hostile) hostile.answer(request, response)
  else response.writeHead(404).end()
})
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
