import { describe, expect, test } from 'vitest'
import { createWorkspaces } from '#adapters/chat/slack/workspaces.ts'
import { DeliveryError, StoreError } from '#core/errors.ts'
import type { Installation } from '#core/ports/installation-store.ts'
import { aServer, aTimer } from '#test/adapters/http/server.ts'

const REVOKED = expect.objectContaining({ kind: 'revoked' })

/** Workspaces over a Slack that knows these tokens, each of a workspace, and a store with these installations. */
async function workspacesWith(options: { token?: string; known?: Record<string, string>; installed?: Record<string, string> }) {
  const known = new Map(Object.entries(options.known ?? {}))
  const installed = new Map(Object.entries(options.installed ?? {}))
  const asked: string[] = []
  const server = await aServer((request, response) => {
    const token = request.headers.authorization?.split(' ')[1] ?? ''
    asked.push(token)
    const workspace = known.get(token)
    const said = workspace ? { ok: true, team_id: workspace, user_id: `U${workspace}` } : { ok: false, error: 'token_revoked' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
  })
  let isBroken = false
  const { clock, pass } = aTimer()
  const workspaces = createWorkspaces({
    token: options.token,
    apiUrl: `${server.url}/api/`,
    now: clock.now,
    installations: {
      async get({ workspace }) {
        if (isBroken) throw new StoreError('The disk is full.')
        const token = installed.get(workspace)
        return token === undefined ? undefined : ({ token, workspace, botUser: `U${token}` } as Installation)
      },
    },
  })
  const tokenOf = async (workspace: string) => (await workspaces.client(workspace)).token
  return {
    ...workspaces,
    asked,
    known,
    installed,
    pass,
    tokenOf,
    breakStore() {
      isBroken = true
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const source = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false as const }

describe('a workspace', () => {
  test('is spoken to with the token of its installation, else with the configured one where it gave that', async () => {
    await using slack = await workspacesWith({ token: 'own', known: { own: 'T1' }, installed: { T2: 'two' } })
    expect([await slack.tokenOf('T1'), await slack.tokenOf('T2')]).toEqual(['own', 'two'])
    await expect(slack.client('T3')).rejects.toEqual(REVOKED)
    expect(slack.asked).toEqual(['own'])
    expect(await slack.own()).toBe('T1')
  })

  test('that installed the bot has its own token, though it gave the configured one too', async () => {
    await using slack = await workspacesWith({ token: 'own', known: { own: 'T1' }, installed: { T1: 'one' } })
    expect(await slack.tokenOf('T1')).toBe('one')
    expect(slack.asked).toEqual([])
  })

  test('whose token Slack refuses is one without the bot, and Slack is not asked about that token again', async () => {
    await using slack = await workspacesWith({ token: 'own' })
    for (let time = 0; time < 3; time++) await expect(slack.client('T1')).rejects.toEqual(REVOKED)
    expect(slack.asked).toEqual(['own'])
  })

  test('is looked up again after a minute, when it is forgotten, and not before', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    await slack.client('T1')
    slack.installed.set('T1', 'anew')
    slack.pass(59_000)
    expect(await slack.tokenOf('T1')).toBe('one')
    slack.pass(1000)
    expect(await slack.tokenOf('T1')).toBe('anew')
    slack.installed.delete('T1')
    slack.forget('T1')
    await expect(slack.client('T1')).rejects.toEqual(REVOKED)
  })

  test('keeps its client while its token stays', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    const before = await slack.client('T1')
    slack.pass(60_000)
    expect(await slack.client('T1')).toBe(before)
  })

  test('is not taken for one without the bot while the store does not answer', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    slack.breakStore()
    await expect(slack.client('T1')).rejects.toMatchObject({ kind: 'transient' })
  })
})

describe('work in a workspace', () => {
  const revoked = new DeliveryError('revoked', 'token_revoked')

  test('is done once more with the token that another process stored, where this one’s is revoked', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'old' } })
    await slack.client('T1')
    slack.installed.set('T1', 'new')
    const done = slack.withClient('T1', async ({ token }) => {
      if (token === 'old') throw revoked
      return token
    })
    expect(await done).toBe('new')
  })

  test.each([['revoked'], ['uncertain']] as const)('is not done twice where it is %s and the token is the same', async (kind) => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    let times = 0
    const failing = slack.withClient('T1', async () => {
      times++
      throw new DeliveryError(kind, 'no')
    })
    await expect(failing).rejects.toMatchObject({ kind })
    expect(times).toBe(1)
  })
})

describe('a request', () => {
  test('is answered with the token of its workspace, as the bot’s own user there', async () => {
    await using slack = await workspacesWith({ token: 'own', known: { own: 'T1' }, installed: { T2: 'two' } })
    expect(await slack.authorize(source)).toEqual({ teamId: 'T1', botToken: 'own', botUserId: 'UT1' })
    expect(await slack.authorize({ ...source, teamId: 'T2' })).toEqual({ teamId: 'T2', botToken: 'two', botUserId: 'Utwo' })
  })

  test('of a workspace without the bot, of a whole organisation, or of nobody knows whom says so', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    expect(await slack.authorize({ ...source, teamId: 'T9' })).toEqual({ teamId: 'T9', absent: 'not-installed' })
    const organisation = { teamId: 'T1', enterpriseId: 'E1', isEnterpriseInstall: true as const }
    expect(await slack.authorize(organisation)).toMatchObject({ absent: 'organisation' })
    slack.breakStore()
    expect(await slack.authorize(source)).toEqual({ teamId: 'T1', absent: 'unknown' })
  })

  test('that is an event comes again while nobody knows whose it is', async () => {
    await using slack = await workspacesWith({ installed: { T1: 'one' } })
    slack.breakStore()
    // biome-ignore lint/suspicious/noExplicitAny: of an event only its type counts here
    const event: any = { type: 'event_callback' }
    await expect(slack.authorize(source, event)).rejects.toMatchObject({ kind: 'transient' })
  })
})
