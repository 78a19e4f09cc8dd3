// What is kept of one person of a workspace: their direct messages, votes, saved papers and verdicts, and their name where
// they made what is a channel's.
import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { zoneKey } from '#core/commands/zone-meant.ts'
import type { Holding, HoldingKind, Whose } from '#core/ports/erasure.ts'
import type { ChannelSettings } from '#core/settings.ts'
import { type Destination, DIRECT, NOBODY, type Person } from '#core/subscription.ts'
import type { Database } from './database.ts'
import { sha256 } from './sha256.ts'
import { countRows, type ErasedPlace, type Table } from './tables.ts'

type Whom = Whose & { readonly person: string }

const SOMEBODY: Person = { id: NOBODY, name: 'somebody' }
const NO_BLOCKS = '[]'

/** Columns that say who made a row of these tables. */
const MADE_BY = [
  ['subscriptions', 'owner_id'],
  ['schedules', 'owner_id'],
  ['reading_lists', 'saved_by'],
  ['votes', 'person'],
] as const satisfies readonly (readonly [Table, string])[]

/** Rows that go, wherever in the workspace they are. */
const THEIRS: readonly { readonly of: HoldingKind; readonly table: Table; readonly where: (whom: Whom) => Sql }[] = [
  { of: 'vote', table: 'votes', where: (whom) => sql`${isAround(whom)} AND person = ${whom.person}` },
  { of: 'saved', table: 'reading_lists', where: (whom) => sql`${isAround(whom)} AND saved_by = ${whom.person}` },
  {
    of: 'verdict',
    table: 'verdicts',
    where: (whom) => sql`by_id = ${whom.person} AND subscription IN (SELECT id FROM subscriptions WHERE ${isAround(whom)})`,
  },
]

/**
 * The channels of their direct messages: outside of any server all they wrote in, on Slack those whose ids are of such
 * channels, and the one named by themselves.
 */
export async function ownChannels(database: Database, whom: Whom): Promise<ErasedPlace[]> {
  const { platform, workspace, person } = whom
  const made = MADE_BY.map(
    ([table, column]) => sql`SELECT platform, workspace, channel FROM ${raw(table)}
      WHERE ${isAround(whom)} AND ${raw(column)} = ${person} AND (workspace = ${DIRECT} ${direct(whom)})`,
  )
  const rows = await database.rows<ErasedPlace>(sql`${join(made, ' UNION ')}`)
  return [...rows, { platform, workspace, channel: person }]
}

/** Of what is left once their own channels are counted. */
export async function personHoldings(database: Database, whom: Whom): Promise<Holding[]> {
  const own = await ownChannels(database, whom)
  const elsewhere = sql`NOT (${join(
    own.map(({ workspace, channel }) => sql`(workspace = ${workspace} AND channel = ${channel})`),
    ' OR ',
  )})`
  const found: Holding[] = []
  for (const { of, table, where } of THEIRS) {
    const there = of === 'verdict' ? empty : sql`AND ${elsewhere}`
    found.push({ of, many: await countRows(database, table, sql`${where(whom)} ${there}`) })
  }
  for (const table of ['subscriptions', 'schedules'] as const) {
    const many = await countRows(database, table, sql`${isAround(whom)} AND owner_id = ${whom.person} AND ${elsewhere}`)
    found.push({ of: 'name', many })
  }
  const paused = (await pausedBy(database, whom)).filter(
    (at) => !own.some(({ workspace, channel }) => workspace === at.workspace && channel === at.channel),
  )
  found.push({ of: 'name', many: paused.length })
  return found
}

/** `database` is that of a running transaction in which their own channels went already. */
export async function erasePerson(database: Database, whom: Whom): Promise<void> {
  const { platform, workspace, person } = whom
  for (const { table, where } of THEIRS) await database.run(sql`DELETE FROM ${raw(table)} WHERE ${where(whom)}`)
  for (const table of ['subscriptions', 'schedules'] as const) {
    await database.run(sql`UPDATE ${raw(table)} SET owner_id = ${SOMEBODY.id}, owner_name = ${SOMEBODY.name}
      WHERE ${isAround(whom)} AND owner_id = ${person}`)
  }
  for (const { platform, workspace, channel, settings } of await pausedBy(database, whom)) {
    const nameless: ChannelSettings = { ...settings, ...(settings.pause && { pause: { ...settings.pause, by: SOMEBODY } }) }
    await database.run(sql`UPDATE channels SET settings = ${JSON.stringify(nameless)}
      WHERE platform = ${platform} AND workspace = ${workspace} AND channel = ${channel}`)
  }
  await database.run(sql`UPDATE installations SET installed_by = NULL
    WHERE platform = ${platform} AND workspace = ${workspace} AND installed_by = ${person}`)
  await database.run(sql`DELETE FROM meta WHERE key = ${zoneKey(platform, person)}`)
  await emptyNotices(database, whom)
}

/** What was posted of a follow or a test says who asked for it, which nothing else may know any more: all of it is emptied. */
async function emptyNotices(database: Database, whom: Whom): Promise<void> {
  const hash = sha256(NO_BLOCKS)
  await database.run(sql`INSERT INTO messages (hash, blocks) VALUES (${hash}, ${NO_BLOCKS}) ON CONFLICT (hash) DO NOTHING`)
  await database.run(sql`UPDATE deliveries SET message = ${hash} WHERE ${isAround(whom)} AND kind = 'notice'
    AND state IN ('sent', 'dead', 'cancelled')`)
}

async function pausedBy(database: Database, whom: Whom) {
  const rows = await database.rows<Required<ErasedPlace> & { settings: string }>(
    sql`SELECT platform, workspace, channel, settings FROM channels WHERE ${isAround(whom)}`,
  )
  return rows
    .map(({ settings, ...place }) => ({ ...place, settings: JSON.parse(settings) as ChannelSettings }))
    .filter(({ settings }) => settings.pause?.by.id === whom.person)
}

/** The workspace, and where people write to the bot outside of any. */
function isAround({ platform, workspace }: Pick<Destination, 'platform' | 'workspace'>): Sql {
  return sql`platform = ${platform} AND workspace IN (${workspace}, ${DIRECT})`
}

function direct({ platform }: Pick<Destination, 'platform'>): Sql {
  return platform === 'slack' ? sql`OR channel LIKE 'D%'` : empty
}
