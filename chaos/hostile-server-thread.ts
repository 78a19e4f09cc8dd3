// The stand-in for all hostile servers, in a thread of its own so that its work is not taken for the bot's. The host asked for says
// what it answers: `n7.…` the seventh of its answers, `s7.crossref.…` what the source of this name answers, by this seed. It tells
// its port.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { seededRandom } from '#bench/corpus.ts'
import { hostileAnswers } from './hostile-answers.ts'
import { hostileJson } from './hostile-json.ts'
import { hostileTexts } from './hostile-texts.ts'

const HOST = /^([ns])(\d{1,9})\.([a-z-]+)\./
/** One text in so many is swollen. */
const SWOLLEN = 4

const server = createServer((request, response) => {
  request.socket.on('error', () => undefined)
  response.on('error', () => undefined)
  const [, by, number, name = ''] = HOST.exec(request.headers.host ?? '') ?? []
  if (by === 'n') hostileAnswers[Number(number)]?.answer(request, response)
  else if (by === 's') answerAs(name, Number(number), request, response)
  else response.writeHead(404).end()
})
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))

function answerAs(source: string, seed: number, request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  const chance = seededRandom(seed)
  response.end(source.startsWith('arxiv-') ? hostileTexts(chance, SWOLLEN)().bytes : hostileJson(source, chance))
}
