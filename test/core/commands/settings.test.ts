import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { days, hours } from '#core/commands/quiet-options.ts'
import { DEFAULT_SETTINGS } from '#core/settings.ts'
import { aDestination } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

const NOW = '2026-11-22T09:00:00Z'
let bot: Bot
beforeEach(async () => {
  bot = await openBot({ sample: false })
})
afterEach(() => bot[Symbol.asyncDispose]())

const settings = () => bot.context.store.channels.get(bot.context.destination)
const at = (instant: string) => ({ clock: { now: () => Temporal.Instant.from(instant) } })
const bob = { person: { id: 'bob', name: 'Bob' } }

/** Papers that wait here, for one reason. */
const hold = (papers: readonly number[], why: 'pause' | 'quiet' | 'most', thread?: string) =>
  bot.context.store.holds.add(
    papers.map((paper) => ({ destination: aDestination(thread === undefined ? {} : { thread }), paper, why, since: NOW })),
  )

/** One alert on its way; answers how many are due. */
async function dueAt(now: string) {
  const claimed = await bot.context.store.ledger.claim({ now, leaseUntil: now, limit: 9, platforms: ['terminal'] })
  return claimed.length
}
const anAlert = () =>
  bot.context.store.ledger.record(
    [{ destination: aDestination(), kind: 'alert', subject: '1', part: 0, blocks: [], claims: [{ paper: 1, event: 'new' }] }],
    NOW,
  )

describe('pause', () => {
  test('says who, until when, and what becomes of papers; nothing on its way is due before its end', async () => {
    await anAlert()
    const { text, reply } = await bot.ask('pause 2 weeks', { zone: 'Europe/Berlin' })
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Ada paused posts here until Sunday, Dec 6 at 10:00 (Europe/Berlin), in 14 days.')
    expect(text).toContain('What is followed stays followed')
    expect(await settings()).toMatchObject({ pause: { since: NOW, until: '2026-12-06T09:00:00Z', by: { name: 'Ada' } } })
    expect(await dueAt('2026-12-06T08:59:59Z')).toBe(0)
    expect(await dueAt('2026-12-06T09:00:00Z')).toBe(1)
  })

  test('without an end lasts until someone resumes', async () => {
    await anAlert()
    expect((await bot.ask('pause')).text).toContain('Ada paused posts here until someone resumes.')
    expect(await dueAt('2030-01-01T00:00:00Z')).toBe(0)
    await bot.ask('resume')
    expect(await dueAt(NOW)).toBe(1)
  })

  test('a second one changes nothing, and is told of the first', async () => {
    await bot.ask('pause')
    const { text, reply } = await bot.ask('pause', bob)
    expect(reply.visibility).toBe('private')
    expect(text).toContain('Posts here are paused already, since Nov 22, until someone resumes, by Ada.')
    expect((await settings()).pause?.by.name).toBe('Ada')
  })

  test('one with another end changes the end, an earlier one too, and keeps the beginning', async () => {
    await anAlert()
    await bot.ask('pause 2 weeks')
    const { text } = await bot.ask('pause 2026-11-25', { ...bob, ...at('2026-11-23T00:00:00Z') })
    expect(text).toContain('Bob changed the pause: posts here are paused until Wednesday, Nov 25 at 00:00 (UTC), in 2 days.')
    expect(await settings()).toMatchObject({ pause: { since: NOW, until: '2026-11-25T00:00:00Z', by: { name: 'Bob' } } })
    expect(await dueAt('2026-11-25T00:00:00Z')).toBe(1)
  })

  test('one that is over is none any more', async () => {
    await bot.ask('pause 10d')
    const { text } = await bot.ask('pause', at('2026-12-24T00:00:00Z'))
    expect(text).toContain('Ada paused posts here until someone resumes.')
    expect((await settings()).pause?.since).toBe('2026-12-24T00:00:00Z')
  })

  test.each([
    ['pause yesterday', /“yesterday” is past: it has to end later than now/],
    ['pause whenever', /“whenever” is not a time.*2026-12-24, monday 9:00, 2 weeks or 10d/],
  ])('“%s” is refused, and nothing is paused', async (line, expected) => {
    expect(await bot.fail(line)).toMatch(expected)
    expect(await settings()).toEqual(DEFAULT_SETTINGS)
  })
})

describe('resume', () => {
  test('says how many papers of the channel and its threads wait, and when the digest comes', async () => {
    await bot.ask('digest weekly')
    await bot.ask('pause')
    await hold([1, 2, 3, 4], 'pause')
    await hold([4, 5, 6], 'pause', 'a thread')
    await hold([7], 'most')
    const { text } = await bot.ask('resume', bob)
    expect(text).toContain('Bob resumed posts here, paused since Nov 22 by Ada.')
    expect(text).toContain('6 papers wait and come one by one with the next pass.')
    expect(text).toContain('The next digest comes on Monday, Nov 23 at 09:00, tomorrow.')
    expect(await settings()).toMatchObject({ resumedAt: NOW, pause: { since: NOW, until: NOW } })
  })

  test.each([
    [6, 0, '6 papers wait and come in one ranked summary with the next pass.'],
    [6, 2, '6 papers wait and come one by one or, in a thread with more than five, in one ranked summary with the next pass.'],
    [1, 0, '1 paper waits and comes with the next pass.'],
    [0, 0, 'No paper waits.'],
  ])('%d in the channel and %d in a thread: says how they come', async (here, inThread, expected) => {
    await bot.ask('pause')
    const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
    await hold(numbers(here), 'pause')
    await hold(numbers(inThread), 'pause', 'a thread')
    expect((await bot.ask('resume')).text).toContain(expected)
  })

  test('in quiet hours says that they come when those end', async () => {
    await bot.ask('quiet 08:00-12:00')
    await bot.ask('pause')
    await hold([1], 'pause')
    expect((await bot.ask('resume')).text).toContain(
      '1 paper waits and comes when the quiet hours end, Sunday, Nov 22 at 12:00, today.',
    )
  })

  test('tries again where the platform refused', async () => {
    await anAlert()
    const { store, destination } = bot.context
    await store.channels.set(destination, { suspension: { since: NOW, why: 'forbidden', message: 'not_in_channel' } })
    await store.ledger.close(destination, '2030-01-01T00:00:00Z')
    expect((await bot.ask('resume')).text).toContain('Posts were refused: Paperboy may not post here (“not_in_channel”).')
    expect((await settings()).suspension).toBeUndefined()
    expect(await dueAt(NOW)).toBe(1)
  })

  test('says that a whole workspace is not opened by it', async () => {
    const { store, destination } = bot.context
    const suspension = { since: NOW, why: 'revoked', message: 'token_revoked' } as const
    await store.channels.set({ ...destination, channel: '' }, { suspension })
    expect((await bot.ask('resume')).text).toContain('Nothing can be posted here yet: Paperboy’s access to the workspace')
    await bot.ask('pause')
    const { text } = await bot.ask('resume')
    expect(text).toContain('Ada resumed posts here, paused since')
    expect(text).toContain('Nothing can be posted here yet')
    expect((await store.channels.get({ ...destination, channel: '' })).suspension).toEqual(suspension)
  })

  test('without a pause says so, and that it is quiet', async () => {
    expect((await bot.ask('resume')).reply.visibility).toBe('private')
    await bot.ask('quiet 08:00-12:00')
    expect((await bot.ask('resume')).text).toContain(
      'Posts here are not paused. It is quiet until Sunday, Nov 22 at 12:00, today: alerts come then.',
    )
  })
})

describe('quiet', () => {
  test('is set in the zone of who asks, and shown', async () => {
    expect((await bot.ask('quiet')).text).toContain('Alerts come here at any hour and on any day.')
    const { text, reply } = await bot.ask('quiet 22:00-08:00', { zone: 'Europe/Berlin' })
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Ada set quiet hours here: no alerts come from 22:00 to 08:00 (Europe/Berlin).')
    expect((await settings()).quiet).toEqual({ from: '22:00', to: '08:00', days: [], zone: 'Europe/Berlin' })
    expect((await bot.ask('quiet')).text).toContain('No alerts come here from 22:00 to 08:00 (Europe/Berlin).')
  })

  test('what is not given stays as it was', async () => {
    await bot.ask('quiet 10pm-8am --days weekend --zone Berlin')
    await bot.ask('quiet 20:00-07:30')
    expect((await settings()).quiet).toEqual({ from: '20:00', to: '07:30', days: [6, 7], zone: 'Europe/Berlin' })
    const { text } = await bot.ask('quiet --days none')
    expect(text).toContain('Before: from 20:00 to 07:30 and all day on Saturday and Sunday (Europe/Berlin).')
    expect((await settings()).quiet?.days).toEqual([])
  })

  test('may end at 24:00', async () => {
    await bot.ask('quiet 20:00-24:00')
    expect((await settings()).quiet).toMatchObject({ from: '20:00', to: '00:00' })
  })

  test('days alone have no hours, and say until when it is quiet now', async () => {
    const { text } = await bot.ask('quiet weekend')
    expect(text).toContain('no alerts come on Saturday and Sunday (UTC)')
    expect(text).toContain('It is quiet now, until Monday, Nov 23 at 00:00, tomorrow.')
    expect((await settings()).quiet).toEqual({ from: '00:00', to: '00:00', days: [6, 7], zone: 'UTC' })
  })

  test('off says how many papers wait', async () => {
    await bot.ask('quiet 08:00-12:00')
    await hold([1, 2], 'quiet')
    const { text } = await bot.ask('quiet off')
    expect(text).toContain('Ada turned quiet hours off here: alerts come at any time.')
    expect(text).toContain('Before, none came from 08:00 to 12:00 (UTC). 2 papers wait, for the next pass.')
    expect((await settings()).quiet).toBeUndefined()
    expect((await bot.ask('quiet off')).reply.visibility).toBe('private')
  })

  test.each([
    ['quiet always', /“always” are no hours: they are written like 22:00-08:00, or off/],
    ['quiet 22:00-22:00', /“22:00-22:00” are no hours/],
    ['quiet 22:00-25:00', /are no hours/],
    ['quiet 22:00-08:00 --days someday', /“someday” are no days: they are written like sat,sun or mon-fri/],
    ['quiet mon-sun', /Then no alert would ever come here.*Leave one day out/],
    ['quiet 22:00-08:00 --zone Berln', /is not a time zone/],
  ])('“%s” is refused with the mend, and nothing is set', async (line, expected) => {
    expect(await bot.fail(line)).toMatch(expected)
    expect(await settings()).toEqual(DEFAULT_SETTINGS)
  })

  test.each([
    ['sat,sun', [6, 7]],
    ['Sat & Sun', [6, 7]],
    ['saturdays and sundays', [6, 7]],
    ['mon - fri', [1, 2, 3, 4, 5]],
    ['fri-mon', [1, 5, 6, 7]],
    ['weekend, wed', [3, 6, 7]],
    ['none', []],
  ])('days may be written “%s”', (text, expected) => expect(days.parse(text)).toEqual(expected))

  test('any text is read or refused', () => {
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('mon', '-', 'and', ',', '9', ':', 'pm', 'to', ' ', 'off')).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const read = days.safeParse(typed)
        if (read.success) expect([...new Set(read.data)]).toEqual(read.data)
        hours.safeParse(typed)
      }),
    )
  })
})

describe('following', () => {
  test('says what keeps papers from coming, and where', async () => {
    await bot.ask('follow topic moths')
    expect((await bot.ask('following')).text).not.toMatch(/paused|alerts/)
    await bot.ask('quiet weekend')
    await bot.ask('pause 2 weeks')
    const { text } = await bot.ask('following', { zone: 'Europe/Berlin' })
    expect(text).toContain('Posts here are paused until Sunday, Dec 6 at 10:00 (Europe/Berlin), in 14 days, by Ada.')
    expect(text).toContain('No alerts come on Saturday and Sunday (UTC).')
  })

  test('of what is mine alone names my direct messages', async () => {
    await bot.ask('follow topic moths --for me')
    await bot.ask('pause', { destination: aDestination({ channel: 'with Ada' }) })
    expect((await bot.ask('following --for me')).text).toContain('Posts in your direct messages are paused until someone resumes')
    expect((await bot.ask('digest show --for me')).text).toContain('Posts in your direct messages are paused')
  })
})

describe('alerts', () => {
  test('shows what is set and what it means', async () => {
    const { text, reply, actions } = await bot.ask('alerts')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('style flat · each alert is a message of the channel')
    expect(text).toContain('most 50 · after 50 alert messages a day')
    expect(actions.map((action) => 'command' in action && action.command)).toEqual([
      'alerts --style thread',
      'alerts --versions post',
      'alerts --echo link',
    ])
  })

  test('changes what is given, and says who did', async () => {
    const { text, reply } = await bot.ask('alerts thread 20 --echo link')
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Ada changed how alerts come here:')
    expect(text).toContain('style thread · the alerts of a day stand in one thread')
    expect(text).not.toContain('versions')
    expect(await settings()).toMatchObject({ alerts: 'thread', most: 20, versions: 'edit', echo: 'link' })
    expect((await bot.ask('alerts thread')).reply.visibility).toBe('private')
  })

  test.each([
    ['alerts --most 501', /“501” cannot be the most: how many alert messages a day at most, 1 to 500/],
    ['alerts nested', /“nested” is not a style: it is flat or thread/],
    ['alerts --mention @everyone', /“@everyone” is not a role: type @ and pick one, or none to mention nobody/],
    ['alerts --publish yes', /Only Discord has channels for announcements, and roles to mention/],
    ['alerts --mention none', /Only Discord has channels/],
  ])('“%s” is refused', async (line, expected) => expect(await bot.fail(line)).toMatch(expected))

  describe('on Discord', () => {
    const workspace = '2000000000000000001'
    const destination = { platform: 'discord', workspace, channel: '3000000000000000002' } as const
    const role = '8000000000000000001'
    const chosen = () => bot.context.store.channels.get(destination)

    test('publish posts and mention a role in digests only where somebody chose so', async () => {
      expect((await bot.ask('alerts', { destination })).text).toMatch(
        /publish no · .*\n.*mention none · a digest mentions nobody/,
      )
      const { text, reply } = await bot.ask(`alerts --publish yes --mention <@&${role}>`, { destination })
      expect(text).toContain('publish yes · alerts and digests go on to the servers that follow this channel')
      expect(JSON.stringify(reply.blocks)).toContain(`"role":"${role}"`)
      expect(await chosen()).toMatchObject({ publish: true, mention: role })
    })

    test('another role replaces the one before, and none takes it away', async () => {
      await bot.ask(`alerts --mention ${role} --publish yes`, { destination })
      const other = await bot.ask('alerts --mention 8000000000000000002', { destination })
      expect(other.reply.visibility).toBe('public')
      expect(await chosen()).toMatchObject({ mention: '8000000000000000002' })
      await bot.ask('alerts --mention none --publish no', { destination })
      expect(await chosen()).toEqual(DEFAULT_SETTINGS)
    })

    test('who may change the channel, but does not manage it, publishes nothing and mentions nobody', async () => {
      const as = (admin: boolean) => ({ destination, rights: async () => ({ guest: false, admin }) })
      await bot.ask('permissions everyone', as(true))
      expect((await bot.ask('alerts thread', as(false))).reply.visibility).toBe('public')
      for (const line of [`alerts --mention ${role}`, 'alerts --publish yes', 'alerts flat --mention none']) {
        expect(await bot.fail(line, as(false))).toContain(
          'Only people with Manage Channels may have posts go on to other servers, or mention a role.',
        )
      }
      expect(await chosen()).toMatchObject({ alerts: 'thread', changes: 'everyone' })
      expect((await bot.ask(`alerts --mention ${role}`, as(true))).reply.visibility).toBe('public')
    })

    test('direct messages have neither', async () => {
      const direct = { destination: { ...destination, workspace: 'direct' } }
      expect((await bot.ask('alerts', direct)).text).not.toMatch(/publish|mention/)
      for (const line of [`alerts --mention ${role}`, 'alerts --publish yes']) {
        expect(await bot.fail(line, direct)).toContain('Direct messages go on to nobody')
      }
    })

    test('a digest never mentions everyone', async () => {
      expect(await bot.fail(`alerts --mention <@&${workspace}>`, { destination })).toContain(
        'A digest does not mention everyone.',
      )
    })
  })
})
