// When each destination gets its digest, and the slots that were dealt with, each once.
import sql from 'sql-template-tag'
import type { ScheduleStore } from '#core/ports/store.ts'
import type { Frequency, Schedule, Slot } from '#core/schedule.ts'
import {
  type Database,
  type DestinationColumns,
  fromColumn,
  fromColumnOrNull,
  isOf,
  present,
  toColumn,
  toColumnOrNull,
  toDestination,
} from './database.ts'

interface ScheduleRow extends DestinationColumns {
  readonly id: string
  readonly frequency: Frequency
  readonly day: number
  readonly time: string
  readonly zone: string
  readonly template: string
  readonly owner_id: string
  readonly owner_name: string
  readonly created_at: string
  readonly paused_until: string | null
  readonly resumed_at: string | null
}

interface SlotRow {
  readonly schedule: string
  readonly at: string
  readonly window_from: string
  readonly window_to: string
  readonly outcome: Slot['outcome']
}

const COLUMNS = sql`id, platform, workspace, channel, frequency, day, time, zone, template, owner_id, owner_name, created_at,
  paused_until, resumed_at`

export function createScheduleStore(database: Database): ScheduleStore {
  return {
    set: (schedule) =>
      database.atomically(async (inner) => {
        const { platform, workspace, channel } = schedule.destination
        await inner.run(sql`DELETE FROM schedules WHERE ${isOf(schedule.destination)}`)
        await inner.run(sql`INSERT INTO schedules (${COLUMNS}) VALUES (${schedule.id}, ${platform}, ${workspace}, ${channel},
          ${schedule.frequency}, ${schedule.day}, ${schedule.time}, ${schedule.zone}, ${schedule.template},
          ${schedule.owner.id}, ${schedule.owner.name}, ${toColumn(schedule.createdAt)},
          ${toColumnOrNull(schedule.pausedUntil)}, ${toColumnOrNull(schedule.resumedAt)})`)
      }),
    async ofDestination(destination) {
      const [row] = await database.rows<ScheduleRow>(sql`SELECT ${COLUMNS} FROM schedules WHERE ${isOf(destination)}`)
      return row && toSchedule(row)
    },
    async all() {
      const rows = await database.rows<ScheduleRow>(sql`SELECT ${COLUMNS} FROM schedules ORDER BY created_at, id`)
      return rows.map(toSchedule)
    },
    async remove(destination) {
      return (await database.run(sql`DELETE FROM schedules WHERE ${isOf(destination)}`)) === 1
    },
    async recordSlot({ schedule, at, from, to, outcome }) {
      const recorded = await database.run(sql`
        INSERT INTO slots (schedule, at, window_from, window_to, outcome)
        VALUES (${schedule}, ${toColumn(at)}, ${toColumn(from)}, ${toColumn(to)}, ${outcome})
        ON CONFLICT (schedule, at) DO NOTHING`)
      return recorded === 1
    },
    async lastSlot(schedule) {
      const [row] = await database.rows<SlotRow>(sql`
        SELECT schedule, at, window_from, window_to, outcome FROM slots WHERE schedule = ${schedule} ORDER BY at DESC LIMIT 1`)
      return row && toSlot(row)
    },
  }
}

function toSchedule(row: ScheduleRow): Schedule {
  return {
    id: row.id,
    destination: toDestination(row),
    frequency: row.frequency,
    day: row.day,
    time: row.time,
    zone: row.zone,
    template: row.template,
    owner: { id: row.owner_id, name: row.owner_name },
    createdAt: fromColumn(row.created_at),
    ...present({ pausedUntil: fromColumnOrNull(row.paused_until), resumedAt: fromColumnOrNull(row.resumed_at) }),
  }
}

function toSlot(row: SlotRow): Slot {
  return {
    schedule: row.schedule,
    at: fromColumn(row.at),
    from: fromColumn(row.window_from),
    to: fromColumn(row.window_to),
    outcome: row.outcome,
  }
}
