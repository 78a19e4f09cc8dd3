// A service of thousands of workspaces on PostgreSQL: 100,000 subscriptions, each paper selected by 0.05 % of them, and a digest
// a workspace, all of which is written in a few statements.
import pg from 'pg'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { columnsOf, toColumn } from '#adapters/stores/sql/database.ts'
import { authorKey } from '#core/author-name.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import { type Target, targetKey } from '#core/subscription.ts'

export const WORKSPACES = 10_000
export const SUBSCRIPTIONS = 100_000
/** Of a paper. */
export const FOLLOWERS = 50
const TARGETS = SUBSCRIPTIONS / FOLLOWERS
/** Two channels a workspace. */
const CHANNELS = 2 * WORKSPACES
/** The share that follows an author; the others follow a topic. */
const AUTHORS = 0.4
const ABSTRACT = 200

/** Of what each paper tells one. */
function targetOf(at: number): Target {
  const name = `Given${at} Family${at}`
  return at < TARGETS * AUTHORS
    ? { kind: 'author', key: authorKey(name), name }
    : { kind: 'topic', query: `zebra${at} OR "okapi${at} lemur"` }
}

/** The paper number `at` of a day, published on it; its followers are those of one target. */
export function loadPaper(at: number, published: string): PaperRecord {
  const target = targetOf((at * 7) % TARGETS)
  const words = Array.from({ length: ABSTRACT }, (_, word) => `word${(at * 31 + word * word) % 5000}`)
  return {
    source: 'arxiv-rss',
    ids: [`arxiv:2611.${String(at).padStart(5, '0')}` as PaperId],
    title: `Paper ${at} of ${target.kind === 'topic' ? target.query.slice(0, target.query.indexOf(' ')) : 'somebody'}`,
    authors: [{ name: target.kind === 'author' ? target.name : `Ada Lovelace${at}` }],
    abstract: words.join(' '),
    categories: ['cs.LG'],
    published,
    version: 1,
    announcement: 'new',
  }
}

/** Everybody follows since `since`, and wants alerts and digests; no digest is due within a day. */
export async function fillStore(url: string, since: Temporal.Instant): Promise<void> {
  await (await openPostgresStore(url)).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const [, , , thread] = columnsOf({ platform: 'slack', workspace: 'W', channel: 'C' })
  const targets = Array.from({ length: TARGETS }, (_, at) => targetOf(at))
  const at = toColumn(since.toString())
  await client.query(
    `INSERT INTO subscriptions (id, platform, workspace, channel, thread, target_key, target, cadence, owner_id, owner_name, created_at)
      SELECT 'S' || n, 'slack', 'W' || n % ${WORKSPACES}, 'C' || n % ${CHANNELS}, $1, key, target, 'both', 'ada', 'Ada', $2
      FROM (SELECT key, target, (place - 1) * ${FOLLOWERS} + follower AS n
        FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS targets (key, target, place)
        CROSS JOIN generate_series(0, ${FOLLOWERS - 1}) AS follower) AS following`,
    [thread, at, targets.map(targetKey), targets.map((target) => JSON.stringify(target))],
  )
  const weekday = since.toZonedDateTimeISO('UTC').dayOfWeek
  await client.query(
    `INSERT INTO schedules (id, platform, workspace, channel, thread, frequency, day, time, zone, template, when_empty, owner_id,
        owner_name, created_at)
      SELECT 'D' || n, 'slack', 'W' || n, 'C' || n, $1, 'weekly', $2::int, '00:00', 'UTC', 'digest', 'skip', 'ada', 'Ada', $3
      FROM generate_series(0, ${WORKSPACES - 1}) AS n`,
    [thread, ((weekday + 3) % 7) + 1, at],
  )
  await client.query('ANALYZE')
  await client.end()
}
