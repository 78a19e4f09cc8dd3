// A paper's row in the index: its day and its number in one integer, so that rows ascend by date and then by number.

/** With it, even the last day of the year 9999 gives an integer that is exact. */
const NUMBERS = 2 ** 31
const DAY = 86_400_000
/** From the first day of year 1 to that of 1970, so that every day counts from 1 on; 0 is for papers without a date. */
const DAYS_BEFORE_1970 = 719_162

/** SQL that gives the number of the paper in a row. */
export function numberInSql(row: string): string {
  return `${row} & ${NUMBERS - 1}`
}

/** `published` is a day, `2024-03-15`, or null where it is unknown: such papers come before all others. */
export function rowOf(published: string | null, number: number): number {
  return (published === null ? 0 : dayNumber(published)) * NUMBERS + number
}

/** Every paper of this day or a later one has this row or a higher one. */
export function firstRowOf(day: string): number {
  return dayNumber(day) * NUMBERS
}

/** Every paper with a date has this row or a higher one. */
export const FIRST_DATED_ROW = NUMBERS

function dayNumber(day: string): number {
  const milliseconds = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(milliseconds) ? 0 : Math.max(1, Math.floor(milliseconds / DAY) + DAYS_BEFORE_1970 + 1)
}
