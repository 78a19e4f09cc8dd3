// Time zones as people type them: IANA names, in any letter case, or the city alone.
import { UserInputError } from '#core/errors.ts'
import { nearest } from '#core/text/nearest.ts'
import { enumerate } from './blocks.ts'

const SPACES = /\s+/g
const OFFSET = /^(?:utc|gmt)?\s*[+-]\d/i

/** All zones of the runtime, and UTC. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
}

/** The IANA name: `berlin` → `Europe/Berlin`. Throws UserInputError naming the nearest. */
export function resolveZone(text: string): string {
  const typed = text.trim().replace(SPACES, '_').toLowerCase()
  const zones = zoneNames()
  const found =
    zones.find((zone) => zone.toLowerCase() === typed) ?? zones.find((zone) => zone.toLowerCase().endsWith(`/${typed}`))
  if (found !== undefined) return found
  if (!OFFSET.test(text)) {
    try {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text.trim()).timeZoneId
    } catch {
      // Not a name the runtime knows either: said below.
    }
  }
  const cities = new Map(zones.map((zone) => [zone.split('/').at(-1) ?? zone, zone] as const))
  const near = nearest(typed.split('/').at(-1) ?? typed, cities.keys(), 2).map((city) => cities.get(city) ?? city)
  throw new UserInputError(`“${text.slice(0, 60)}” is not a time zone.`, {
    hint:
      near.length > 0
        ? `Did you mean ${enumerate(near, 'or')}?`
        : 'A zone is written like Europe/Berlin, America/New_York or UTC.',
  })
}
