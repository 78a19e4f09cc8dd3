// Cards, against a strict stand-in for Slack: links to papers known here get one, and no others; their menus run commands.
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

describe.skipIf(!hasFakes)('cards on Slack', () => {
  const running = slackAndBot()

  test('a link to a known paper is shown with its card, one to another paper is left to Slack', async () => {
    const links = ['https://arxiv.org/abs/1706.03762', 'https://www.alphaxiv.org/abs/2205.10343v2']
    await running.slack.ctl('link_shared', { channel: CHANNEL, links })
    const { ok, records } = await running.slack.ctl('wait', { method: 'chat.unfurl', ok: true })
    expect(ok).toBe(true)
    const said = JSON.stringify(records)
    expect(said).toContain('alphaxiv.org/abs/2205.10343v2')
    expect(said).toContain('Towards Understanding Grokking')
    expect(said).not.toContain('1706.03762')
  })

  test('an option of a card’s menu is run like a button, and leaves the list where it is', async () => {
    const { ctl } = running.slack
    await ctl('command', { command: '/papers', text: 'search grokking representation', channel: CHANNEL })
    await ctl('wait', { kind: 'response_url', includes: 'here related 2205.10343' })
    const { messages } = await ctl('messages', { channel: CHANNEL })
    const list = messages.findLast((message: object) => JSON.stringify(message).includes('here related 2205.10343'))
    const selected = { text: { type: 'plain_text', text: 'Related' }, value: 'here related 2205.10343' }
    await ctl('action', { message_ts: list.ts, action_id: 'run:menu', selected })
    const { ok, records } = await ctl('wait', { kind: 'response_url', includes: 'Near Towards Understanding Grokking' })
    expect(ok).toBe(true)
    expect(JSON.stringify(records)).not.toContain('"replace_original":true')
  })

  test('Slack would have taken all of it', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
