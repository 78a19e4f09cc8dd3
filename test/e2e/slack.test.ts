// The bot against a strict stand-in for Slack, from outside: commands, buttons, forged requests, an alert whose answer is lost, SIGTERM.
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CHANNEL, hasFakes, slackAndBot } from './slack-fake.ts'

describe.skipIf(!hasFakes)('Slack', () => {
  const running = slackAndBot()

  test('/healthz, /readyz and /metrics answer', async () => {
    expect(await (await fetch(`${running.bot.health}/healthz`)).text()).toBe('ok')
    expect((await fetch(`${running.bot.health}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${running.bot.health}/metrics`)).text()).toContain('paperboy_papers 15')
  })

  test('a command is acknowledged at once and answered in the channel', async () => {
    const sent = await running.slack.ctl('command', { command: '/papers', text: 'author Eric J. Michaud', channel: CHANNEL })
    expect(sent.status).toBe(200)
    const answered = await running.slack.ctl('wait', { kind: 'response_url', includes: 'There Will Be a Scientific Theory' })
    expect(answered.ok).toBe(true)
  })

  test('a mistake is answered to the person alone', async () => {
    await running.slack.ctl('command', { command: '/papers', text: 'serch moths', channel: CHANNEL })
    const answered = await running.slack.ctl('wait', { kind: 'response_url', includes: 'serch' })
    expect(JSON.stringify(answered.records)).toContain('ephemeral')
  })

  test('a button shows the next page in the place of this one', async () => {
    await running.slack.ctl('command', { command: '/papers', text: 'search network', channel: CHANNEL })
    await running.slack.ctl('wait', { kind: 'response_url', includes: '--page 2' })
    const { messages } = await running.slack.ctl('messages', { channel: CHANNEL })
    const page = messages.findLast((message: object) => JSON.stringify(message).includes('--page 2'))
    const button = JSON.stringify(page).match(/"value":"(search network --page 2)","action_id":"(run:\d+)"/) ?? []
    const fields = { message_ts: page.ts, action_id: button[2] ?? 'run:0', value: 'search network --page 2' }
    expect((await running.slack.ctl('action', fields)).status).toBe(200)
    expect((await running.slack.ctl('wait', { kind: 'response_url', includes: 'replace_original' })).ok).toBe(true)
  })

  test.each(['signature', 'wrong_secret', 'body', 'missing', 'old', 'nan', 'future'])(
    'a request with a wrong %s is refused',
    async (tamper) => {
      expect((await running.slack.ctl('command', { command: '/papers', text: 'help', tamper })).status).toBe(401)
    },
  )

  test('an alert whose answer was lost is posted once', async () => {
    await running.slack.ctl('command', {
      command: '/papers',
      text: 'follow topic moths --cadence now --confirm yes',
      channel: CHANNEL,
    })
    await running.slack.ctl('wait', { kind: 'response_url', includes: 'moths' })
    await running.slack.ctl('fault', { kind: 'reset', method: 'chat.postMessage', times: 1, phase: 'after' })
    const today = Temporal.Now.plainDateISO().toString()
    const paper = {
      id: '2611.00001',
      title: 'On Moths',
      authors: ['Ada Byron'],
      abstract: 'They circle.',
      date: today,
      categories: ['cs.LG'],
    }
    writeFileSync(join(running.bot.folder, 'new.ndjson'), `${JSON.stringify(paper)}\n`)
    expect((await running.bot.run(['import', 'new.ndjson'])).code).toBe(0)
    // The outbox leaves an unclear answer alone for two minutes, longer than any request takes, before it looks.
    expect((await running.slack.ctl('wait', { method: 'conversations.history', timeout_ms: 170_000 })).ok).toBe(true)
    await running.slack.ctl('idle', { quiet_ms: 3000 })
    const { messages } = await running.slack.ctl('messages', { channel: CHANNEL })
    expect(messages.filter((message: object) => JSON.stringify(message).includes('On Moths'))).toHaveLength(1)
  }, 240_000)

  test('SIGTERM ends it with 0, and it broke none of Slack’s rules', async () => {
    running.bot.process.kill('SIGTERM')
    const [code] = await once(running.bot.process, 'exit')
    expect(code).toBe(0)
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
