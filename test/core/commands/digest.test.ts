import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError } from '#core/errors.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
beforeEach(() => bot.enterNewChannel())
afterAll(() => bot[Symbol.asyncDispose]())

const schedule = () => bot.context.store.schedules.ofDestination(bot.context.destination)

describe('the schedule', () => {
  test('weekly is Monday at nine, and the next one is said in words', async () => {
    const { text, reply } = await bot.ask('digest weekly')
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Ada set the digest here: every Monday at 09:00 (UTC).')
    expect(text).toContain('The next one comes on Monday, Nov 23 at 09:00, tomorrow.')
    expect(text).toContain('Nothing is followed here yet')
    expect(await schedule()).toMatchObject({
      frequency: 'weekly',
      day: 1,
      time: '09:00',
      zone: 'UTC',
      template: 'digest',
      owner: { id: 'ada' },
    })
  })

  test("the zone is the person's where it is known", async () => {
    expect((await bot.ask('digest weekly', { zone: 'Europe/Berlin' })).text).toContain('at 09:00 (Europe/Berlin)')
  })

  test.each([
    ['digest weekly friday 16:00 Europe/Berlin', { frequency: 'weekly', day: 5, time: '16:00', zone: 'Europe/Berlin' }],
    ['digest weekly --zone berlin --time 4pm --day Fri', { frequency: 'weekly', day: 5, time: '16:00', zone: 'Europe/Berlin' }],
    ['digest weekly day:sunday time:9.30', { frequency: 'weekly', day: 7, time: '09:30' }],
    ['digest daily 8', { frequency: 'daily', time: '08:00' }],
    ['digest daily 12am', { frequency: 'daily', time: '00:00' }],
    ['digest monthly', { frequency: 'monthly', day: 1 }],
    ['digest monthly 15th 17:00 new york', { frequency: 'monthly', day: 15, time: '17:00', zone: 'America/New_York' }],
    ['digest monthly last', { frequency: 'monthly', day: 31 }],
  ])('“%s” is understood', async (line, expected) => {
    await bot.ask(line)
    expect(await schedule()).toMatchObject(expected)
  })

  test.each([
    ['digest weekly someday', /“someday” is not a day: it is monday, tuesday,/],
    ['digest weekly --time 25:00', /“25:00” is not a time: it is written like 09:00/],
    ['digest weekly --zone Europe/Berln', /“Europe\/Berln” is not a time zone.*Did you mean Europe\/Berlin/],
    ['digest weekly --zone +02:00', /is not a time zone/],
    ['digest monthly 32', /“32” is not a day of the month/],
    ['digest weekly --template digst', /There is no template “digst”.*Did you mean digest/],
    ['digest hourly', /after “digest” comes weekly, daily, monthly, show, preview, now or off/],
  ])('“%s” is refused with the mend, and nothing is set', async (line, expected) => {
    expect(await bot.fail(line)).toMatch(expected)
    expect(await schedule()).toBeUndefined()
  })

  test('a new one takes the place of the old one, under the same id', async () => {
    await bot.ask('digest weekly friday')
    const before = await schedule()
    expect((await bot.ask('digest daily')).text).toContain('Before: every Friday at 09:00 (UTC), set by Ada.')
    expect(await schedule()).toMatchObject({ id: before?.id, frequency: 'daily' })
  })

  test('keeps its template, and what it is without papers, unless told otherwise; and says so', async () => {
    const templates = { ...bot.context.templates, names: async () => ['digest', 'short'], digest: async () => [] }
    const set = (line: string) => bot.ask(line, { templates })
    expect((await set('digest weekly --template short --empty line')).text).toContain(
      'every Monday at 09:00 (UTC), from the template short, with a line where it is empty.',
    )
    expect((await set('digest daily --empty skip')).text).toContain('every day at 09:00 (UTC), from the template short.')
    expect(await schedule()).toMatchObject({ template: 'short', whenEmpty: 'skip' })
    expect((await set('digest daily --template digest')).text).toContain(
      'Before: every day at 09:00 (UTC), from the template short, set by Ada.',
    )
  })

  test('where its template is gone it takes the usual one', async () => {
    const templates = { ...bot.context.templates, names: async () => ['digest', 'short'], digest: async () => [] }
    await bot.ask('digest weekly --template short', { templates })
    await bot.ask('digest daily')
    expect(await schedule()).toMatchObject({ frequency: 'daily', template: 'digest' })
  })

  test('a template that is wrong is refused, and nothing is set', async () => {
    const wrong = new ConfigError('The template short.md.hbs is wrong in line 4: it asks for “titel”, which is no variable.')
    const templates = { ...bot.context.templates, names: async () => ['short'], digest: () => Promise.reject(wrong) }
    expect(await bot.fail('digest weekly --template short', { templates })).toContain('is wrong in line 4')
    expect(await schedule()).toBeUndefined()
  })

  test('show says when, from what and by whom; off ends it', async () => {
    expect((await bot.ask('digest show')).text).toContain('No digest is posted here.')
    await bot.ask('digest monthly last 17:00')
    const { text } = await bot.ask('digest show')
    expect(text).toContain(
      'The digest comes here on the last day of each month at 17:00 (UTC), from the template digest, set by Ada.',
    )
    expect(text).toContain('Monday, Nov 30 at 17:00, in 8 days')
    expect(text).toContain('One without papers is not posted.')
    expect((await bot.ask('digest off')).text).toContain('Ada turned the digest here off.')
    expect(await schedule()).toBeUndefined()
    expect((await bot.ask('digest off')).text).toContain('No digest is posted here.')
  })

  test('show names the day of the last one as it was in its zone', async () => {
    await bot.ask('digest daily 08:00 Asia/Tokyo')
    const id = (await schedule())?.id ?? ''
    const to = '2026-11-21T23:00:00Z'
    await bot.context.store.schedules.recordSlot({ schedule: id, at: to, from: '2026-11-20T23:00:00Z', to, outcome: 'empty' })
    expect((await bot.ask('digest show')).text).toContain('The one of Nov 22 had no papers.')
  })

  test('show says what keeps it and alerts, and what one without papers is', async () => {
    await bot.ask('digest weekly --empty line')
    await bot.ask('quiet 22:00-08:00')
    await bot.ask('pause 2026-12-08')
    const { text } = await bot.ask('digest show')
    expect(text).toContain('The next one comes on Monday, Dec 14 at 09:00, in 22 days.')
    expect(text).toContain('Posts here are paused until Tuesday, Dec 8 at 00:00 (UTC), in 16 days, by Ada.')
    expect(text).toContain('No alerts come from 22:00 to 08:00 (UTC).')
    expect(text).toContain('One without papers is a line that says so.')
    await bot.ask('resume')
    await bot.ask('pause')
    expect((await bot.ask('digest show')).text).toContain(
      'The next one comes at its first time after someone resumes posts here.',
    )
  })
})

describe('the preview', () => {
  test('with nothing in the window it shows the newest matches as an example', async () => {
    await bot.ask('follow topic "sparse autoencoder"')
    const { text, reply, ids } = await bot.ask('digest preview')
    expect(reply.visibility).toBe('private')
    expect(text.toLowerCase()).toContain('example')
    expect(ids).toContain('2509.02565')
  })

  test('shows the papers first seen since the follow', async () => {
    await bot.ask('follow topic moths', { clock: { now: () => Temporal.Instant.from('2026-11-20T00:00:00Z') } })
    await bot.put(
      [
        {
          source: 'ndjson',
          ids: ['arxiv:2611.00001' as never],
          title: 'Moths and Lamps',
          authors: [{ name: 'Ada Byron' }],
          published: '2026-11-20',
        },
      ],
      '2026-11-21T00:00:00Z',
    )
    const { ids, text } = await bot.ask('digest preview')
    expect(ids).toEqual(['2611.00001'])
    expect(text.toLowerCase()).not.toContain('example')
  })

  test('where nothing fits it says so', async () => {
    await bot.ask('follow topic zebrafish')
    expect((await bot.ask('digest preview')).text).toMatch(/empty|example/i)
  })

  test('takes a template to try out, which is not kept', async () => {
    await bot.ask('digest weekly')
    const templates = {
      ...bot.context.templates,
      names: async () => ['digest', 'short'],
      digest: async (template: string) => [{ kind: 'prose', spans: [{ text: `from ${template}` }] } as const],
    }
    await bot.ask('follow topic grokking')
    expect((await bot.ask('digest preview --template short', { templates })).text).toBe('from short')
    expect((await bot.ask('digest preview', { templates })).text).toBe('from digest')
    expect(await bot.fail('digest preview --template ../short', { templates })).toMatch(/There is no template “..\/short”/)
    expect(await schedule()).toMatchObject({ template: 'digest' })
  })

  test('now shows the same to all', async () => {
    await bot.ask('follow topic grokking')
    const { reply, text } = await bot.ask('digest now')
    expect(reply.visibility).toBe('public')
    expect(text).toContain('Asked for by Ada')
  })

  test('now that would be empty is said to whoever asked alone', async () => {
    await bot.ask('follow topic zebrafish')
    const { reply, text } = await bot.ask('digest now')
    expect([reply.visibility, text]).toEqual(['private', 'The digest would be empty: no paper known here fits what is followed.'])
  })
})
