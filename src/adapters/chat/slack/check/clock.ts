// Slack's clock: requests are signed with the time, and others than fresh ones are refused.
import type { TheirClock } from '#adapters/chat/clock-check.ts'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'

const SLACK = 'https://slack.com/api/'

export function clockAt(apiUrl: string = SLACK): TheirClock {
  return {
    name: 'Slack',
    ask: (signal) => fetch(new URL('api.test', apiUrl), { method: 'POST', signal }),
    consequence: (apart) =>
      apart > LIMITS.skew
        ? { state: 'wrong', so: ', so that requests over HTTP are refused as stale' }
        : { state: 'warning', so: '' },
  }
}
