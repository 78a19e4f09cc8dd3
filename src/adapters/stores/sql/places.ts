// Places that are closed for a while: what is pending or uncertain there is not due before they open again.
import sql, { empty, join, type Sql } from 'sql-template-tag'
import type { Place } from '#core/ports/ledger.ts'
import { type Database, toColumn } from './database.ts'
import { rowsWithin } from './lists.ts'

/** The condition that a closed place is the channel of a row of `deliveries`, or its whole workspace. */
const COVERS_ROW = sql`closed_places.platform = deliveries.platform AND closed_places.workspace = deliveries.workspace
  AND closed_places.channel IN (deliveries.channel, '')`

/** As Ledger.close says; `database` is that of a running transaction. */
export async function closePlace(database: Database, place: Place, until: string): Promise<number> {
  const at = toColumn(until)
  await database.run(sql`
    INSERT INTO closed_places (platform, workspace, channel, until)
    VALUES (${place.platform}, ${place.workspace}, ${place.channel ?? ''}, ${at})
    ON CONFLICT (platform, workspace, channel) DO UPDATE SET until = excluded.until WHERE excluded.until > closed_places.until`)
  // The place is looked up by itself: together with the time it would be searched for in its whole workspace.
  return database.run(sql`UPDATE deliveries SET not_before = ${at}
    WHERE id IN (SELECT id FROM deliveries WHERE ${waitsIn(place)}) AND not_before < ${at}`)
}

/** As Ledger.reopen says. What a place kept back is due exactly when it was to open: whatever is due later waits for something else. */
export async function reopenPlace(database: Database, place: Place, now: string): Promise<number> {
  const at = toColumn(now)
  const closed = await database.rows<{ until: string }>(sql`DELETE FROM closed_places
    WHERE platform = ${place.platform} AND workspace = ${place.workspace} ${inChannel(place)} RETURNING until`)
  const untils = [...new Set(closed.map(({ until }) => until))].filter((until) => until > at)
  if (untils.length === 0) return 0
  return database.run(
    sql`UPDATE deliveries SET not_before = ${openFrom(at)} WHERE ${waitsIn(place)} AND not_before IN (${join(untils)})`,
  )
}

/** When a row of `deliveries` may be due: at `at`, or once its place has opened. */
export function openFrom(at: string): Sql {
  return sql`coalesce((SELECT max(until) FROM closed_places WHERE ${COVERS_ROW} AND until > ${at}), ${at})`
}

/** As openFrom, for deliveries that are no rows yet: when a place may have something posted that is due at `at`. */
export async function openingOf(database: Database, places: readonly Place[]): Promise<(place: Place, at: string) => string> {
  const platforms = [...new Set(places.map(({ platform }) => platform))].sort()
  const closed = await rowsWithin<Required<Place> & { until: string }>(
    database,
    [...new Set(places.map(({ workspace }) => workspace))],
    (list) => sql`SELECT platform, workspace, channel, until FROM closed_places
      WHERE platform IN (${join(platforms)}) AND workspace IN (${list})`,
  )
  const untils = new Map(closed.map((place) => [placeKey(place), place.until]))
  return (place, at) => {
    const all = ['', place.channel ?? ''].flatMap((channel) => untils.get(placeKey({ ...place, channel })) ?? [])
    return [at, ...all].reduce((latest, until) => (until > latest ? until : latest))
  }
}

/** The condition that the place of a row of `deliveries` is open at `at`. */
export function isOpen(at: string): Sql {
  return sql`NOT EXISTS (SELECT 1 FROM closed_places WHERE ${COVERS_ROW} AND until > ${at})`
}

function waitsIn(place: Place): Sql {
  return sql`platform = ${place.platform} AND workspace = ${place.workspace} ${inChannel(place)}
    AND state IN ('pending', 'uncertain')`
}

function inChannel({ channel }: Place): Sql {
  return channel === undefined ? empty : sql`AND channel = ${channel}`
}

function placeKey({ platform, workspace, channel }: Place): string {
  return JSON.stringify([platform, workspace, channel])
}
