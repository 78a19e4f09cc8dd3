// Links in messages, against a strict stand-in for Slack: those to papers known here get the paper's card, and no others.
import { describe, expect, test } from 'vitest'
import { CHANNEL, hasFakes, slackAndBot } from './slack-fake.ts'

describe.skipIf(!hasFakes)('links on Slack', () => {
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
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
