// `paperboy serve` with a lease and a settle time of seconds: what is unclear, or cut short by a kill, is looked into within a
// minute. Slack has ten seconds for an answer, which both are longer than.
import { serveCall } from '#cli/serve.ts'

process.exitCode = await serveCall({ lease: 24, settle: 12 })
