// Settings go into a file and come from it: the same, elsewhere where a map says so, again without a change, and never a secret.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { planSettings, type Step } from '#core/moving/apply-settings.ts'
import { exportSettings } from '#core/moving/export-settings.ts'
import { placeMap } from '#core/moving/place-map.ts'
import { readSettings } from '#core/moving/settings-file.ts'
import type { Store } from '#core/ports/store.ts'
import type { Destination } from '#core/subscription.ts'
import { anAuthorTarget, aSchedule, aSubscription } from '#test/builders.ts'

const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')
const HERE: Destination = { platform: 'slack', workspace: 'T1', channel: 'C1' }
const THERE: Destination = { platform: 'discord', workspace: 'G1', channel: '9' }
const EVIDENCE = { coauthors: [], categories: ['cs.LG'], orgs: ['mit'], several: true } as const

let store: Store
beforeEach(async () => {
  store = await openSqliteStore(':memory:')
})
afterEach(() => store.close())

/** One of everything. */
async function fill(): Promise<void> {
  const targets = [
    { ...anAuthorTarget('Jun Li'), orcid: '0000-0002-1825-009X', evidence: EVIDENCE },
    { kind: 'topic', query: '"sparse autoencoder"' },
    { kind: 'category', category: 'cs.LG', primaryOnly: true },
    { kind: 'feed', url: 'https://lab.example/feed', name: 'Lab' },
  ] as const
  for (const [at, target] of targets.entries())
    await store.subscriptions.add(aSubscription({ id: `s${at}`, destination: HERE, target }))
  await store.subscriptions.add(aSubscription({ id: 'threaded', destination: { ...HERE, thread: '17.5' } }))
  await store.schedules.set(aSchedule({ destination: HERE }))
  const quiet = { zone: 'Europe/Berlin', days: [6, 7], to: '07:00', from: '22:00' }
  await store.channels.set(HERE, {
    most: 7,
    mention: '42',
    quiet,
    suspension: { since: NOW.toString(), why: 'gone', message: 'x' },
  })
  await store.installations.put({ ...HERE, name: 'Lab', token: 'xoxb-secret', botUser: 'U0', scopes: [], at: NOW.toString() })
}

async function exported(from: Store, of?: Parameters<typeof exportSettings>[2]): Promise<string> {
  return JSON.stringify(await exportSettings(from, NOW, of))
}

async function apply(text: string, to: Store, map: Parameters<typeof placeMap>[0] = []): Promise<Step[]> {
  return to.transaction(async (parts) => {
    const steps = await planSettings(readSettings(text), placeMap(map), parts, NOW)
    for (const { change } of steps) await change?.(parts)
    return steps
  })
}

const signs = (steps: readonly Step[]) => steps.map(({ sign }) => sign).join('')

test('an empty store becomes what the file says, and the file is the same from there', async () => {
  await fill()
  const text = await exported(store)
  expect(text).not.toContain('xoxb')
  const other = await openSqliteStore(':memory:')
  expect(signs(await apply(text, other))).toBe('+++++++++')
  expect(JSON.parse(await exported(other))).toEqual(JSON.parse(text))
  expect(signs(await apply(text, other))).toBe('=========')
  await other.close()
})

test('a place that is named becomes as it is written, and no other changes', async () => {
  await fill()
  await store.subscriptions.add(aSubscription({ id: 'else', destination: THERE }))
  const file = JSON.parse(await exported(store, HERE))
  const [place] = file.places
  place.follows = [
    { ...place.follows[3], cadence: 'digest' },
    { kind: 'category', category: 'hep-th', cadence: 'now', by: { id: 'b', name: 'Bob' } },
  ]
  delete place.digest
  place.settings = { most: 9 }
  const steps = await apply(JSON.stringify(file), store)
  expect(signs(steps)).toBe('~+----~--=')
  expect((await store.subscriptions.ofDestination(HERE)).map(({ target, cadence }) => [target.kind, cadence])).toEqual([
    ['topic', 'digest'],
    ['category', 'now'],
  ])
  expect(await store.schedules.ofDestination(HERE)).toBeUndefined()
  // Whether the channel can be posted to is not the file's.
  expect(await store.channels.get(HERE)).toMatchObject({ most: 9, suspension: { why: 'gone' } })
  expect(await store.subscriptions.ofDestination(THERE)).toHaveLength(1)
})

test('a channel goes to another platform without its people’s ids, its roles and its threads', async () => {
  await fill()
  const other = await openSqliteStore(':memory:')
  const steps = await apply(await exported(store), other, [['slack:T1/C1', 'discord:G1/9']])
  expect(signs(steps)).toBe('+++++!++!')
  const follows = await other.subscriptions.all()
  expect(follows.map(({ destination }) => destination)).toEqual(Array(4).fill(THERE))
  expect(follows[0]!.owner).toEqual({ id: '', name: 'Ada' })
  expect((await other.channels.get(THERE)).mention).toBeUndefined()
  expect((await other.schedules.ofDestination(THERE))?.zone).toBe('Europe/Berlin')
  await other.close()
})

test('a workspace leads to a workspace, a channel’s own line goes first, and two places never become one', async () => {
  const lead = placeMap([
    ['slack:T1', 'slack:T2'],
    ['slack:T1/C1', 'slack:T2/C9'],
  ])
  expect(lead(HERE)).toEqual({ ...HERE, workspace: 'T2', channel: 'C9' })
  expect(lead({ ...HERE, channel: 'C2' })).toEqual({ ...HERE, workspace: 'T2', channel: 'C2' })
  expect(lead(THERE)).toEqual(THERE)
  expect(() => placeMap([['slack:T1', 'slack:T2/C1']])).toThrow('slack:T1 cannot lead to slack:T2/C1.')
  expect(() => placeMap([['here', 'slack:T2']])).toThrow('“here” names no place.')
  await store.subscriptions.add(aSubscription({ id: 'a', destination: HERE }))
  await store.subscriptions.add(aSubscription({ id: 'b', destination: THERE }))
  await expect(apply(await exported(store), store, [['slack:T1/C1', 'discord:G1/9']])).rejects.toThrow(
    'Two places of the file lead to',
  )
})

describe('a file that is wrong says where', () => {
  const place = { platform: 'slack', workspace: 'T1', channel: 'C1' }
  const by = { id: 'a', name: 'Ada' }
  const file = (places: unknown, more = {}) => JSON.stringify({ paperboy: 'settings', version: 1, places, ...more })
  test.each([
    ['{', 'The file is no JSON.'],
    [file([], { version: 2 }), 'of version 2, from a newer Paperboy'],
    [file([{ ...place, platform: 'irc' }]), 'places.0.platform'],
    [file([{ ...place, follows: [{ kind: 'topic', query: 'x', cadence: 'never', by }] }]), 'places.0.follows.0.cadence'],
    [
      file([
        { ...place, digest: { frequency: 'daily', day: 1, time: '9', zone: 'Mars', template: 'digest', whenEmpty: 'skip', by } },
      ]),
      'a time of day, for instance 09:00',
    ],
    [file([{ ...place, token: 'xoxb' }]), 'token'],
  ])('%s', (text, said) => {
    expect(() => readSettings(text)).toThrow(said)
  })

  test('and leaves everything as it was', async () => {
    const follows = [
      { kind: 'topic', query: 'moths', cadence: 'now', by },
      { kind: 'topic', query: '(moths', cadence: 'now', by },
    ]
    await expect(apply(file([{ ...place, follows }]), store)).rejects.toThrow('places.0.follows.1: ')
    expect(await store.subscriptions.all()).toEqual([])
  })
})

describe('what no person could have asked for is refused, with its place', () => {
  const by = { id: 'a', name: 'Ada' }
  const digest = { frequency: 'weekly', day: 31, time: '09:00', zone: 'UTC', template: 'digest', whenEmpty: 'skip', by }
  test.for([
    ['half a letter in a channel', { ...HERE, channel: 'C\ud800' }, 'places.0.channel: a text of whole letters'],
    ['a weekday after Sunday', { ...HERE, digest }, 'places.0.digest: the day of a week is 1 to 7'],
    ['a name without letters', { ...HERE, follows: [{ kind: 'author', name: '!!!', cadence: 'now', by }] }, '“!!!” is no name'],
    [
      'an ORCID that is none',
      { ...HERE, follows: [{ kind: 'author', name: 'Jun Li', orcid: '17', cadence: 'now', by }] },
      'places.0.follows.0: “17” is no ORCID',
    ],
  ] as const)('%s', async ([, place, said]) => {
    const text = JSON.stringify({ paperboy: 'settings', version: 1, places: [place] })
    await expect(apply(text, store)).rejects.toMatchObject({ code: 'wrong-input', message: expect.stringContaining(said) })
  })

  test('a category is taken as arXiv writes it, an ORCID as it is kept', async () => {
    const follows = [
      { kind: 'category', category: 'CS.lg', cadence: 'now', by },
      { kind: 'author', name: 'Jun Li', orcid: 'https://orcid.org/0000-0002-1825-009x', cadence: 'now', by },
    ]
    await apply(JSON.stringify({ paperboy: 'settings', version: 1, places: [{ ...HERE, follows }] }), store)
    expect((await store.subscriptions.ofDestination(HERE)).map(({ target }) => target)).toEqual(
      expect.arrayContaining([
        { kind: 'category', category: 'cs.LG' },
        { ...anAuthorTarget('Jun Li'), orcid: '0000-0002-1825-009X' },
      ]),
    )
  })
})
