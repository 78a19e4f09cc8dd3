import fc from 'fast-check'
import { expect, test } from 'vitest'
import { homeOf } from '#core/commands/home.ts'
import type { Destination } from '#core/subscription.ts'
import { aRecord } from '#test/builders.ts'
import { openBot } from './commands/bot.ts'

// Two workspaces that call everything the same, so that nothing but the workspace's own id keeps them apart.
const WORKSPACES = ['T1', 'T2'] as const
const CHANNELS = ['C1', 'C2'] as const
const PEOPLE = ['U1', 'U2'] as const

const line = fc.oneof(
  fc.constantFrom('moths', 'lamps').map((topic) => `follow topic ${topic} --confirm yes`),
  fc.constantFrom('', ' --for me', ' --for thread').map((place) => `follow author Ada Lovelace --confirm yes${place}`),
  fc.constantFrom('', ' --for me', ' --for thread').map((place) => `following${place}`),
  fc.constantFrom('weekly', 'daily', 'monthly', 'show', 'preview', 'now', 'off').map((way) => `digest ${way}`),
  fc.constantFrom('save', 'unsave', 'vote', 'why', 'paper', 'them').map((command) => `${command} 2611.00001`),
  fc.constantFrom(
    'unfollow 1',
    'unfollow all --confirm yes',
    'cadence all digest',
    'pause',
    'resume',
    'catchup 2 weeks',
    'quiet weekend',
    'quiet',
    'alerts --most 7',
    'alerts',
    'permissions admins',
    'permissions',
    'saved',
    'export bibtex',
    'test',
    'trending',
    'digest daily --for me',
    'digest preview --for me',
  ),
)
const asked = fc.record({
  line,
  workspace: fc.constantFrom(...WORKSPACES),
  channel: fc.constantFrom(...CHANNELS),
  person: fc.constantFrom(...PEOPLE),
})
type Asked = typeof asked extends fc.Arbitrary<infer Value> ? Value : never

/** All that the workspace's people read, in answers and at last on their pages, where all of this was asked. */
async function readIn(workspace: string, all: readonly Asked[]): Promise<string[]> {
  await using bot = await openBot({ sample: false })
  await bot.put([aRecord({ title: 'On moths and lamps', abstract: 'They circle.' })], '2026-11-20T00:00:00Z')
  const read: string[] = []
  const place = (channel: string, of = workspace): Destination => ({ platform: 'slack', workspace: of, channel })
  for (const one of all) {
    const { text } = await bot
      .ask(one.line, {
        destination: place(one.channel, one.workspace),
        person: { id: one.person, name: one.person },
        thread: '1.1',
        direct: async () => place(`D${one.person}`, one.workspace),
        rights: async () => ({ guest: false, admin: one.person === 'U1' }),
      })
      .catch((error: Error) => ({ text: error.message }))
    if (one.workspace === workspace) read.push(text)
  }
  for (const person of PEOPLE) {
    const context = { ...bot.context, destination: place(`D${person}`) }
    read.push(
      JSON.stringify(
        await homeOf(
          CHANNELS.map((channel) => place(channel)),
          context,
        ),
      ),
    )
  }
  return read
}

test('whatever one workspace does, another reads what it would read without it', async () => {
  const some = fc.array(asked, { minLength: 10, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...WORKSPACES), some, async (workspace, all) => {
      const alone = all.filter((one) => one.workspace === workspace)
      expect(await readIn(workspace, all)).toEqual(await readIn(workspace, alone))
    }),
    { numRuns: 6 },
  )
}, 60_000)
