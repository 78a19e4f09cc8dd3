import { App } from '@slack/bolt'
import { describe, expect, test } from 'vitest'
import { guard, type SharedEvents } from '#adapters/chat/slack/requests/gate.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { StoreError } from '#core/errors.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { aLog } from './a-log.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')
const PAGE = 'https://papers.example/slack/install'

interface Where {
  readonly absent?: string
  readonly hasPage?: boolean
  readonly fails?: number
  readonly events?: SharedEvents
}

/** A gate before one command and one event, in a workspace whose requests are authorised so. */
async function gateWhere({ absent, hasPage = true, fails = 0, events }: Where = {}) {
  const said: string[] = []
  const server = await aServer(async (request, response) => {
    said.push((await request.toArray()).join(''))
    response.end()
  })
  const receiver = { init: () => undefined, start: async () => undefined, stop: async () => undefined }
  const app = new App({ receiver, authorize: async () => ({ teamId: 'T1', ...(absent !== undefined && { absent }) }) })
  app.error(async (error) => {
    throw error
  })
  const { empty } = guard(app, {
    installPage: hasPage ? PAGE : undefined,
    events,
    wait: async () => undefined,
    now: () => NOW,
    log: aLog().log,
  })
  const handled: string[] = []
  let failures = fails
  app.command('/papers', async ({ ack, command }) => {
    if (failures-- > 0) throw new Error('not yet')
    await ack()
    handled.push(command.trigger_id)
  })
  const held = Promise.withResolvers<void>()
  app.command('/slow', async ({ ack }) => {
    await ack()
    await held.promise
  })
  app.event('app_mention', async ({ body }) => {
    if (failures-- > 0) throw new Error('not yet')
    handled.push(body.event_id)
  })
  async function send(body: Record<string, unknown>) {
    const acknowledged: unknown[] = []
    const ack = async (answer?: unknown) => void acknowledged.push(answer)
    await app.processEvent({ body: { team_id: 'T1', ...body }, ack }).catch(() => undefined)
    return acknowledged
  }
  const url = `${server.url}/response`
  return { send, empty, end: held.resolve, handled, said, url, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

async function anEventStore() {
  const store = await openSqliteStore(':memory:')
  return { events: store.events, [Symbol.asyncDispose]: () => store.close() }
}

const command = (trigger: string) => ({ command: '/papers', text: 'help', trigger_id: trigger })
const event = (id: string) => ({
  type: 'event_callback',
  event_id: id,
  event: { type: 'app_mention', channel: 'C1', user: 'U1' },
})
const person = { user: { id: 'U1', team_id: 'T1' }, team: { id: 'T1' } }

describe('what Slack repeats', () => {
  test('is handled once and acknowledged each time', async () => {
    await using gate = await gateWhere()
    for (const body of [command('1.1'), event('Ev1'), command('1.1'), event('Ev1'), command('1.2'), event('Ev2')]) {
      expect(await gate.send(body)).toHaveLength(1)
    }
    expect(gate.handled).toEqual(['1.1', 'Ev1', '1.2', 'Ev2'])
  })

  test('is handled by one of several processes, and by another where the first one failed', async () => {
    await using store = await anEventStore()
    await using one = await gateWhere({ events: store.events, fails: 1 })
    await using other = await gateWhere({ events: store.events })
    await one.send(event('Ev1'))
    expect(await other.send(event('Ev1'))).toHaveLength(1)
    expect(await one.send(event('Ev1'))).toHaveLength(1)
    await one.send(event('Ev2'))
    expect(await other.send(event('Ev2'))).toHaveLength(1)
    expect([one.handled, other.handled]).toEqual([['Ev2'], ['Ev1']])
  })

  test('is handled where nobody can say whether another process has it', async () => {
    const away = async () => Promise.reject(new StoreError('away'))
    await using gate = await gateWhere({ events: { take: away, leave: away } })
    await gate.send(event('Ev1'))
    expect(gate.handled).toEqual(['Ev1'])
  })

  test('is handled again where it failed before it was taken', async () => {
    await using gate = await gateWhere({ fails: 1 })
    expect(await gate.send(command('1.1'))).toEqual([])
    expect(await gate.send(command('1.1'))).toHaveLength(1)
    expect(gate.handled).toEqual(['1.1'])
  })
})

test('the gate is empty once what was acknowledged is done', async () => {
  await using gate = await gateWhere()
  const order: string[] = []
  const sent = gate.send({ ...command('1.1'), command: '/slow' }).then(() => order.push('done'))
  await new Promise(setImmediate)
  const empty = gate.empty().then(() => order.push('empty'))
  await new Promise(setImmediate)
  expect(order).toEqual([])
  gate.end()
  await Promise.all([sent, empty])
  expect(order.toSorted()).toEqual(['done', 'empty'])
  await gate.empty()
})

describe('where the bot is not installed', () => {
  test('whoever types is told in private, with the page that mends it', async () => {
    await using gate = await gateWhere({ absent: 'not-installed' })
    expect(await gate.send({ ...command('1.1'), response_url: gate.url })).toEqual([undefined])
    expect(gate.said).toHaveLength(1)
    expect(JSON.parse(gate.said[0]!)).toMatchObject({ response_type: 'ephemeral', replace_original: false })
    expect(gate.said[0]).toContain('not installed in this workspace')
    expect(gate.said[0]).toContain(PAGE)
    expect(gate.handled).toEqual([])
  })

  test('whoever presses is told too, and the message stays', async () => {
    await using gate = await gateWhere({ absent: 'not-installed', hasPage: false })
    const button = { type: 'button', action_id: 'run:1', block_id: 'b', value: 'help' }
    const body = { type: 'block_actions', trigger_id: '1.1', ...person, actions: [button], response_url: gate.url }
    expect(await gate.send(body)).toEqual([undefined])
    expect(JSON.parse(gate.said[0]!)).toMatchObject({ response_type: 'ephemeral', replace_original: false })
    expect(gate.said[0]).toContain('Ask whoever runs Paperboy')
  })

  test('whoever sends a form reads it in its place', async () => {
    await using gate = await gateWhere({ absent: 'not-installed' })
    const body = {
      type: 'view_submission',
      trigger_id: '1.1',
      ...person,
      view: { id: 'V1', callback_id: 'follow', type: 'modal' },
    }
    const [answer] = await gate.send(body)
    expect(answer).toMatchObject({ response_action: 'update', view: { type: 'modal' } })
    expect(JSON.stringify(answer)).toContain('not installed in this workspace')
  })

  test('a select offers nothing, and an event comes to nothing', async () => {
    await using gate = await gateWhere({ absent: 'not-installed' })
    const select = { type: 'block_suggestion', action_id: 'a', block_id: 'b', value: '', ...person }
    expect(await gate.send(select)).toEqual([{ options: [] }])
    expect(await gate.send(event('Ev1'))).toHaveLength(1)
    expect([gate.handled, gate.said]).toEqual([[], []])
  })

  test.each([
    ['organisation', 'whole organisation'],
    ['unknown', 'Try again in a moment'],
  ])('a request whose workspace is %s says so', async (absent, words) => {
    await using gate = await gateWhere({ absent })
    await gate.send({ ...command('1.1'), response_url: gate.url })
    expect(gate.said[0]).toContain(words)
    expect(gate.said[0]).not.toContain(PAGE)
  })
})
