import { afterEach, beforeEach, expect, test } from 'vitest'
import { tick } from '#digests/tick.ts'
import { aDestination, aRecord } from '#test/builders.ts'
import { aWorld } from '#test/digests/world.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
let world: ReturnType<typeof aWorld>
beforeEach(async () => {
  bot = await openBot({ sample: false })
  world = aWorld(bot.context.store)
})
afterEach(() => bot[Symbol.asyncDispose]())

const at = (instant: string) => ({ clock: { now: () => Temporal.Instant.from(instant) } })

/** So many papers about moths come, and a tick after them. */
async function come(count: number, instant: string, prefix = '2611.0') {
  const records = Array.from({ length: count }, (_, number) => {
    const id = `arxiv:${prefix}${String(number).padStart(4, '0')}`
    return aRecord({ ids: [id], title: `Moths ${id}` })
  })
  await bot.put(records, instant)
  await tick(world.dependencies, Temporal.Instant.from(instant))
}

test('nothing followed, or nothing found: says so, and offers to look further back', async () => {
  expect((await bot.ask('catchup')).text).toContain('Nothing is followed here yet.')
  await bot.ask('follow topic moths', at('2026-11-01T00:00:00Z'))
  expect((await bot.ask('catchup')).text).toContain('Nothing that is followed here matched since Sunday, Nov 8 at 09:00 (UTC).')
  const { actions, reply } = await bot.ask('catchup monday', { zone: 'Europe/Berlin' })
  expect(reply.visibility).toBe('private')
  expect(actions).toContainEqual({ label: 'Last two weeks', command: 'catchup 2 weeks' })
})

test('shows the best ten as cards, the rest as lines, what became of each, and of what they are', async () => {
  await bot.ask('follow topic moths', at('2026-11-01T00:00:00Z'))
  await bot.ask('follow author Ada Lovelace --confirm yes', at('2026-11-01T00:00:00Z'))
  await come(1, '2026-11-15T00:00:00Z', '2611.1')
  await bot.ask('pause', at('2026-11-20T00:00:00Z'))
  await come(45, '2026-11-21T00:00:00Z')
  const { text, reply, actions } = await bot.ask('catchup 2 weeks')
  expect(reply.visibility).toBe('private')
  expect(text).toContain('46 papers since Sunday, Nov 8 at 09:00 (UTC)')
  expect(text).toContain('1 was posted and 45 wait.')
  const forms = reply.blocks.flatMap((block) => (block.kind === 'card' ? [block.form] : []))
  expect([forms.filter((form) => form === 'listing').length, forms.length]).toEqual([10, 40])
  expect(text).toContain('and 6 papers more; for fewer: catchup 1 week')
  expect(text).toContain('Matched by Ada Lovelace (46) and the topic “moths” (46).')
  expect(text).toMatch(/by Ada Lovelace · matches Moths · waits/)
  expect(actions.slice(-2)).toEqual([
    { label: 'Resume', command: 'resume' },
    { label: 'Following', command: 'following' },
  ])
})

test('begins with the pause that is on, or that was over lately; then with the last post', async () => {
  await bot.ask('follow topic moths', at('2026-11-01T00:00:00Z'))
  await come(1, '2026-11-02T00:00:00Z')
  const last = 'since the last post here, '
  expect((await bot.ask('catchup', at('2026-11-05T00:00:00Z'))).text).toContain(last)
  await bot.ask('pause 2 days', at('2026-11-06T00:00:00Z'))
  const began = 'since the pause began, Friday, Nov 6 at 00:00 (UTC)'
  expect((await bot.ask('catchup', at('2026-11-07T00:00:00Z'))).text).toContain(began)
  expect((await bot.ask('catchup', at('2026-11-21T00:00:00Z'))).text).toContain(began)
  expect((await bot.ask('catchup', at('2026-11-23T00:00:00Z'))).text).toContain(last)
  await bot.ask('pause', at('2026-11-24T00:00:00Z'))
  await bot.ask('resume', at('2026-11-25T00:00:00Z'))
  expect((await bot.ask('catchup', at('2026-11-26T00:00:00Z'))).text).toContain('since the pause began, Tuesday, Nov 24')
})

test('begins with the refusal where posts are refused', async () => {
  await bot.ask('follow topic moths', at('2026-11-01T00:00:00Z'))
  const suspension = { since: '2026-11-10T00:00:00Z', why: 'gone' as const, message: 'is_archived' }
  await bot.context.store.channels.set(bot.context.destination, { suspension })
  expect((await bot.ask('catchup')).text).toContain('since posts were refused, Tuesday, Nov 10 at 00:00 (UTC)')
})

test('a time ahead is refused', async () => {
  expect(await bot.fail('catchup tomorrow')).toContain('“tomorrow” is not past: it has to begin before now.')
})

test('of what is mine alone does not offer to resume the channel it is asked in', async () => {
  const early = at('2026-11-01T00:00:00Z')
  for (const place of ['', ' --for me']) await bot.ask(`follow topic moths${place}`, early)
  await bot.ask('pause', early)
  await bot.ask('pause', { ...early, destination: aDestination({ channel: 'with Ada' }) })
  await come(1, '2026-11-20T00:00:00Z')
  const offered = async (line: string) => (await bot.ask(line)).actions.map(({ label }) => label)
  expect((await offered('catchup')).slice(-2)).toEqual(['Resume', 'Following'])
  expect((await offered('catchup --for me')).slice(-2)).toEqual(['Follow Ada Lovelace', 'Following'])
})
