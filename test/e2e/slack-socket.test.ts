// Socket Mode from outside: whatever becomes of the socket, the bot runs on and answers again; installation pages beside it.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

const LAB = { team: 'T0LAB', channel: CHANNEL }
const ANNEX = { team: 'T0ANNEX', channel: 'C0PAPERST0ANNEX' }

describe.skipIf(!hasFakes)('Slack over a socket', () => {
  const running = slackAndBot({
    delivery: 'socket',
    environment: { SLACK_STATE_SECRET: 'a long random text', SLACK_BOT_TOKEN: '' },
  })

  /** The number of the fake's newest record. */
  async function now(): Promise<number> {
    return (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
  }

  async function answered(includes: string, fields: object = LAB) {
    const since = await now()
    const sent = await running.slack.ctl('command', { command: '/papers', text: 'help', ...fields })
    const { ok } = await running.slack.ctl('wait', { kind: 'response_url', includes, since })
    return { acknowledged: sent.status, answered: ok }
  }

  async function reopened(since: number) {
    return (await running.slack.ctl('wait', { kind: 'socket', event: 'open', since, timeout_ms: 15_000 })).ok
  }

  const fine = { acknowledged: 200, answered: true }

  test.each([LAB, ANNEX])('without a bot token $team has to install it, and is answered then', async (there) => {
    expect(await answered('not installed in this workspace', there)).toEqual(fine)
    expect(await running.slack.ctl('install', { team: there.team })).toMatchObject({ ok: true, status: 200 })
    expect(await answered('search', there)).toEqual(fine)
  })

  test('nothing but the pages of an installation is served over HTTP', async () => {
    const elsewhere = await fetch(`http://127.0.0.1:${running.slack.botPort}/slack/events`, { method: 'POST' })
    expect(elsewhere.status).toBe(404)
  })

  test.each(['drop', 'disconnect'])('where Slack does %s, it comes back', async (what) => {
    const since = await now()
    await running.slack.ctl('socket', { do: what })
    expect(await reopened(since)).toBe(true)
    expect(await answered('search')).toEqual(fine)
  })

  test('where Slack opens no socket for a while, it comes back', async () => {
    const since = await now()
    await running.slack.ctl('fault', { method: 'apps.connections.open', kind: '500', times: 1 })
    await running.slack.ctl('fault', { method: 'apps.connections.open', kind: 'error', error: 'invalid_auth', times: 1 })
    await running.slack.ctl('fault', { method: 'apps.connections.open', kind: 'reset', times: 1 })
    await running.slack.ctl('socket', { do: 'drop' })
    const readiness = async () => (await fetch(`${running.bot.health}/readyz`)).text()
    await expect.poll(readiness, { interval: 20 }).toBe('not ready: There is no connection to slack.')
    expect(await reopened(since)).toBe(true)
    expect(await answered('search')).toEqual(fine)
    expect(await readiness()).toBe('ready')
    expect(running.bot.process.exitCode).toBe(null)
    expect(running.bot.said.filter(({ msg }) => msg === 'slack socket not open')).toHaveLength(3)
  }, 60_000)

  test('it broke none of Slack’s rules', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
