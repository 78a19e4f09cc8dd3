// Merges a batch of records into the papers: known records are skipped, the rest is merged in memory and written at once.
import sql, { type RawValue } from 'sql-template-tag'
import { fromRecord } from '#core/merge.ts'
import type { PaperRecord } from '#core/paper.ts'
import { bothChanges, type PaperChange, paperChange } from '#core/paper-change.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Stored } from '#core/ports/store.ts'
import { changeAuthors } from './authors.ts'
import { type Batch, type BatchOutcome, createBatch, type Held } from './batch.ts'
import { type Database, toColumn } from './database.ts'
import { joinedInto, joinPaper } from './joined.ts'
import { keyText } from './key-text.ts'
import { insertRows, rowsWithin, runWithin } from './lists.ts'
import { raiseCounter } from './meta.ts'
import { type PaperRow, selectors } from './paper-row.ts'
import { sha256 } from './sha256.ts'

/** 128 of the 256 bits: enough for any number of records. */
const HASH_LENGTH = 22

/** What Stored says of a record, before it is settled which papers are one. */
type Taken = readonly [paper: Held | number, outcome: Stored['outcome']]

/** As PaperStore.put says; `database` is that of a running transaction. */
export async function putRecords(
  database: Database,
  records: readonly PaperRecord[],
  now: string,
  { newsSince = '' }: { readonly newsSince?: string } = {},
): Promise<Stored[]> {
  const hashes = records.map((record) => sha256(JSON.stringify(record), 'base64url').slice(0, HASH_LENGTH))
  const sighted = await knownRecords(database, hashes)
  const fresh = records.map((record, at) => (sighted.has(hashes[at] ?? '') ? undefined : fromRecord(record)))
  const ids = fresh.flatMap((merged) => merged?.ids ?? [])
  const batch = createBatch(await heldPapers(database, ids), await raiseCounter(database, 'paper', 0), toColumn(now))

  const taken = new Map<string, Held>()
  const answers = hashes.map((key, at): Taken => {
    const merged = fresh[at]
    const paper = sighted.get(key) ?? taken.get(key)
    if (merged === undefined || paper !== undefined) return [paper ?? 0, 'unchanged']
    const [held, outcome] = batch.take(merged)
    taken.set(key, held)
    return [held, outcome]
  })

  if (taken.size > 0) await write(database, batch, newsSince)
  const fleeting = new Set(hashes.filter((_, at) => isFleeting(records[at])))
  const lasting = [...taken].filter(([key]) => !fleeting.has(key))
  const sightings = lasting.map(([key, held]): [string, number] => [key, batch.final(held).number])
  await insertRows(database, 'sightings (record, paper)', sightings.sort())
  return answers.map(([paper, outcome]) => ({
    number: typeof paper === 'number' ? batch.finalNumber(paper) : batch.final(paper).number,
    outcome,
  }))
}

/** What counts by the day hardly comes a second time, so that remembering it would only fill the table. */
function isFleeting(record: PaperRecord | undefined): boolean {
  return record?.citations !== undefined || record?.upvotes !== undefined
}

/** Records merged before, and the papers they are in now. */
async function knownRecords(database: Database, hashes: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsWithin<{ record: string; paper: number }>(
    database,
    hashes,
    (list) => sql`SELECT record, paper FROM sightings WHERE record IN (${list})`,
  )
  const into = await joinedInto(
    database,
    rows.map(({ paper }) => paper),
  )
  return new Map(rows.map(({ record, paper }) => [record, into.get(paper) ?? paper]))
}

async function heldPapers(database: Database, ids: readonly PaperId[]): Promise<PaperRow[]> {
  const rows = await rowsWithin<{ paper: number }>(
    database,
    ids.map(keyText),
    (list) => sql`SELECT DISTINCT paper FROM paper_ids WHERE id IN (${list})`,
  )
  return rowsWithin<PaperRow>(
    database,
    [...new Set(rows.map(({ paper }) => paper))],
    (list) => sql`SELECT number, first_seen, computed_score, body FROM papers WHERE number IN (${list})`,
  )
}

async function write(database: Database, batch: Batch, newsSince: string): Promise<void> {
  const outcome = batch.outcome()
  const { added, changed, gone, ids } = outcome
  await raiseCounter(database, 'paper', batch.numbersGiven())
  const steps = added.length + changed.length + gone.length
  let change = steps === 0 ? 0 : await raiseCounter(database, 'change', steps)
  for (const { number, into } of gone) await joinPaper(database, number, into, ++change)
  for (const held of changed) {
    const [published, categories, given, score] = selectors(held.merged, held.computed)
    const computed = held.computed === undefined ? null : JSON.stringify(held.computed)
    await database.run(sql`UPDATE papers SET change = ${++change}, first_seen = ${held.firstSeen}, published = ${published},
      categories = ${categories}, given_score = ${given}, score = ${score}, computed_score = ${computed}, body = ${held.body}
      WHERE number = ${held.number}`)
  }
  await insertRows(
    database,
    'papers (number, change, first_seen, published, categories, given_score, score, body)',
    added.map((held) => [held.number, ++change, held.firstSeen, ...selectors(held.merged, undefined), held.body]),
  )
  const keys = ids.map(([id, paper]) => [keyText(id), paper])
  await insertRows(database, 'paper_ids (id, paper)', keys, 'ON CONFLICT (id) DO UPDATE SET paper = excluded.paper')
  await changeAuthors(database, [
    ...added.map(({ number, merged }) => ({ paper: number, before: [], after: merged.authors })),
    ...changed.map(({ number, before, merged }) => ({ paper: number, before: before?.authors ?? [], after: merged.authors })),
    ...gone.map(({ number, before }) => ({ paper: number, before: before?.authors ?? [], after: [] })),
  ])
  await queueUnmatched(database, outcome, newsSince)
}

/**
 * What was added waits for the next tick, and so does what changed in a way that matters (core/paper-change.ts), where it is
 * news; what waited goes on waiting under the number and the time it has now.
 */
async function queueUnmatched(database: Database, { added, changed, gone }: BatchOutcome, newsSince: string): Promise<void> {
  const isNews = ({ merged, firstSeen }: Held) => (merged.published ?? firstSeen) >= newsSince
  const touched = [...gone.map(({ number }) => number), ...changed.map(({ number }) => number)]
  const waiting = await rowsWithin<{ paper: number; change: string | null }>(
    database,
    touched,
    (list) => sql`SELECT paper, change FROM unmatched WHERE paper IN (${list})`,
  )
  const moved = new Map(gone.map(({ number, into }) => [number, into]))
  const waited = Map.groupBy(waiting, ({ paper }) => moved.get(paper) ?? paper)
  const rows = added.filter(isNews).map(({ firstSeen, number }): RawValue[] => [firstSeen, number, null])
  for (const held of changed) {
    const { firstSeen, number, before, merged } = held
    const fresh = before && isNews(held) ? paperChange(before, merged) : undefined
    const earlier = (waited.get(number) ?? []).map(({ change }) => (change === null ? null : (JSON.parse(change) as PaperChange)))
    const all = fresh === undefined ? earlier : [...earlier, fresh]
    if (all.length === 0) continue
    const change = all.reduce((one, other) => (one === null || other === null ? null : bothChanges(one, other)))
    rows.push([firstSeen, number, change === null ? null : JSON.stringify(change)])
  }
  await runWithin(database, touched, (list) => sql`DELETE FROM unmatched WHERE paper IN (${list})`)
  await insertRows(database, 'unmatched (first_seen, paper, change)', rows)
}
