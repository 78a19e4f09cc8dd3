// Installing the bot in further workspaces, from outside: the pages, whose token speaks where, taking it out, and coming back.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

const ANNEX = 'T0ANNEX'
const ANNEX_CHANNEL = 'C0PAPERST0ANNEX'

describe.skipIf(!hasFakes)('installing on Slack', () => {
  const running = slackAndBot({ environment: { SLACK_STATE_SECRET: 'a long random text' } })

  /** What the bot answers to a command in the other workspace, where it says this. */
  async function inAnnex(text: string, includes: string) {
    const since = await now()
    await running.slack.ctl('command', { command: '/papers', text, team: ANNEX, channel: ANNEX_CHANNEL })
    return running.slack.ctl('wait', { kind: 'response_url', includes, since })
  }

  /** The number of the fake's newest record. */
  async function now(): Promise<number> {
    return (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
  }

  async function callsFor(team: string, since: number) {
    const { records } = await running.slack.ctl('log', { since })
    return records.filter((call: { kind: string; team?: string }) => call.kind === 'api' && call.team === team)
  }

  async function messagesWith(title: string, team: string) {
    const { messages } = await running.slack.ctl('messages', { team })
    return messages.filter((message: object) => JSON.stringify(message).includes(title))
  }

  /** Presses the first button of a message in the other workspace. */
  async function pressIn(title: string) {
    const [message] = await messagesWith(title, ANNEX)
    const [, action] = /"action_id":"(run:\d+)"/.exec(JSON.stringify(message)) ?? []
    return running.slack.ctl('action', { team: ANNEX, channel: ANNEX_CHANNEL, message_ts: message.ts, action_id: action })
  }

  /** Has Slack take the workspace's token again, as its admins can, without the bot being told. */
  async function grantAgain(team: string): Promise<void> {
    const { SLACK_AUTHORIZE_URL, SLACK_API_URL, SLACK_CLIENT_ID = '', SLACK_CLIENT_SECRET = '' } = running.slack.env
    const scope = SCOPES.map((one) => one.scope).join(',')
    const query = new URLSearchParams({ client_id: SLACK_CLIENT_ID, scope, state: 'any', team })
    const { headers } = await fetch(`${SLACK_AUTHORIZE_URL}?${query}`, { redirect: 'manual' })
    const code = new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
    const body = new URLSearchParams({ client_id: SLACK_CLIENT_ID, client_secret: SLACK_CLIENT_SECRET, code })
    await fetch(`${SLACK_API_URL}oauth.v2.access`, { method: 'POST', body })
  }

  async function announce(id: string, title: string): Promise<void> {
    const date = Temporal.Now.plainDateISO().toString()
    const paper = { id, title, authors: ['Ada Byron'], abstract: 'They circle.', date, categories: ['cs.LG'] }
    writeFileSync(join(running.bot.folder, 'new.ndjson'), `${JSON.stringify(paper)}\n`)
    expect((await running.bot.run(['import', 'new.ndjson'])).code).toBe(0)
  }

  test('somebody in a workspace without the bot is told so', async () => {
    expect((await inAnnex('help', 'not installed in this workspace')).ok).toBe(true)
  })

  test.each([
    [{ tamper: 'state' }, 400],
    [{ tamper: 'cookie' }, 400],
    [{ tamper: 'code' }, 400],
    [{ deny: true }, 403],
  ])('an installation with %o is refused', async (how, status) => {
    expect(await running.slack.ctl('install', { team: ANNEX, ...how })).toMatchObject({ ok: false, status, installed: false })
    expect((await inAnnex('help', 'not installed in this workspace')).ok).toBe(true)
  })

  test('an installation is welcomed, and commands are answered there with its own token', async () => {
    const installed = await running.slack.ctl('install', { team: ANNEX })
    expect(installed).toMatchObject({ ok: true, status: 200, installed: true })
    expect(installed.body).toContain('Paperboy is in')
    expect((await inAnnex('follow topic moths --cadence now --confirm yes', 'moths')).ok).toBe(true)
    expect((await running.slack.ctl('wait', { method: 'chat.postMessage', channel: ANNEX_CHANNEL })).ok).toBe(true)
  })

  test('what one workspace follows is nothing to the other', async () => {
    await announce('2611.00001', 'On Moths')
    await running.slack.ctl('wait', { method: 'chat.postMessage', channel: ANNEX_CHANNEL, includes: 'On Moths' })
    expect(await messagesWith('On Moths', ANNEX)).toHaveLength(1)
    expect(await messagesWith('On Moths', 'T0LAB')).toHaveLength(0)
    const since = await now()
    await running.slack.ctl('command', { command: '/papers', text: 'following', channel: CHANNEL })
    const answered = await running.slack.ctl('wait', { kind: 'response_url', since })
    expect(JSON.stringify(answered.records)).not.toContain('moths')
  })

  test('where it is taken out, nothing is asked or posted any more, and whoever types is told why', async () => {
    const uninstalled = await running.slack.ctl('uninstall', { team: ANNEX })
    expect(uninstalled.x.tries.at(-1).status).toBe(200)
    expect((await inAnnex('following', 'not installed in this workspace')).ok).toBe(true)
    const pressed = await now()
    expect(await pressIn('On Moths')).toMatchObject({ status: 200 })
    const told = await running.slack.ctl('wait', { kind: 'response_url', includes: 'not installed', since: pressed })
    expect(told.ok).toBe(true)
    const since = await now()
    await announce('2611.00002', 'Moths at Night')
    await running.slack.ctl('idle', { quiet_ms: 3000 })
    expect(await callsFor(ANNEX, since)).toEqual([])
    expect(await messagesWith('Moths at Night', ANNEX)).toHaveLength(0)
  })

  test('where it is installed again, it goes on where it was and brings what waited', async () => {
    expect(await running.slack.ctl('install', { team: ANNEX })).toMatchObject({ ok: true, installed: true })
    const brought = await running.slack.ctl('wait', {
      method: 'chat.postMessage',
      includes: 'Moths at Night',
      timeout_ms: 10_000,
    })
    expect(brought.ok).toBe(true)
    expect((await inAnnex('following', 'moths')).ok).toBe(true)
    expect(await messagesWith('Moths at Night', ANNEX)).toHaveLength(1)
  })

  test.each(['app_uninstalled', 'tokens_revoked'])('a late %s does not undo the newer installation', async (type) => {
    await running.slack.ctl('event', { team: ANNEX, event: { type, tokens: { oauth: [], bot: ['U0BOTT0ANNEX'] } } })
    expect((await inAnnex('following', 'moths')).ok).toBe(true)
  })

  test('a command that comes twice is answered once, and so is an event', async () => {
    const since = await now()
    const event = { team: ANNEX, event_id: 'Ev0TWICE', event: { type: 'app_uninstalled' } }
    await running.slack.ctl('event', event)
    await running.slack.ctl('event', { ...event, retry_num: 1 })
    await running.slack.ctl('idle', { quiet_ms: 300 })
    expect((await callsFor(ANNEX, since)).map(({ method }: { method: string }) => method)).toEqual(['auth.test'])
  })

  test('a token that is revoked without a word holds posts back until the workspace installs again', async () => {
    await running.slack.ctl('revoke', { team: ANNEX })
    await announce('2611.00003', 'Moths by Day')
    await running.slack.ctl('wait', { method: 'chat.postMessage', includes: 'token_revoked' })
    const since = await now()
    await announce('2611.00004', 'Moths Asleep')
    await running.slack.ctl('idle', { quiet_ms: 2000 })
    expect(await callsFor(ANNEX, since)).toEqual([])
    await running.slack.ctl('install', { team: ANNEX })
    for (const title of ['Moths by Day', 'Moths Asleep']) {
      const brought = await running.slack.ctl('wait', {
        method: 'chat.postMessage',
        ok: true,
        includes: title,
        timeout_ms: 10_000,
      })
      expect(brought.ok).toBe(true)
    }
  })

  test('the workspace of the configured token goes on after a start with one that works', async () => {
    const follow = { command: '/papers', text: 'follow topic moths --cadence now --confirm yes', channel: CHANNEL }
    await running.slack.ctl('command', follow)
    await running.slack.ctl('wait', { method: 'chat.postMessage', channel: CHANNEL })
    await running.slack.ctl('revoke', { team: 'T0LAB' })
    await announce('2611.00005', 'Moths Again')
    await running.slack.ctl('wait', { method: 'chat.postMessage', channel: CHANNEL, includes: 'token_revoked' })
    await grantAgain('T0LAB')
    await running.bot.restart('SIGTERM')
    const brought = { method: 'chat.postMessage', channel: CHANNEL, ok: true, includes: 'Moths Again', timeout_ms: 10_000 }
    expect((await running.slack.ctl('wait', brought)).ok).toBe(true)
  })

  test('it survives a start anew', async () => {
    await running.bot.restart('SIGTERM')
    expect((await inAnnex('following', 'moths')).ok).toBe(true)
  })

  test('the workspace of the configured token takes the bot out for itself alone, also over a start anew', async () => {
    await running.slack.ctl('uninstall', { team: 'T0LAB' })
    await running.bot.restart('SIGTERM')
    expect((await inAnnex('following', 'moths')).ok).toBe(true)
  })

  test('all that broke none of Slack’s rules', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
