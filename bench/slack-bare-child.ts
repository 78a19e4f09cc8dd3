// Bolt as it comes, in a process of its own: its own receiver and a handler that does nothing but acknowledge. `<secret>` → its
// port, sent to the parent.
import { App, HTTPReceiver } from '@slack/bolt'

const [signingSecret = ''] = process.argv.slice(2)
const receiver = new HTTPReceiver({ signingSecret })
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench' }) })
app.command('/papers', async ({ ack }) => ack())
const server = await app.start({ port: 0, host: '127.0.0.1' })
const address = server.address()
process.send?.(typeof address === 'object' ? address?.port : undefined)
process.on('disconnect', () => process.exit())
