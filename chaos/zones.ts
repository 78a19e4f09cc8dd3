// Zones with the oddest histories, and when a wall time is in them: by a table of offsets, made without what schedules are
// made with.

/** Half hours and quarters, changes at midnight, twice in Ramadan, of two hours, of half an hour, for good, and lost days. */
export const ZONES = [
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'Antarctica/Troll',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Pacific/Fakaofo',
  'America/Havana',
  'Asia/Tehran',
  'Asia/Beirut',
  'Asia/Amman',
  'Asia/Damascus',
  'Asia/Gaza',
  'Asia/Hebron',
  'Africa/Cairo',
  'Africa/El_Aaiun',
  'America/Asuncion',
  'America/Santiago',
  'America/Caracas',
  'Asia/Pyongyang',
  'Europe/Istanbul',
  'Europe/Moscow',
  'Europe/Samara',
  'Europe/Volgograd',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Atlantic/Azores',
  'America/Scoresbysund',
  'America/Metlakatla',
  'America/St_Johns',
  'America/Nuuk',
  'America/Port-au-Prince',
  'America/Cancun',
  'Antarctica/Casey',
  'Antarctica/Macquarie',
  'Asia/Hovd',
  'Asia/Kolkata',
  'Asia/Novosibirsk',
  'Africa/Windhoek',
  'Africa/Sao_Tome',
  'Africa/Juba',
  'Pacific/Fiji',
  'Pacific/Tongatapu',
  'Pacific/Norfolk',
  'Pacific/Bougainville',
  'Pacific/Kiritimati',
  'UTC',
] as const

/** From `start` on the wall is `offset` ahead of UTC; milliseconds. */
interface Span {
  readonly start: number
  readonly end: number
  readonly offset: number
}

const MINUTE = 60_000
/** No zone has changed twice within so little. */
const STRIDE = 6 * 60 * MINUTE

/** The zone's offsets in [from, until), in order. */
export function offsetsOf(zone: string, from: number, until: number): Span[] {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  const offsetAt = (instant: number) => offsetIn(format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value)
  const spans: Span[] = []
  let start = from
  let offset = offsetAt(from)
  for (let at = from; at < until; at += STRIDE) {
    if (offsetAt(at + STRIDE) === offset) continue
    let [before, after] = [at, at + STRIDE]
    while (after - before > MINUTE) {
      const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE
      if (offsetAt(middle) === offset) before = middle
      else after = middle
    }
    spans.push({ start, end: after, offset })
    start = after
    offset = offsetAt(after)
  }
  return [...spans, { start, end: until + STRIDE, offset }]
}

/** When the wall shows `wall`, which is written as if it were UTC: the first time or, where it never does, the change itself. */
export function instantOf(wall: number, spans: readonly Span[]): number {
  const shown = spans.find(({ start, end, offset }) => wall - offset >= start && wall - offset < end)
  if (shown) return wall - shown.offset
  const skipping = spans.find(({ end, offset }, at) => wall >= end + offset && wall < end + (spans[at + 1]?.offset ?? offset))
  return skipping?.end ?? Number.NaN
}

/** `GMT+05:45` → milliseconds. */
function offsetIn(name = 'GMT'): number {
  const [, sign, hours = 0, minutes = 0] = /^GMT(?:([+-])(\d+):(\d+))?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE
}
