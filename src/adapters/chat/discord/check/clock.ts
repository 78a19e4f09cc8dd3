// Discord's clock: digests come by this machine's, and so do the limits of what may be looked up again.
import { DefaultUserAgent } from 'discord.js'
import type { TheirClock } from '#adapters/chat/clock-check.ts'

const DISCORD = 'https://discord.com/api'

export function clockAt(apiUrl: string = DISCORD): TheirClock {
  return {
    name: 'Discord',
    ask: (signal) => fetch(`${apiUrl}/v10/gateway`, { headers: { 'user-agent': DefaultUserAgent }, signal }),
    consequence: () => ({ state: 'warning', so: ', so that digests come at another time than was asked for' }),
  }
}
