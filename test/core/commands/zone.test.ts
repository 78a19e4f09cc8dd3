import { expect, test } from 'vitest'
import { resolveZone, zoneNames } from '#core/commands/zone.ts'

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  ['New York', 'America/New_York'],
  ['utc', 'UTC'],
])('%s is %s', (typed, zone) => expect(resolveZone(typed)).toBe(zone))

test('each zone the runtime names is itself', () => {
  for (const zone of zoneNames()) expect(resolveZone(zone)).toBe(zone)
})

test.each(['Mars/Olympus', '+02:00', 'UTC+2', ''])('“%s” is none', (typed) =>
  expect(() => resolveZone(typed)).toThrow('is not a time zone'),
)
