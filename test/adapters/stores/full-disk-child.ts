// What a bot does on a disk that is full, printed as one JSON object: `<folder>`, in which nothing else may be written.
import { appendFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Delivery } from '#core/delivery.ts'
import { tick } from '#digests/tick.ts'
import { aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from '#test/digests/world.ts'

const [folder = ''] = process.argv.slice(2)
const FILLER = join(folder, 'filler')
const PAPERS = 400

/** Takes all that is left. */
function fill(): void {
  const { bavail, bsize } = statfsSync(folder)
  appendFileSync(FILLER, Buffer.alloc(bavail * bsize))
}

const store = await openSqliteStore(join(folder, 'paperboy.db'), { hasBallast: true })
const world = aWorld(store)
await store.subscriptions.add(aSubscription({ target: { kind: 'category', category: 'cs.LG' }, cadence: 'now' }))
const records = (many: number, from: number) =>
  Array.from({ length: many }, (_, at) =>
    aRecord({
      ids: [`arxiv:2611.${String(from + at).padStart(5, '0')}`],
      title: `Paper ${from + at}`,
      categories: ['cs.LG'],
      abstract: `word${from + at} `.repeat(400),
      announcement: 'new',
    }),
  )
const dependencies = { ...world.dependencies, categories: ['cs.LG'] }

const { platform } = world
/** Whatever is posted, there is no room to write it down. */
const cramped = {
  ...platform,
  post(delivery: Delivery) {
    fill()
    return platform.post(delivery)
  },
}

world.feeds.set('cs.LG', records(1, 1))
const posted = await tick({ ...dependencies, platforms: [cramped] }, world.pass({ minutes: 20 }))
const counts = await store.ledger.counts()
const hadRoom = await store.hasRoom()

// Nothing more is read, and what is written all the same is refused in words.
world.feeds.set('cs.LG', records(PAPERS, 2))
const full = await tick(dependencies, world.pass({ minutes: 20 }))
fill()
const refused = await store.papers.put(records(PAPERS, 2), world.now()).then(
  () => 'taken',
  (error: Error) => `${error.name}: ${error.message}`,
)

rmSync(FILLER)
const after = await tick(dependencies, world.pass({ minutes: 20 }))
const [hasRoom, papers] = [await store.hasRoom(), await store.papers.count()]
await store.close()

console.log(JSON.stringify({ posted, counts, hadRoom, full, refused, warnings: world.warnings, after, hasRoom, papers }))
