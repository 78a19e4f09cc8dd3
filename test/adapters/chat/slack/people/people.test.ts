import { describe, expect, test } from 'vitest'
import { createPeople } from '#adapters/chat/slack/people/people.ts'
import { createProfiles } from '#adapters/chat/slack/people/profile.ts'
import { aTimer } from '#test/adapters/http/server.ts'
import { aSlack, NO_SCOPE } from './a-slack.ts'

const now = () => Temporal.Instant.from('2026-11-22T09:00:00Z')
const asking = { workspace: 'T1', channel: 'C1', person: { id: 'U1', name: 'ada.l' } }

/** What the bot knows of U1, asking in C1 of T1, where Slack says this of them. */
async function askerWhere(user: object, changes: Partial<typeof asking> = {}, channel: object = { creator: 'U9' }) {
  await using slack = await aSlack({
    'users.info': 'ok' in user ? user : { user: { id: 'U1', team_id: 'T1', ...user } },
    'conversations.info': 'ok' in channel ? channel : { channel },
  })
  const asker = await createPeople(slack.workspaces, now).asker({ ...asking, ...changes })
  return { ...asker, rights: await asker.rights?.() }
}

describe('who asks', () => {
  test.each([
    [{ profile: { display_name: 'Ada', real_name: 'Ada Lovelace' } }, 'Ada'],
    [{ profile: { display_name: ' ', real_name: 'Ada Lovelace' } }, 'Ada Lovelace'],
    [{}, 'ada.l'],
    [NO_SCOPE, 'ada.l'],
  ])('is called as they want to be: %j', async (user, name) => {
    expect((await askerWhere(user)).person).toEqual({ id: 'U1', name })
  })

  test.each([
    [{ tz: 'Europe/Berlin' }, 'Europe/Berlin'],
    [{ tz: 'Mars/Olympus' }, undefined],
    [{}, undefined],
    [NO_SCOPE, undefined],
  ])('has the zone of their profile: %j', async (user, zone) => expect((await askerWhere(user)).zone).toBe(zone))
})

describe('what they may do', () => {
  const foreign = { person: { ...asking.person, workspace: 'T2' } }
  const organised = { person: { ...asking.person, workspace: 'E1' }, organisation: 'E1' }
  test.each([
    ['a member', {}, {}, { guest: false, admin: false }],
    ['an admin', { is_admin: true }, {}, { guest: false, admin: true }],
    ['an owner', { is_owner: true }, {}, { guest: false, admin: true }],
    ['a stranger', { is_stranger: true, is_admin: true }, {}, { guest: true, admin: false }],
    ['an admin of another workspace', { team_id: 'T2', is_admin: true }, {}, { guest: true, admin: false }],
    ['somebody who the request says is of another workspace', {}, foreign, { guest: true, admin: false }],
    ['somebody of the same organisation', {}, organised, { guest: false, admin: false }],
    ['somebody of an organisation, where the workspace’s is not known', {}, { person: organised.person }, { guest: false }],
    ['somebody of another organisation', {}, { ...organised, organisation: 'E2' }, { guest: true, admin: false }],
    [
      'somebody of another workspace of it',
      { team_id: 'T2', enterprise_user: { teams: ['T2', 'T1'] } },
      foreign,
      { guest: false },
    ],
    ['a person in their direct messages', { is_stranger: true }, { channel: 'D1' }, { guest: false, admin: true, alone: true }],
  ])('%s', async (_, user, changes, expected) => expect((await askerWhere(user, changes)).rights).toMatchObject(expected))

  test('whoever made the channel is an admin there', async () => {
    expect((await askerWhere({}, {}, { creator: 'U1' })).rights).toEqual({ guest: false, admin: true })
    expect((await askerWhere(NO_SCOPE, {}, { creator: 'U1' })).rights).toEqual({ guest: false, admin: true })
  })

  test('without the scopes nobody is an admin, guests are known by the request alone, and what is missing is named', async () => {
    const { rights } = await askerWhere(NO_SCOPE, {}, NO_SCOPE)
    expect(rights).toMatchObject({ guest: false, admin: false, untold: expect.stringContaining('users:read') })
    expect((await askerWhere({}, {}, NO_SCOPE)).rights?.untold).toContain('channels:read and groups:read')
    expect((await askerWhere(NO_SCOPE, foreign, NO_SCOPE)).rights).toMatchObject({ guest: true })
  })
})

describe('profiles', () => {
  test('are asked for once an hour a person, and once for all who wait', async () => {
    const time = aTimer()
    await using slack = await aSlack({ 'users.info': { user: { tz: 'UTC' } } })
    const { person } = createProfiles(slack.workspaces, { now: time.clock.now, patience: 10_000 })
    await Promise.all([person('T1', 'U1'), person('T1', 'U1'), person('T1', 'U2')])
    time.pass(3_599_999)
    await person('T1', 'U1')
    expect(slack.asked).toHaveLength(2)
    time.pass(1)
    await person('T1', 'U1')
    expect(slack.asked).toHaveLength(3)
    await person('T2', 'U1')
    expect(slack.asked).toHaveLength(4)
  })

  test('that were refused are asked for again after a minute', async () => {
    const time = aTimer()
    await using slack = await aSlack({ 'users.info': NO_SCOPE })
    const { person } = createProfiles(slack.workspaces, { now: time.clock.now, patience: 10_000 })
    expect(await person('T1', 'U1')).toEqual({ untold: 'scope' })
    time.pass(59_999)
    await person('T1', 'U1')
    expect(slack.asked).toHaveLength(1)
    time.pass(1)
    await person('T1', 'U1')
    expect(slack.asked).toHaveLength(2)
  })

  test('that do not come are not waited for', async () => {
    await using slack = await aSlack({})
    const { person } = createProfiles(slack.workspaces, { now, patience: 1 })
    expect(await person('T1', 'U1')).toEqual({ untold: 'trouble' })
    expect(await person('T1', 'U1')).toEqual({ untold: 'trouble' })
    expect(slack.asked.length).toBeLessThanOrEqual(1)
  })
})
