// When each destination gets its digest, and the slots that were dealt with, each once.
import sql from 'sql-template-tag'
import type { ScheduleStore } from '#core/ports/store.ts'
import type { Frequency, Schedule, Slot } from '#core/schedule.ts'
import { columnsOf, type Database, fromColumn, isOf, type ThreadColumns, toColumn, toDestination } from './database.ts'

interface ScheduleRow extends ThreadColumns {
  readonly id: string
  readonly frequency: Frequency
  readonly day: number
  readonly time: string
  readonly zone: string
  readonly template: string
  readonly when_empty: Schedule['whenEmpty']
  readonly owner_id: string
  readonly owner_name: string
  readonly created_at: string
}

interface SlotRow {
  readonly schedule: string
  readonly at: string
  readonly window_from: string
  readonly window_to: string
  readonly outcome: Slot['outcome']
}

const COLUMNS = sql`id, platform, workspace, channel, thread, frequency, day, time, zone, template, when_empty, owner_id,
  owner_name, created_at`

export function createScheduleStore(database: Database): ScheduleStore {
  return {
    set: (schedule) =>
      database.atomically(async (inner) => {
        const [platform, workspace, channel, thread] = columnsOf(schedule.destination)
        await inner.run(sql`DELETE FROM schedules WHERE ${isOf(schedule.destination)}`)
        await inner.run(sql`INSERT INTO schedules (${COLUMNS}) VALUES (${schedule.id}, ${platform}, ${workspace}, ${channel},
          ${thread}, ${schedule.frequency}, ${schedule.day}, ${schedule.time}, ${schedule.zone}, ${schedule.template},
          ${schedule.whenEmpty}, ${schedule.owner.id}, ${schedule.owner.name}, ${toColumn(schedule.createdAt)})`)
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
    async lastSlots() {
      // A look into the index a schedule: slots are kept for ever.
      const rows = await database.rows<SlotRow>(sql`
        SELECT slots.schedule, slots.at, slots.window_from, slots.window_to, slots.outcome FROM schedules
        JOIN slots ON slots.schedule = schedules.id
          AND slots.at = (SELECT max(latest.at) FROM slots AS latest WHERE latest.schedule = schedules.id)
        ORDER BY slots.schedule`)
      return rows.map(toSlot)
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
    whenEmpty: row.when_empty,
    owner: { id: row.owner_id, name: row.owner_name },
    createdAt: fromColumn(row.created_at),
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
