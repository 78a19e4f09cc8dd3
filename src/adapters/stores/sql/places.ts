// Places that are closed for a while: what is pending or uncertain there is not due before they open again.
import sql, { empty, type Sql } from 'sql-template-tag'
import type { Place } from '#core/ports/store.ts'
import type { Destination } from '#core/subscription.ts'
import { type Database, toColumn } from './database.ts'

/** As Ledger.close says; `database` is that of a running transaction. */
export async function closePlace(database: Database, place: Place, until: string): Promise<number> {
  const at = toColumn(until)
  await database.run(sql`
    INSERT INTO closed_places (platform, workspace, channel, until)
    VALUES (${place.platform}, ${place.workspace}, ${place.channel ?? ''}, ${at})
    ON CONFLICT (platform, workspace, channel) DO UPDATE SET until = max(until, excluded.until)`)
  return database.run(sql`UPDATE deliveries SET not_before = ${at} WHERE ${waitsIn(place)} AND not_before < ${at}`)
}

/** As Ledger.reopen says. A workspace that opens opens its channels too. */
export async function reopenPlace(database: Database, place: Place, now: string): Promise<number> {
  const at = toColumn(now)
  await database.run(sql`DELETE FROM closed_places
    WHERE platform = ${place.platform} AND workspace = ${place.workspace} ${inChannel(place)}`)
  return database.run(sql`UPDATE deliveries SET not_before = ${at} WHERE ${waitsIn(place)} AND not_before > ${at}`)
}

/** The condition that a closed place is the destination's channel or its whole workspace. */
export function covers({ platform, workspace, channel }: Destination): Sql {
  return sql`closed_places.platform = ${platform} AND closed_places.workspace = ${workspace}
    AND closed_places.channel IN (${channel}, '')`
}

function waitsIn(place: Place): Sql {
  return sql`platform = ${place.platform} AND workspace = ${place.workspace} ${inChannel(place)}
    AND state IN ('pending', 'uncertain')`
}

function inChannel({ channel }: Place): Sql {
  return channel === undefined ? empty : sql`AND channel = ${channel}`
}
