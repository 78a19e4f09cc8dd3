// Every table with the columns that tell its rows apart, for what has to go through all rows of a table, a page at a time.
import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Destination } from '#core/subscription.ts'
import type { Database } from './database.ts'

const PLACE = ['platform', 'workspace', 'channel'] as const
const DESTINATION = [...PLACE, 'thread'] as const

/** By name; a table of which others speak comes before them. */
export const TABLES = {
  meta: ['key'],
  counters: ['name'],
  papers: ['number'],
  paper_ids: ['id'],
  paper_authors: ['author', 'paper'],
  paper_orcids: ['orcid', 'paper'],
  sightings: ['record'],
  joined: ['number'],
  unmatched: ['paper'],
  authors: ['key'],
  author_middles: ['ending', 'author'],
  enrichment_sources: ['source'],
  enrichments: ['source', 'paper'],
  installations: ['platform', 'workspace'],
  channels: PLACE,
  closed_places: PLACE,
  subscriptions: ['id'],
  verdicts: ['subscription', 'paper'],
  matches: ['subscription', 'paper'],
  schedules: ['id'],
  slots: ['schedule', 'at'],
  held: [...DESTINATION, 'paper'],
  messages: ['hash'],
  deliveries: ['id'],
  edits: ['revision'],
  claims: [...DESTINATION, 'paper', 'event'],
  votes: [...PLACE, 'paper', 'person'],
  reading_lists: [...PLACE, 'paper'],
  feeds: ['feed'],
  readings: ['feed', 'batch'],
  offers: ['feed', 'paper'],
  phrases: ['key'],
  leases: ['name'],
  events: ['event'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>

export type Table = keyof typeof TABLES

/** A workspace, or a channel of it with its threads. */
export type ErasedPlace = Pick<Destination, 'platform' | 'workspace'> & { readonly channel?: string }

/** The values of a row's key, in the order of its columns. */
export type Key = readonly (string | number)[]

/** The columns of a table's key, with commas between them. */
export function keyColumns(table: Table): Sql {
  return raw(TABLES[table].join(', '))
}

/** The condition that a row comes after the one with this key; all rows do where there is none. */
export function comesAfter(table: Table, key: Key | undefined): Sql {
  return key === undefined ? sql`1 = 1` : sql`(${keyColumns(table)}) > (${join([...key])})`
}

/** The key of the row so many rows after `after`; undefined where there are fewer. */
export async function keyAfter(database: Database, table: Table, after: Key | undefined, rows: number): Promise<Key | undefined> {
  const [row] = await database.rows<Record<string, string | number>>(sql`SELECT ${keyColumns(table)} FROM ${raw(table)}
    WHERE ${comesAfter(table, after)} ORDER BY ${keyColumns(table)} LIMIT 1 OFFSET ${rows - 1}`)
  return row && TABLES[table].map((column) => row[column] as string | number)
}

export async function countRows(database: Database, table: Table, where: Sql): Promise<number> {
  const [row] = await database.rows<{ many: number }>(sql`SELECT count(*) AS many FROM ${raw(table)} WHERE ${where}`)
  return row?.many ?? 0
}
