// What stands in for Slack, in a process of its own: it takes answers at /answer/…, and says yes to every call of the Web API.
// It sends its port to the parent, and answers each message from there with the answers that came since the last one.
import { createServer } from 'node:http'

const WORKSPACE = { ok: true, team_id: 'T0BENCH', user_id: 'U0PAPERBOY', bot_id: 'B0PAPERBOY' }

/** Of messages that belong to one answer, the first counts. */
let answered = new Set<string>()
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const url = request.url ?? ''
    if (url.startsWith('/answer/')) {
      answered.add(url)
      response.end('ok')
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(WORKSPACE))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' ? address?.port : undefined)
})
process.on('message', () => {
  process.send?.(answered.size)
  answered = new Set()
})
process.on('disconnect', () => process.exit())
