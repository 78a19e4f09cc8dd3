// Who follows what where, and what each subscription selected; every row carries the destination it belongs to.
import sql, { type RawValue } from 'sql-template-tag'
import type { SubscriptionStore, Verdict } from '#core/ports/store.ts'
import { destinationKey, type Match, type Subscription, targetKey } from '#core/subscription.ts'
import {
  columnsOf,
  type Database,
  fromColumn,
  fromColumnOrNull,
  isOf,
  isOfChannel,
  present,
  type ThreadColumns,
  toColumn,
  toColumnOrNull,
  toDestination,
} from './database.ts'
import { joinedInto } from './joined.ts'
import { keyText } from './key-text.ts'
import { insertReturning, rowsWithin, runWithin } from './lists.ts'

interface SubscriptionRow extends ThreadColumns {
  readonly id: string
  readonly target: string
  readonly cadence: Subscription['cadence']
  readonly owner_id: string
  readonly owner_name: string
  readonly created_at: string
  readonly last_match_at: string | null
}

interface MatchRow {
  readonly subscription: string
  readonly paper: number
  readonly reason: string
  readonly matched_at: string
  readonly seen_at: string
}

interface VerdictRow {
  readonly subscription: string
  readonly paper: number
  readonly is_them: number
  readonly by_id: string
  readonly by_name: string
  readonly at: string
}

/** Rows at once, so that a hundred thousand are not held twice. */
const PAGE = 10_000
const COLUMNS = sql`id, platform, workspace, channel, thread, target, cadence, owner_id, owner_name, created_at, last_match_at`
const MATCH_COLUMNS = sql`matches.subscription, matches.paper, matches.reason, matches.matched_at, matches.seen_at`

export function createSubscriptionStore(database: Database): SubscriptionStore {
  return {
    async add(subscription) {
      const { id, destination, target, cadence, owner, createdAt, lastMatchAt } = subscription
      const [platform, workspace, channel, thread] = columnsOf(destination)
      const added = await database.run(sql`
        INSERT INTO subscriptions (id, platform, workspace, channel, thread, target_key, target, cadence, owner_id,
          owner_name, created_at, last_match_at)
        VALUES (${id}, ${platform}, ${workspace}, ${channel}, ${thread}, ${keyText(targetKey(target))}, ${JSON.stringify(target)},
          ${cadence}, ${owner.id}, ${owner.name}, ${toColumn(createdAt)}, ${toColumnOrNull(lastMatchAt)})
        ON CONFLICT (platform, workspace, channel, thread, target_key) DO NOTHING`)
      return added === 1
    },
    async ofDestination(destination) {
      const rows = await database.rows<SubscriptionRow>(
        sql`SELECT ${COLUMNS} FROM subscriptions WHERE ${isOf(destination)} ORDER BY created_at, id`,
      )
      return rows.map(toSubscription)
    },
    async ofChannel(channel) {
      const rows = await database.rows<SubscriptionRow>(
        sql`SELECT ${COLUMNS} FROM subscriptions WHERE ${isOfChannel(channel)} ORDER BY created_at, id`,
      )
      return rows.map(toSubscription)
    },
    async all() {
      const all: Subscription[] = []
      const share = sharing()
      let last = { created_at: '', id: '' }
      for (;;) {
        const rows = await database.rows<SubscriptionRow>(sql`SELECT ${COLUMNS} FROM subscriptions
          WHERE (created_at, id) > (${last.created_at}, ${last.id}) ORDER BY created_at, id LIMIT ${PAGE}`)
        for (const row of rows) all.push(share(toSubscription(row), row.target))
        last = rows.at(-1) ?? last
        if (rows.length < PAGE) return all
      }
    },
    async ofKind(kind) {
      // As targetKey begins.
      const rows = await database.rows<SubscriptionRow>(
        sql`SELECT ${COLUMNS} FROM subscriptions WHERE target_key LIKE ${`${kind}:%`} ORDER BY created_at, id`,
      )
      return rows.map(toSubscription)
    },
    async countOfWorkspace({ platform, workspace }) {
      const [row] = await database.rows<{ many: number }>(
        sql`SELECT count(*) AS many FROM subscriptions WHERE platform = ${platform} AND workspace = ${workspace}`,
      )
      return row?.many ?? 0
    },
    remove: (destination, ids) =>
      runWithin(database, ids, (list) => sql`DELETE FROM subscriptions WHERE ${isOf(destination)} AND id IN (${list})`),
    async setCadence(destination, id, cadence) {
      await database.run(sql`UPDATE subscriptions SET cadence = ${cadence} WHERE ${isOf(destination)} AND id = ${id}`)
    },
    async setTarget(destination, id, target) {
      await database.run(sql`UPDATE subscriptions SET target = ${JSON.stringify(target)}
        WHERE ${isOf(destination)} AND id = ${id} AND target_key = ${keyText(targetKey(target))}`)
    },
    async setVerdict(destination, { subscription, paper, isThem, by, at }) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      await database.run(sql`
        INSERT INTO verdicts (subscription, paper, is_them, by_id, by_name, at)
        SELECT id, ${number}, ${isThem ? 1 : 0}, ${by.id}, ${by.name}, ${toColumn(at)} FROM subscriptions
        WHERE ${isOf(destination)} AND id = ${subscription}
        ON CONFLICT (subscription, paper)
        DO UPDATE SET is_them = excluded.is_them, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at`)
    },
    async verdicts(subscriptions) {
      const rows = await rowsWithin<VerdictRow>(
        database,
        subscriptions,
        (list) => sql`SELECT subscription, paper, is_them, by_id, by_name, at FROM verdicts
          WHERE subscription IN (${list}) ORDER BY subscription, paper`,
      )
      return rows.map(({ is_them, by_id, by_name, at, ...row }): Verdict => {
        return { ...row, isThem: is_them === 1, by: { id: by_id, name: by_name }, at: fromColumn(at) }
      })
    },
    recordMatches: (matches) => database.atomically((inner) => recordMatches(inner, matches)),
    async matchesBetween(destination, from, to) {
      const rows = await database.rows<MatchRow>(sql`
        SELECT ${MATCH_COLUMNS} FROM matches
        JOIN subscriptions ON subscriptions.id = matches.subscription
        WHERE ${isOf(destination, 'matches')} AND matches.seen_at >= ${toColumn(from)} AND matches.seen_at < ${toColumn(to)}
        ORDER BY matches.seen_at, matches.paper, matches.subscription`)
      return rows.map(toMatch)
    },
    async matchesOfPaper(destination, paper) {
      const number = (await joinedInto(database, [paper])).get(paper) ?? paper
      const rows = await database.rows<MatchRow>(sql`
        SELECT ${MATCH_COLUMNS} FROM matches WHERE ${isOf(destination, 'matches')} AND paper = ${number}
        ORDER BY matched_at, subscription`)
      return rows.map(toMatch)
    },
  }
}

/** Matches of subscriptions that were removed meanwhile are left out. */
async function recordMatches(database: Database, matches: readonly Match[]): Promise<Match[]> {
  const into = await joinedInto(database, [...new Set(matches.map(({ paper }) => paper))])
  const subscriptions = await rowsWithin<ThreadColumns & { id: string }>(
    database,
    [...new Set(matches.map(({ subscription }) => subscription))],
    (list) => sql`SELECT id, platform, workspace, channel, thread FROM subscriptions WHERE id IN (${list})`,
  )
  const destinations = new Map(subscriptions.map((row) => [row.id, row]))
  const byRow = new Map<string, Match>()
  const rows = matches.flatMap((match): RawValue[][] => {
    const destination = destinations.get(match.subscription)
    const paper = into.get(match.paper) ?? match.paper
    const key = `${paper} ${match.subscription}`
    if (destination === undefined || byRow.has(key)) return []
    byRow.set(key, match)
    const { platform, workspace, channel, thread } = destination
    const [matchedAt, seenAt] = [match.matchedAt, match.seenAt].map(toColumn)
    const reason = JSON.stringify(match.reason)
    return [[match.subscription, paper, platform, workspace, channel, thread, reason, matchedAt ?? '', seenAt ?? '']]
  })
  const recorded = await insertReturning<{ subscription: string; paper: number }>(
    database,
    'matches (subscription, paper, platform, workspace, channel, thread, reason, matched_at, seen_at)',
    rows,
    'ON CONFLICT DO NOTHING RETURNING subscription, paper',
  )
  const fresh = new Set(recorded.map(({ subscription, paper }) => byRow.get(`${paper} ${subscription}`)))
  await moveLastMatch(database, [...fresh])
  return matches.filter((match) => fresh.delete(match))
}

async function moveLastMatch(database: Database, matches: readonly (Match | undefined)[]): Promise<void> {
  const latest = new Map<string, string>()
  for (const match of matches) {
    if (match === undefined) continue
    const at = toColumn(match.matchedAt)
    if (at > (latest.get(match.subscription) ?? '')) latest.set(match.subscription, at)
  }
  for (const [at, moved] of Map.groupBy(latest, ([, at]) => at)) {
    await runWithin(
      database,
      moved.map(([id]) => id),
      (list) => sql`UPDATE subscriptions SET last_match_at = ${at} WHERE id IN (${list}) AND coalesce(last_match_at, '') < ${at}`,
    )
  }
}

/** What is equal becomes one, so that those of a hundred thousand are kept in little memory. */
function sharing(): (subscription: Subscription, target: string) => Subscription {
  const targets = new Map<string, Subscription['target']>()
  const destinations = new Map<string, Subscription['destination']>()
  const owners = new Map<string, Subscription['owner']>()
  return (subscription, target) => ({
    ...subscription,
    target: known(targets, target, subscription.target),
    destination: known(destinations, destinationKey(subscription.destination), subscription.destination),
    owner: known(owners, `${subscription.owner.id} ${subscription.owner.name}`, subscription.owner),
  })
}

function known<T>(all: Map<string, T>, key: string, value: T): T {
  const before = all.get(key)
  if (before === undefined) all.set(key, value)
  return before ?? value
}

function toSubscription(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    destination: toDestination(row),
    target: JSON.parse(row.target),
    cadence: row.cadence,
    owner: { id: row.owner_id, name: row.owner_name },
    createdAt: fromColumn(row.created_at),
    ...present({ lastMatchAt: fromColumnOrNull(row.last_match_at) }),
  }
}

function toMatch(row: MatchRow): Match {
  return {
    subscription: row.subscription,
    paper: row.paper,
    reason: JSON.parse(row.reason),
    matchedAt: fromColumn(row.matched_at),
    seenAt: fromColumn(row.seen_at),
  }
}
