// The bot against a strict stand-in for Slack, from outside: commands, buttons, forged requests, SIGTERM.
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

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
    const button = JSON.stringify(page).match(/"value":"(search network --page 2)","action_id":"(run:turn:\d+)"/) ?? []
    const fields = { message_ts: page.ts, action_id: button[2] ?? 'run:turn:0', value: 'search network --page 2' }
    expect((await running.slack.ctl('action', fields)).status).toBe(200)
    expect((await running.slack.ctl('wait', { kind: 'response_url', includes: 'replace_original' })).ok).toBe(true)
  })

  test.each(['signature', 'wrong_secret', 'body', 'missing', 'old', 'nan', 'future'])(
    'a request with a wrong %s is refused',
    async (tamper) => {
      expect((await running.slack.ctl('command', { command: '/papers', text: 'help', tamper })).status).toBe(401)
    },
  )

  test('SIGTERM ends it with 0, and it broke none of Slack’s rules', async () => {
    running.bot.process.kill('SIGTERM')
    const [code] = await once(running.bot.process, 'exit')
    expect(code).toBe(0)
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
