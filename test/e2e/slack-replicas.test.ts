// Two replicas behind one Slack app, on one PostgreSQL database: whatever begins at one of them goes on at the other.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { testPostgres } from '#test/postgres.ts'
import { hasFakes, killAll, startBotWith } from './fake.ts'
import { startFake } from './slack-fake.ts'

const ANNEX = 'T0ANNEX'
const CHANNEL = 'C0PAPERST0ANNEX'
const NOT_INSTALLED = 'not installed in this workspace'
/** Longer than a replica may go on with a token that another one knows to be gone, and than an index may be behind. */
const SOON = { timeout: 75_000, interval: 500 }

const postgres = await testPostgres()

describe.skipIf(!hasFakes || postgres.isMissing)('two replicas behind one Slack app', () => {
  type Bot = Awaited<ReturnType<typeof startBotWith>> & { readonly slack: string }
  const running = {} as { slack: Awaited<ReturnType<typeof startFake>>; one: Bot; other: Bot }
  beforeAll(async () => {
    running.slack = await startFake({})
    const { env, botPort } = running.slack
    const ports = { one: await freePort(), other: botPort }
    const shared = { ...env, DATABASE_URL: await postgres.emptyUrl(), SLACK_STATE_SECRET: 'a long random text' }
    for (const which of ['one', 'other'] as const) {
      const bot = await startBotWith({ ...shared, SLACK_PORT: String(ports[which]) }, false)
      running[which] = Object.assign(bot, { slack: `http://127.0.0.1:${ports[which]}/slack` })
    }
  })
  killAll(running)

  /** What a replica answers to a command of the workspace. */
  async function answerOf({ slack }: Bot, text: string): Promise<string> {
    const since = await now()
    const asked = { command: '/papers', text, team: ANNEX, channel: CHANNEL, url: `${slack}/events` }
    expect(await running.slack.ctl('command', asked)).toMatchObject({ status: 200 })
    const answered = await running.slack.ctl('wait', { kind: 'response_url', since, timeout_ms: 10_000 })
    return JSON.stringify(answered.records)
  }

  /** The number of the fake's newest record. */
  async function now(): Promise<number> {
    return (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
  }

  async function announce(id: string, title: string): Promise<void> {
    const date = Temporal.Now.plainDateISO().toString()
    const paper = { id, title, authors: ['Ada Byron'], abstract: 'They circle.', date, categories: ['cs.LG'] }
    writeFileSync(join(running.one.folder, 'new.ndjson'), `${JSON.stringify(paper)}\n`)
    expect((await running.one.run(['import', 'new.ndjson'])).code).toBe(0)
  }

  async function postsOf(title: string): Promise<number> {
    const { messages } = await running.slack.ctl('messages', { team: ANNEX })
    return messages.filter((message: object) => JSON.stringify(message).includes(title)).length
  }

  test('an installation that is begun at one and comes back to the other is known to both at once', async () => {
    const { one, other, slack } = running
    for (const bot of [one, other]) expect(await answerOf(bot, 'following')).toContain(NOT_INSTALLED)
    const installed = await slack.ctl('install', { team: ANNEX, url: `${one.slack}/install` })
    expect(installed).toMatchObject({ ok: true, status: 200, installed: true })
    expect(installed.steps.map(({ url }: { url: string }) => new URL(url).host)).toEqual([
      new URL(one.slack).host,
      new URL(slack.env.SLACK_API_URL ?? '').host,
      new URL(other.slack).host,
    ])
    expect(await answerOf(one, 'follow topic moths --cadence now --confirm yes')).toContain('moths')
    expect(await answerOf(other, 'following')).toContain('moths')
  })

  test.each([
    ['one', 'other', '2611.00001', 'On Moths'],
    ['other', 'one', '2611.00002', 'Moths at Night'],
  ] as const)('while %s is down, %s delivers to the workspace, once', async (down, _up, id, title) => {
    await running[down].restart('SIGTERM', async () => {
      await announce(id, title)
      await expect.poll(() => postsOf(title), SOON).toBe(1)
    })
    await running.slack.ctl('idle', { quiet_ms: 2000 })
    expect(await postsOf(title)).toBe(1)
  })

  test('what another process brings is found by either within seconds', async () => {
    await announce('2611.00003', 'Moths and Quasars')
    for (const bot of [running.one, running.other]) {
      await expect.poll(() => answerOf(bot, 'search quasars'), SOON).toContain('Moths and Quasars')
    }
  })

  test('where the workspace takes it out, which one hears of, the other drops its token too', async () => {
    const { one, other, slack } = running
    for (const bot of [one, other]) expect(await answerOf(bot, 'following')).toContain('moths')
    await slack.ctl('uninstall', { team: ANNEX, url: `${one.slack}/events` })
    for (const bot of [one, other]) await expect.poll(() => answerOf(bot, 'following'), SOON).toContain(NOT_INSTALLED)
    const since = await now()
    await announce('2611.00004', 'Moths Asleep')
    await slack.ctl('idle', { quiet_ms: 3000 })
    const { records } = await slack.ctl('log', { since })
    expect(records.filter((call: { kind: string; team?: string }) => call.kind === 'api' && call.team === ANNEX)).toEqual([])
  })

  test('where it comes back at the other, both answer and what waited comes', async () => {
    const { one, other, slack } = running
    await slack.ctl('install', { team: ANNEX, url: `${other.slack}/install` })
    for (const bot of [one, other]) expect(await answerOf(bot, 'following')).toContain('moths')
    await expect.poll(() => postsOf('Moths Asleep'), SOON).toBe(1)
  })

  test('all that broke none of Slack’s rules', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
