// Rolling upgrades: processes of one version go on while one of the next version brings the tables up to date.
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { migrate } from '#adapters/stores/postgres/open.ts'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { migrations } from '#adapters/stores/sql/migrations.ts'
import { deliver } from '#digests/outbox.ts'
import { aWorld } from '#test/digests/world.ts'
import { testPostgres } from '#test/postgres.ts'
import { NOON, OURS, putPapers, subscription } from './contract/opening.ts'

const postgres = await testPostgres()
/** What a step may do: it adds, and nothing that is there means anything else. */
const NEXT = [
  ...migrations,
  [
    'ALTER TABLE papers ADD COLUMN shade TEXT',
    "ALTER TABLE deliveries ADD COLUMN hue TEXT NOT NULL DEFAULT 'plain'",
    'CREATE TABLE shades (name TEXT PRIMARY KEY, paper INTEGER NOT NULL)',
    'CREATE INDEX papers_by_shade ON papers (shade)',
  ],
]

async function upgrade(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await migrate(client, NEXT)
  } finally {
    await client.end()
  }
}

describe.skipIf(postgres.isMissing)('while a newer version changes the tables', () => {
  test('processes that run go on as before, and what they began is kept', async () => {
    const url = await postgres.emptyUrl()
    const store = await openPostgresStore(url)
    const { dependencies, platform } = aWorld(store)
    const delivery = (part: number) => {
      const blocks = [{ kind: 'prose', spans: [{ text: `part ${part}` }] }] as const
      const destination = { ...OURS, platform: 'terminal' } as const
      return { destination, kind: 'digest', subject: 'slot', part, blocks, claims: [] } as const
    }
    await store.subscriptions.add(subscription('before'))
    await store.ledger.record([delivery(0)], NOON)
    const going = Array.from({ length: 20 }, (_, at) => putPapers(store, [`2603.${10_000 + at}`]))
    await Promise.all([upgrade(url), ...going])
    await putPapers(store, ['2603.00002'])
    await store.ledger.record([delivery(1)], NOON)
    expect(await deliver(dependencies)).toBe(2)
    expect(platform.posted).toHaveLength(2)
    expect(await store.papers.count()).toBe(21)
    expect(await store.subscriptions.all()).toHaveLength(1)
    await store.close()
  })

  test('one of the version before that starts afterwards is refused with a sentence', async () => {
    const url = await postgres.emptyUrl()
    await upgrade(url)
    await expect(openPostgresStore(url)).rejects.toThrow('was written by a newer Paperboy')
  })
})
