// One thread of crash-points.ts.
import { answer } from './threads.ts'
import { tried } from './trials.ts'

/** Some eighty moments of a scenario: of two thousand nearly all are statements. */
const SHARES = { statement: 0.01, commit: 0.3, call: 0.6 }

await answer((share) => tried(share, { shares: SHARES, boot: 'first', change: () => {} }))
