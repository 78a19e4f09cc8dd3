// Who may do what on Slack, from outside: zones by profile, admins and others, a guest of another workspace, the Home tab.
import { beforeAll, describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'

const PRIVATE = 'C0PRIVT0LAB'
const GENERAL = 'C0GENT0LAB'

describe.skipIf(!hasFakes)('rights on Slack', () => {
  const running = slackAndBot()
  beforeAll(() =>
    running.slack.ctl('team', {
      id: 'T0LAB',
      users: [
        { id: 'U0ALICE', name: 'alice', real_name: 'Alice Adams', tz: 'Europe/Berlin', is_admin: true },
        { id: 'U0BOB', name: 'bob', real_name: 'Bob Brown', tz: 'America/New_York' },
        { id: 'U0EVE', name: 'eve', real_name: 'Eve', is_stranger: true, is_admin: true },
      ],
    }),
  )

  async function say(user: string, text: string, channel = CHANNEL) {
    const since = await lastRecord()
    await running.slack.ctl('command', { command: '/papers', text, channel, user })
    const { records } = await running.slack.ctl('wait', { kind: 'response_url', since, timeout_ms: 15_000 })
    return JSON.stringify(records)
  }
  async function lastRecord(): Promise<number> {
    return (await running.slack.ctl('log', {})).records.at(-1)?.seq ?? 0
  }
  async function homeOf(user: string) {
    const since = await lastRecord()
    const channel = `D0${user.slice(1)}0LAB`
    await running.slack.ctl('event', { event: { type: 'app_home_opened', user, channel, tab: 'home' } })
    const { ok } = await running.slack.ctl('wait', { method: 'views.publish', since, timeout_ms: 15_000 })
    expect(ok).toBe(true)
    const homes = new Map<string, unknown>((await running.slack.ctl('views', {})).homes)
    return JSON.stringify(homes.get(`T0LAB${user}`))
  }

  test('a time is meant in the zone of the person’s profile', async () => {
    expect(await say('U0ALICE', 'digest weekly monday 9:00')).toContain('every Monday at 09:00 (Europe/Berlin)')
    expect(await say('U0BOB', 'digest weekly monday 9:00', GENERAL)).toContain('(America/New_York)')
  })

  test('admins alone close a channel to others, who still follow for themselves', async () => {
    expect(await say('U0BOB', 'permissions admins')).toContain('Only admins and whoever made this channel may say')
    expect(await say('U0ALICE', 'permissions admins')).toContain('changed who may change what this channel gets')
    expect(await say('U0BOB', 'follow topic lamps')).toContain('Only admins and whoever made this channel may change')
    expect(await say('U0ALICE', 'follow topic moths --confirm yes')).toContain('Followed here now')
    expect(await say('U0BOB', 'follow topic lamps --for me --confirm yes')).toContain('in your direct messages')
    expect(await say('U0BOB', 'following')).toContain('moths')
  })

  test('whoever made a channel is an admin there', async () => {
    await running.slack.ctl('channel', { id: 'C0BOBST0LAB', name: 'bobs', is_member: true, creator: 'U0BOB' })
    expect(await say('U0BOB', 'permissions admins', 'C0BOBST0LAB')).toContain('changed who may change')
  })

  test('a guest from another workspace asks, and changes nothing', async () => {
    expect(await say('U0EVE', 'search grokking')).toContain('in_channel')
    expect(await say('U0EVE', 'follow topic candles --confirm yes', GENERAL)).toContain('You are a guest here')
    expect(await say('U0EVE', 'permissions everyone')).toContain('You are a guest here')
  })

  test('the Home tab shows what comes to a person and to their channels, and no private channel of others', async () => {
    await say('U0BOB', 'follow topic whistleblowers --confirm yes', PRIVATE)
    await say('U0BOB', 'digest daily --for me')
    const home = await homeOf('U0BOB')
    for (const shown of ['lamps', 'every day at 09:00', 'the next one on', 'moths', CHANNEL, 'follow:open', 'every Monday']) {
      expect(home).toContain(shown)
    }
    expect(home).not.toContain('whistleblowers')
    expect(await homeOf('U0ALICE')).not.toContain('lamps')
  })

  test('what is pressed in the Home tab is answered in direct messages, and the tab is drawn anew', async () => {
    const since = await lastRecord()
    const homes = new Map<string, { id: string }>((await running.slack.ctl('views', {})).homes)
    const view = homes.get('T0LABU0BOB')
    await running.slack.ctl('action', { view_id: view?.id, action_id: 'run:0', user: 'U0BOB' })
    const posted = await running.slack.ctl('wait', { method: 'chat.postMessage', since, timeout_ms: 15_000 })
    expect(JSON.stringify(posted.records)).toContain('D00BOB0LAB')
    expect((await running.slack.ctl('wait', { method: 'views.publish', since, timeout_ms: 15_000 })).ok).toBe(true)
  })

  test('what is followed by the form from the Home tab comes to direct messages, and the tab shows it', async () => {
    await homeOf('U0ALICE')
    const since = await lastRecord()
    const { ctl } = running.slack
    const home = new Map<string, { id: string }>((await ctl('views', {})).homes).get('T0LABU0ALICE')
    await ctl('action', { view_id: home?.id, action_id: 'follow:open', user: 'U0ALICE' })
    await ctl('wait', { method: 'views.open', since, timeout_ms: 15_000 })
    const form = (await ctl('views', {})).views.at(-1)
    const input = form.blocks.find(({ block_id }: { block_id: string }) => block_id === 'author')
    const name = 'Eric J. Michaud'
    const chosen = { type: 'external_select', selected_option: { text: { type: 'plain_text', text: name }, value: name } }
    const values = { author: { [input.element.action_id]: chosen } }
    await ctl('view_submission', { view_id: form.id, values, user: 'U0ALICE' })
    await ctl('view_submission', { view_id: (await ctl('views', {})).views.at(-1).id, values: {}, user: 'U0ALICE' })
    const drawn = await ctl('wait', { method: 'views.publish', since, includes: name, timeout_ms: 15_000 })
    expect(drawn.ok).toBe(true)
  })

  test('nothing broke a rule of Slack’s', async () => {
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
