// What the queries need of a database, whichever dialect it speaks, and how values stand in its columns.
import sql, { raw, type Sql } from 'sql-template-tag'
import type { Destination } from '#core/subscription.ts'

/** A text in either dialect, `?` in `sql` and `$1` in `text`, and its values. */
export type Query = Pick<Sql, 'sql' | 'text' | 'values'>

/** All methods reject with StoreError where the storage fails. */
export interface Database {
  rows<Row>(query: Query): Promise<Row[]>
  /** Answers how many rows were inserted, changed or deleted. */
  run(query: Query): Promise<number>
  /**
   * All or nothing, and alone: calls on this database wait until `work` is over, so `work` uses the database it is
   * given, which ends with it. Nests. On PostgreSQL no other process is within `atomically` meanwhile, and `work` may run
   * again where the server undid it.
   */
  atomically<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** All or nothing as well, but other processes write meanwhile: for what takes rows that nobody else may have, by freeRows. */
  beside<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** Ends the SELECT of rows that are to be changed next, and leaves out those that another process is changing. */
  readonly freeRows: Sql
}

/** Instants stand in columns without their Z, so that they sort by time whether or not they have a fraction. */
export function toColumn(instant: string): string {
  return instant.endsWith('Z') ? instant.slice(0, -1) : instant
}

export function fromColumn(column: string): string {
  return `${column}Z`
}

/** The columns that say whose a row is. */
export interface DestinationColumns {
  readonly platform: string
  readonly workspace: string
  readonly channel: string
}

export interface ThreadColumns extends DestinationColumns {
  /** Empty for the channel itself. */
  readonly thread: string
}

export function toDestination({ platform, workspace, channel, thread }: DestinationColumns & { thread?: string }): Destination {
  const place = { platform: platform as Destination['platform'], workspace, channel }
  return thread ? { ...place, thread } : place
}

/** The values of the four columns that name a destination, in their order. */
export function columnsOf({ platform, workspace, channel, thread = '' }: Destination): [string, string, string, string] {
  return [platform, workspace, channel, thread]
}

/** The condition that a row, of `table` where several are joined, belongs to the destination. */
export function isOf(destination: Destination, table?: string): Sql {
  const of = raw(table === undefined ? '' : `${table}.`)
  return sql`${isOfChannel(destination, table)} AND ${of}thread = ${destination.thread ?? ''}`
}

/** The condition that a row belongs to the destination's channel, whichever thread it is of. */
export function isOfChannel({ platform, workspace, channel }: Omit<Destination, 'thread'>, table?: string): Sql {
  const of = raw(table === undefined ? '' : `${table}.`)
  return sql`${of}platform = ${platform} AND ${of}workspace = ${workspace} AND ${of}channel = ${channel}`
}

/** An instant's column where it may be unknown. */
export function toColumnOrNull(instant: string | undefined): string | null {
  return instant === undefined ? null : toColumn(instant)
}

export function fromColumnOrNull(column: string | null): string | null {
  return column === null ? null : fromColumn(column)
}

type Present<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: NonNullable<T[K]>
}

/** Leaves out the columns that are null: absent means unknown. */
export function present<T extends object>(columns: T): Present<T> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)) as Present<T>
}
