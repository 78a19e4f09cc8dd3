// The bot against a strict stand-in for Slack, from outside: commands, buttons, forged requests, an alert whose answer is lost, SIGTERM.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHANNEL, hasFakes, startBot, startFake } from './slack-fake.ts'

describe.skipIf(!hasFakes)('Slack', () => {
  let slack: Awaited<ReturnType<typeof startFake>>
  let bot: Awaited<ReturnType<typeof startBot>>
  const closing: ChildProcess[] = []

  beforeAll(async () => {
    slack = await startFake()
    closing.push(slack.process)
    bot = await startBot(slack)
    closing.push(bot.process)
  })

  afterAll(() => {
    for (const child of closing) child.kill('SIGKILL')
  })

  test('/healthz, /readyz and /metrics answer', async () => {
    expect(await (await fetch(`${bot.health}/healthz`)).text()).toBe('ok')
    expect((await fetch(`${bot.health}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${bot.health}/metrics`)).text()).toContain('paperboy_papers 15')
  })

  test('a command is acknowledged at once and answered in the channel', async () => {
    const sent = await slack.ctl('command', { command: '/papers', text: 'author Eric J. Michaud', channel: CHANNEL })
    expect(sent.status).toBe(200)
    const answered = await slack.ctl('wait', { kind: 'response_url', includes: 'There Will Be a Scientific Theory' })
    expect(answered.ok).toBe(true)
  })

  test('a mistake is answered to the person alone', async () => {
    await slack.ctl('command', { command: '/papers', text: 'serch moths', channel: CHANNEL })
    const answered = await slack.ctl('wait', { kind: 'response_url', includes: 'serch' })
    expect(JSON.stringify(answered.records)).toContain('ephemeral')
  })

  test('a button shows the next page in the place of this one', async () => {
    await slack.ctl('command', { command: '/papers', text: 'search network', channel: CHANNEL })
    await slack.ctl('wait', { kind: 'response_url', includes: '--page 2' })
    const { messages } = await slack.ctl('messages', { channel: CHANNEL })
    const page = messages.findLast((message: object) => JSON.stringify(message).includes('--page 2'))
    const button = JSON.stringify(page).match(/"value":"(search network --page 2)","action_id":"(run:\d+)"/) ?? []
    const fields = { message_ts: page.ts, action_id: button[2] ?? 'run:0', value: 'search network --page 2' }
    expect((await slack.ctl('action', fields)).status).toBe(200)
    expect((await slack.ctl('wait', { kind: 'response_url', includes: 'replace_original' })).ok).toBe(true)
  })

  test.each(['signature', 'wrong_secret', 'body', 'missing', 'old', 'nan', 'future'])(
    'a request with a wrong %s is refused',
    async (tamper) => {
      expect((await slack.ctl('command', { command: '/papers', text: 'help', tamper })).status).toBe(401)
    },
  )

  test('an alert whose answer was lost is posted once', async () => {
    await slack.ctl('command', { command: '/papers', text: 'follow topic moths --cadence now --confirm yes', channel: CHANNEL })
    await slack.ctl('wait', { kind: 'response_url', includes: 'moths' })
    await slack.ctl('fault', { kind: 'reset', method: 'chat.postMessage', times: 1, phase: 'after' })
    const today = Temporal.Now.plainDateISO().toString()
    const paper = {
      id: '2611.00001',
      title: 'On Moths',
      authors: ['Ada Byron'],
      abstract: 'They circle.',
      date: today,
      categories: ['cs.LG'],
    }
    writeFileSync(join(bot.folder, 'new.ndjson'), `${JSON.stringify(paper)}\n`)
    expect((await bot.run(['import', 'new.ndjson'])).code).toBe(0)
    // The outbox leaves an unclear answer alone for two minutes, longer than any request takes, before it looks.
    expect((await slack.ctl('wait', { method: 'conversations.history', timeout_ms: 170_000 })).ok).toBe(true)
    await slack.ctl('idle', { quiet_ms: 3000 })
    const { messages } = await slack.ctl('messages', { channel: CHANNEL })
    expect(messages.filter((message: object) => JSON.stringify(message).includes('On Moths'))).toHaveLength(1)
  }, 240_000)

  test('SIGTERM ends it with 0, and it broke none of Slack’s rules', async () => {
    bot.process.kill('SIGTERM')
    const [code] = await once(bot.process, 'exit')
    expect(code).toBe(0)
    expect((await slack.ctl('violations', {})).violations).toEqual([])
  })
})
