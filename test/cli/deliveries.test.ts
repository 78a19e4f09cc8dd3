import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Delivery, NewDelivery, Outcome } from '#core/delivery.ts'
import type { Store } from '#core/ports/store.ts'
import { aPaper } from '#test/builders.ts'
import { install } from '#test/paperboy.ts'

const AT = '2026-11-16T12:00:00Z'
const NOON = ['--at', AT]
let paperboy: ReturnType<typeof install>

beforeEach(() => {
  paperboy = install()
})

/** What the bot did, in the store of the installation. */
async function inLedger(work: (ledger: Store['ledger']) => Promise<void>): Promise<void> {
  mkdirSync(join(paperboy.folder, 'data'), { recursive: true })
  const store = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
  await work(store.ledger)
  await store.close()
}

function anAlert(paper: number, title: string, parts: Partial<NewDelivery> = {}): NewDelivery {
  return {
    destination: { platform: 'slack', workspace: 'T1', channel: 'C1' },
    kind: 'alert',
    subject: `paper ${paper}`,
    part: 0,
    blocks: [{ kind: 'card', paper: aPaper({ number: paper, title }), form: 'listing' }],
    claims: [{ paper, event: 'new' }],
    ...parts,
  }
}

async function tried(ledger: Store['ledger'], delivery: NewDelivery, outcome?: Outcome): Promise<Delivery> {
  const hour = '2026-11-16T09:00:00Z'
  await ledger.record([delivery], hour)
  const [taken] = await ledger.claim({ now: hour, leaseUntil: '2026-11-16T09:04:00Z', limit: 1, platforms: ['slack'] })
  if (outcome) await ledger.settle(taken!.id, taken!.fence, outcome, hour)
  return taken!
}

/** 1 sent, 2 uncertain, 3 dead with 4 in its thread, 5 under way, 6 pending. */
async function aWeek(ledger: Store['ledger']): Promise<void> {
  await tried(ledger, anAlert(1, 'On Moths'), { state: 'sent', ref: '17.1' })
  const later = { notBefore: '2026-11-16T12:30:00Z', error: 'Slack did not say\nwhether it took the message.' }
  await tried(ledger, anAlert(2, 'On $\\alpha$-Lamps'), { state: 'uncertain', ...later })
  const head = anAlert(3, 'On Light', { kind: 'digest', subject: '2026-11-16T08:00:00Z' })
  const parent = ledger.keyOf(head)
  const refused = await tried(ledger, head)
  await ledger.record([{ ...head, part: 1, parent, claims: [] }], '2026-11-16T09:00:00Z')
  await ledger.settle(refused.id, refused.fence, { state: 'dead', error: 'Slack answered msg_too_long.' }, AT)
  await tried(ledger, anAlert(4, 'On Wings'))
  await ledger.record(
    [anAlert(5, 'On \u001b[31mNight', { destination: { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '9.1' } })],
    AT,
  )
}

describe('deliveries', () => {
  test('lists what is not over and what died, the latest first, and counts the rest', async () => {
    await inLedger(aWeek)
    const { code, stdout, stderr } = await paperboy.run(['deliveries', ...NOON])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      [
        'id  state      tries  age  next try   where            what',
        '6   pending    0      0 s  now        slack T1/C1/9.1  alert: “On [31mNight”',
        '5   sending    1      3 h  -          slack T1/C1      alert: “On Wings”',
        '4   dead       0      3 h  -          slack T1/C1      digest of 2026-11-16T08:00:00Z, part 2: “On Light”',
        '    The message in whose thread it was to be posted could not be posted.',
        '3   dead       1      3 h  -          slack T1/C1      digest of 2026-11-16T08:00:00Z: “On Light”',
        '    Slack answered msg_too_long.',
        '2   uncertain  1      3 h  in 30 min  slack T1/C1      alert: “On α-Lamps”',
        '    Slack did not say whether it took the message.',
        '',
        'Try one again with paperboy deliveries retry <id>, or give it up with paperboy deliveries drop <id>.',
        'In the ledger: 1 pending, 1 sending, 1 uncertain, 1 sent, 2 dead.',
        '',
      ].join('\n'),
    )
  })

  test('--json gives all of it as one object, of the states and as many as were asked for', async () => {
    await inLedger(aWeek)
    const run = async (...args: string[]) => JSON.parse((await paperboy.run(['deliveries', '--json', ...NOON, ...args])).stdout)
    const { deliveries, counts } = await run('--state', 'sent,uncertain')
    expect(counts).toEqual({ pending: 1, sending: 1, uncertain: 1, sent: 1, dead: 2, cancelled: 0 })
    expect(deliveries.map(({ id }: { id: number }) => id)).toEqual([2, 1])
    expect(deliveries[1]).toEqual({
      id: 1,
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      state: 'sent',
      platform: 'slack',
      workspace: 'T1',
      channel: 'C1',
      thread: null,
      kind: 'alert',
      subject: 'paper 1',
      part: 0,
      what: 'alert: “On Moths”',
      attempts: 1,
      createdAt: '2026-11-16T09:00:00Z',
      firstTryAt: '2026-11-16T09:00:00Z',
      nextTryAt: null,
      settledAt: '2026-11-16T09:00:00Z',
      ref: '17.1',
      error: null,
    })
    expect((await run('--state', 'all', '--limit', '4')).deliveries).toHaveLength(4)
  })

  test('says what it left out, and where there is nothing', async () => {
    expect((await paperboy.run(['deliveries'])).stdout).toBe(
      'Nothing is pending, sending, uncertain or dead.\nIn the ledger: none.\n',
    )
    await inLedger(aWeek)
    expect((await paperboy.run(['deliveries', '--limit', '1'])).stdout).toContain('the latest 1 of 5')
  })

  test('retry has what is dead looked up and posted, with what died with it', async () => {
    await inLedger(aWeek)
    const { code, stdout } = await paperboy.run(['deliveries', 'retry', '3', ...NOON])
    expect(code).toBe(0)
    expect(stdout).toContain('may have arrived before: it is looked for with the next tick')
    await inLedger(async (ledger) => {
      expect(await ledger.byId(3)).toMatchObject({ state: 'uncertain', notBefore: AT })
      expect(await ledger.byId(4)).toMatchObject({ state: 'pending', notBefore: AT })
    })
  })

  test('retry has what is uncertain looked up now, and never posted without', async () => {
    await inLedger(aWeek)
    expect((await paperboy.run(['deliveries', 'retry', '2', ...NOON])).stdout).toContain('posted only if it is not there')
    await inLedger(async (ledger) => expect(await ledger.byId(2)).toMatchObject({ state: 'uncertain', notBefore: AT }))
  })

  test('retry says when, where a channel is closed', async () => {
    await inLedger(async (ledger) => {
      await ledger.record([anAlert(1, 'On Moths'), anAlert(2, 'On Lamps')], AT)
      await ledger.close({ platform: 'slack', workspace: 'T1', channel: 'C1' }, '9999-01-01T00:00:00Z')
    })
    expect((await paperboy.run(['deliveries', 'retry', '1', ...NOON])).stdout).toBe(
      'Delivery 1 is posted once its channel is open again.\n',
    )
  })

  test('retry all takes whatever is dead or uncertain', async () => {
    await inLedger(aWeek)
    expect((await paperboy.run(['deliveries', 'retry', 'all', ...NOON])).stdout).toContain('3 deliveries are due again.')
    await inLedger(async (ledger) => {
      expect(await ledger.counts()).toMatchObject({ pending: 2, uncertain: 2, dead: 0 })
      for (const { id } of await ledger.list(['pending', 'uncertain'], 9)) await ledger.drop(id, AT)
    })
    expect((await paperboy.run(['deliveries', 'retry', 'all'])).stdout).toBe('Nothing is dead or uncertain.\n')
  })

  test('drop gives one up for good, with what was to be posted in its thread', async () => {
    await inLedger(aWeek)
    expect((await paperboy.run(['deliveries', 'drop', '3'])).stdout).toContain('Delivery 3 is dropped')
    await inLedger(async (ledger) => expect((await ledger.list(['cancelled'], 9)).map(({ id }) => id)).toEqual([3, 4]))
    expect((await paperboy.run(['deliveries', 'drop', '2'])).stdout).toContain('may have arrived')
    expect((await paperboy.run(['deliveries', 'retry', '3'])).stderr).toContain('dropped, for good')
  })

  test.each([
    [['retry', '1'], 2, 'was posted'],
    [['drop', '1'], 2, 'was posted'],
    [['retry', '5'], 2, 'right now'],
    [['drop', '5'], 2, 'right now'],
    [['retry', '4'], 2, 'into the thread'],
    [['retry', '77'], 1, 'no delivery 77'],
    [['drop', 'moths'], 2, 'a number'],
    [['--state', 'lost'], 2, 'pending, sending, uncertain'],
    [['--limit', '0'], 2, 'whole number'],
  ])('%s ends with %d and says why', async (args, code, why) => {
    await inLedger(aWeek)
    const ended = await paperboy.run(['deliveries', ...args])
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(new RegExp(why))
  })
})
