// A workspace that does not let the bot read: what may have arrived is posted again, which may be twice, and is never lost.
import { describe, expect, test } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'
import { talk } from './slack-talk.ts'

const GENERAL = 'C0GENT0LAB'

describe.skipIf(!hasFakes)('Slack without the history scopes and im:write', () => {
  const scopes = SCOPES.map(({ scope }) => scope).filter((scope) => !scope.endsWith(':history') && scope !== 'im:write')
  const running = slackAndBot({ scopes, soon: true })
  const { say, imports, messages, counts } = talk(running)

  test('an alert whose fate is unknown is posted again, and the log says so', async () => {
    for (const channel of [CHANNEL, GENERAL]) await say('follow topic moths --cadence now --confirm yes', channel, 'moths')
    await running.slack.ctl('fault', { kind: 'reset', method: 'chat.postMessage', channel: CHANNEL, times: 1 })
    await running.slack.ctl('fault', { kind: 'reset', method: 'chat.postMessage', channel: GENERAL, phase: 'after', times: 1 })
    await imports({ id: '2611.00001', title: 'On Moths' })
    await expect.poll(() => messages(CHANNEL, 'On Moths'), { timeout: 60_000, interval: 1000 }).toHaveLength(1)
    await expect.poll(() => messages(GENERAL, 'On Moths'), { timeout: 60_000, interval: 1000 }).toHaveLength(2)
    expect(await counts()).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
    expect(running.bot.said.filter(({ msg }) => msg === 'posting again what may have arrived')).toHaveLength(2)
  })

  test('who asks for what the app may not do is told which scope it lacks', async () => {
    const said = await say('follow topic moths --cadence now --for me --confirm yes', CHANNEL, 'im:write')
    expect(said).toContain('install the app again')
  })

  test('Slack was asked for each once, and refused; no other of its rules was broken', async () => {
    const { violations } = await running.slack.ctl('violations', {})
    expect(violations.map(({ method, code }: { method: string; code: string }) => [method, code])).toEqual([
      ['conversations.history', 'missing_scope'],
      ['conversations.open', 'missing_scope'],
    ])
  })
})
