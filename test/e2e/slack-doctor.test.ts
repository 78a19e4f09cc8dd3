// What the doctor says of a workspace, as it is and as things are taken from it, while the bot serves it.
import { describe, expect, test } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'
import type { Check } from '#core/ports/platform.ts'
import { install } from '#test/paperboy.ts'
import { hasFakes } from './fake.ts'
import { slackAndBot } from './slack-fake.ts'

const ALL = SCOPES.map(({ scope }) => scope)

describe.skipIf(!hasFakes)('the doctor on Slack', () => {
  const running = slackAndBot()

  async function doctor(paperboy: Pick<ReturnType<typeof install>, 'run'> = running.bot) {
    const { code, stdout, stderr } = await paperboy.run(['doctor', '--json'])
    expect(stderr).toBe('')
    const { checks } = JSON.parse(stdout) as { checks: Check[] }
    const ofSlack = checks.filter(({ about }) => about.startsWith('Slack ') || about === 'clock')
    return { code, checks: ofSlack, states: ofSlack.map(({ about, state }) => `${about}: ${state}`) }
  }

  test('all that the manifest asks for is granted, and the running bot is found at its port', async () => {
    const { code, checks, states } = await doctor()
    // The fake's signing secret is not shaped as Slack's are.
    expect(states).toEqual([
      'clock: fine',
      'Slack requests: fine',
      'Slack signing secret: warning',
      'Slack token: fine',
      'Slack scopes: fine',
    ])
    expect(checks[1]?.found).toMatch(/^Paperboy takes them at port/)
    expect(code).toBe(0)
  })

  test('in Socket Mode the socket is tried', async () => {
    const { code, states } = await doctor(install({ ...running.slack.env, SLACK_MODE: 'socket' }))
    expect(states).toEqual(['clock: fine', 'Slack socket: fine', 'Slack token: fine', 'Slack scopes: fine'])
    expect(code).toBe(0)
  })

  test('without the scopes for reading channels it warns, with their names', async () => {
    await running.slack.ctl('team', { id: 'T0LAB', scopes: ALL.filter((scope) => !scope.endsWith(':history')) })
    const { code, checks } = await doctor()
    const said = checks.filter(({ about }) => about === 'Slack scopes')
    expect(said.map(({ state, found }) => `${state}: ${found.split(' not granted')[0]}`).sort()).toEqual([
      'warning: channels:history, groups:history and mpim:history are',
      'warning: im:history is',
    ])
    expect(code).toBe(0)
  })

  test('without the scope for posting something is wrong', async () => {
    await running.slack.ctl('team', { id: 'T0LAB', scopes: ALL.filter((scope) => scope !== 'chat:write') })
    const { code, checks } = await doctor()
    expect(checks).toContainEqual(
      expect.objectContaining({ about: 'Slack scopes', state: 'wrong', found: expect.stringMatching(/^chat:write/) }),
    )
    expect(code).toBe(1)
  })

  test('a token that was revoked is wrong', async () => {
    await running.slack.ctl('revoke', { team: 'T0LAB' })
    const { code, checks } = await doctor()
    expect(checks).toContainEqual(
      expect.objectContaining({ about: 'Slack token', state: 'wrong', mend: expect.stringContaining('SLACK_BOT_TOKEN') }),
    )
    expect(code).toBe(1)
  })
})
