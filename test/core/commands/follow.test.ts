import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Context } from '#core/commands/command.ts'
import { aRecord, aSubscription } from '#test/builders.ts'
import { type Bot, openBot } from './bot.ts'

let bot: Bot
beforeAll(async () => {
  bot = await openBot()
})
beforeEach(() => bot.enterNewChannel())
afterAll(() => bot[Symbol.asyncDispose]())

const followed = async () =>
  (await bot.context.store.subscriptions.ofDestination(bot.context.destination)).map(({ target }) => target)

describe('follow', () => {
  test('in a pipe says what to expect, then saves', async () => {
    const { text, reply } = await bot.ask('follow topic "sparse autoencoder"')
    expect(text).toContain('To expect:')
    expect(text).toContain(
      'Followed here now, by Ada: the topic "sparse autoencoder". New papers come at once and in the digest.',
    )
    expect(reply.visibility).toBe('public')
    expect(await followed()).toEqual([{ kind: 'topic', query: '"sparse autoencoder"' }])
  })

  test('where a person can answer it asks first, and its button saves', async () => {
    const asked = await bot.ask('follow author Eric J. Michaud', { confirm: 'ask' })
    expect(asked.reply.visibility).toBe('private')
    expect(asked.text).toContain('15 papers · 2020–2026')
    expect(asked.text).toContain('Nothing is saved yet')
    expect(await followed()).toEqual([])
    const yes = asked.actions.find((action) => 'command' in action && action.primary)
    expect(yes).toMatchObject({ label: 'Follow', command: 'follow author Eric J. Michaud --cadence both --confirm yes' })
    await bot.ask('follow author Eric J. Michaud --cadence both --confirm yes', { confirm: 'ask' })
    expect(await followed()).toMatchObject([{ kind: 'author', key: 'eric j michaud', name: 'Eric J. Michaud' }])
  })

  test('the same again says since when and by whom; another cadence changes it', async () => {
    await bot.ask('follow category lg --cadence digest')
    expect(await followed()).toEqual([{ kind: 'category', category: 'cs.LG' }])
    const again = await bot.ask('follow category cs.LG')
    expect(again.text).toContain(
      'The category cs.LG is followed here already, since Nov 22, by Ada: new papers come in the digest',
    )
    const changed = await bot.ask('follow category cs.LG --cadence now')
    expect(changed.text).toContain('Ada changed how new papers of the category cs.LG come: at once now.')
    expect(await followed()).toHaveLength(1)
  })

  test('a category comes with or without papers that are cross-listed in it', async () => {
    const { text } = await bot.ask('follow category cs.LG --cross no')
    expect(text).toContain('the category cs.LG without cross-listed papers. New papers come')
    expect(await followed()).toEqual([{ kind: 'category', category: 'cs.LG', primaryOnly: true }])
    expect((await bot.ask('follow category cs.LG')).text).toContain('is followed here already')
    const changed = await bot.ask('follow category cs.LG --cross yes --cadence now')
    expect(changed.text).toContain('Ada changed what is followed: the category cs.LG. New papers come at once.')
    expect(changed.text).toContain('Before: the category cs.LG without cross-listed papers, since Nov 22, by Ada.')
    expect(await followed()).toEqual([{ kind: 'category', category: 'cs.LG' }])
    expect((await bot.ask('following')).text).toContain('the category cs.LG · at once · by Ada')
  })

  test('equal topics are one, however they are written', async () => {
    await bot.ask('follow topic  grokking   representation')
    expect((await bot.ask('follow topic grokking representation sort:recent')).text).toContain('already')
    expect(await followed()).toHaveLength(1)
  })

  test('of several people it is asked who is meant, and the cadence is kept', async () => {
    const { actions, text } = await bot.ask('follow author Liu --cadence digest')
    expect(text).toContain('Several people may be meant by Liu. Which one?')
    expect(actions).toContainEqual({ label: 'Yizhou Liu', command: 'follow author Yizhou Liu --cadence digest' })
    expect(await followed()).toEqual([])
  })

  test('a name that no paper carries is followed only on a second word', async () => {
    expect(await bot.fail('follow author Nora Nobody')).toMatch(/^not-found .*--confirm yes$/)
    expect(await bot.fail('follow author Nora Nobody')).toMatch(/[.?!] To follow the name all the same/)
    // Where the second word cannot be typed there is a button for it.
    const destination = { platform: 'discord', workspace: 'G1', channel: 'C1' } as const
    const { reply, text, actions } = await bot.ask('follow author Nora Nobody --cadence digest', { destination })
    expect(reply.visibility).toBe('private')
    expect(text).toContain('No paper here is by “Nora Nobody”.')
    expect(text).toContain('/papers search query:Nora Nobody')
    expect(actions).toEqual([
      { label: 'Follow all the same', command: 'follow author Nora Nobody --cadence digest --confirm yes' },
    ])
    expect(await bot.fail('follow author Nora Nobody --cadence now')).toMatch(/--cadence now --confirm yes$/)
    await bot.ask('follow author Nora Nobody --confirm yes')
    expect(await followed()).toMatchObject([{ kind: 'author', key: 'nora nobody', name: 'Nora Nobody' }])
  })

  test.each([
    ['follow topic', /needs a query/],
    ['follow topic (grokking', /wrong-input/],
    ['follow grokking', /after “follow” comes author, topic, category or feed.*follow topic grokking/],
    ['follow category machine learning', /Did you mean cs\.LG \(Machine Learning\) or stat\.ML \(Machine Learning\)\?/],
    ['follow category Vision', /Did you mean cs\.CV \(Computer Vision and Pattern Recognition\)\?/],
    ['follow category cs.XX', /“cs\.XX” is not a category/],
    ['follow topic grokking --cadence hourly', /“hourly” is not a cadence: it is now, digest or both/],
    ['follow author Max Tegmark --cadence hourly', /For example: follow author Max Tegmark --cadence now$/],
    ['follow topic grokking --for you', /--for takes here, thread or me, not “you”\./],
    ['follow feed', /“follow feed” needs a url/],
    ['follow topic sort:recent', /needs at least one word/],
  ])('“%s” is refused with the mend', async (line, expected) => {
    expect(await bot.fail(line)).toMatch(expected)
    expect(await followed()).toEqual([])
  })

  test('for me comes to my direct messages, and only I am told', async () => {
    const direct = async () => ({ ...bot.context.destination, channel: `Ada, of ${bot.context.destination.channel}` })
    const asked = await bot.ask('follow topic grokking --for me', { direct, confirm: 'ask' })
    expect(asked.text).toContain('Follow the topic grokking in your direct messages?')
    const { text, reply } = await bot.ask('follow topic grokking --cadence both --for me --confirm yes', { direct })
    expect(asked.actions).toContainEqual(
      expect.objectContaining({ command: 'follow topic grokking --cadence both --for me --confirm yes' }),
    )
    expect(text).toContain('Followed in your direct messages now, by Ada')
    expect(reply.visibility).toBe('private')
    expect(await followed()).toEqual([])
    expect(await bot.context.store.subscriptions.ofDestination(await direct())).toHaveLength(1)
    expect((await bot.ask('follow topic grokking --for me', { direct })).text).toContain('in your direct messages already')
    const who = await bot.ask('follow author Liu --for me', { direct })
    expect(who.actions).toContainEqual({ label: 'Yizhou Liu', command: 'follow author Yizhou Liu --for me' })
  })

  test('in a thread the thread is offered too', async () => {
    const { actions } = await bot.ask('follow topic grokking', { thread: '1.1', confirm: 'ask' })
    const command = 'follow topic grokking --cadence both --for thread --confirm yes'
    expect(actions).toContainEqual({ label: 'Follow in this thread', command })
    const { text } = await bot.ask(command, { thread: '1.1', confirm: 'ask' })
    expect(text).toContain('Followed in this thread now, by Ada')
  })

  test.each([
    ['topic "sparse autoencoder"', 'Show the 3 papers', 'search "sparse autoencoder" sort:recent'],
    ['category cs.LG', 'Show the last five', 'search cat:cs.LG sort:recent'],
    ['author Eric J. Michaud', 'Show the papers, latest first', 'author Eric J. Michaud --order date'],
    ['topic zebrafish', undefined, undefined],
  ])('before “%s” is saved its latest papers are offered', async (line, label, command) => {
    const { actions } = await bot.ask(`follow ${line}`, { confirm: 'ask' })
    const offered = actions.find((action) => action.label.startsWith('Show'))
    expect(offered).toEqual(label && { label, command })
    if (command) expect((await bot.ask(command)).papers).not.toEqual([])
  })

  test('says how to have a digest where none is posted yet', async () => {
    expect((await bot.ask('follow topic moths --cadence now')).text).not.toContain('No digest')
    expect((await bot.ask('follow topic lamps')).text).toContain('No digest is posted here yet')
    await bot.ask('digest daily')
    expect((await bot.ask('follow topic candles')).text).not.toContain('No digest is posted')
  })

  test('another channel follows for itself', async () => {
    await bot.ask('follow topic grokking')
    const elsewhere = { destination: { ...bot.context.destination, channel: 'other' } }
    expect((await bot.ask('following', elsewhere)).text).toContain('Nothing is followed here yet')
  })
})

describe('the forecast', () => {
  const paper = (id: number, published: string, title: string) => ({
    source: 'ndjson' as const,
    ids: [`arxiv:2611.${String(id).padStart(5, '0')}` as never] as [never],
    title,
    authors: [{ name: 'Ada Byron' }],
    published,
  })

  test('counts the last four weeks, the busiest day and the word that causes most', async () => {
    const days = Array.from({ length: 28 }, (_, at) => Temporal.PlainDate.from('2026-10-26').add({ days: at }).toString())
    const moths = days.map((day, at) => paper(at + 1, day, 'Moths'))
    const extra = ['2026-11-10', '2026-11-10', '2026-11-11', '2026-11-12'].map((day, at) => paper(at + 101, day, 'Lamps'))
    await using bot = await openBot({ sample: false })
    await bot.put([...moths, ...extra])
    const { text } = await bot.ask('follow topic moths OR lamps')
    expect(text).toContain('To expect: about 8 papers a week, at most 3 a day; “moths” causes 88 %.')
  })

  test('a word that brings little of its own causes little, however many papers have it', async () => {
    const both = Array.from({ length: 20 }, (_, at) => paper(at + 1, '2026-11-10', 'Moths and Lamps'))
    const lamps = Array.from({ length: 5 }, (_, at) => paper(at + 101, '2026-11-11', 'Lamps'))
    await using bot = await openBot({ sample: false })
    await bot.put([...both, ...lamps])
    expect((await bot.ask('follow topic moths OR lamps')).text).not.toContain('causes')
  })

  test('counts a category with and without what is cross-listed in it', async () => {
    await using bot = await openBot({ sample: false })
    const of = (at: number, ...categories: string[]) => ({ ...paper(at, '2026-11-16', 'Moths'), categories })
    await bot.put([
      of(1, 'cs.LG'),
      of(2, 'cs.LG', 'cs.AI'),
      of(3, 'cs.AI', 'cs.LG'),
      { ...of(4, 'cs.LG'), published: '2020-01-01' },
    ])
    expect((await bot.ask('follow category cs.LG')).text).toContain('about 3 papers a week, at most 3 a day')
    bot.enterNewChannel()
    expect((await bot.ask('follow category cs.LG --cross no')).text).toContain('about 2 papers a week, at most 2 a day')
    const none = await bot.ask('follow category cs.AI --cross no', {
      clock: { now: () => Temporal.Instant.from('2027-03-01T00:00:00Z') },
    })
    expect(none.text).toContain('so nothing can be foretold; 1 paper of all known fits')
  })

  test('a flood comes in the digest alone, unless somebody says otherwise', async () => {
    const days = Array.from({ length: 28 }, (_, at) => Temporal.PlainDate.from('2026-10-26').add({ days: at }).toString())
    await using bot = await openBot({ sample: false })
    await bot.put(days.flatMap((day, at) => Array.from({ length: 23 }, (_, more) => paper(at * 100 + more + 1, day, 'Moths'))))
    const asked = await bot.ask('follow topic moths', { confirm: 'ask' })
    expect(asked.actions[0]).toMatchObject({ command: 'follow topic moths --cadence digest --confirm yes' })
    const { text } = await bot.ask('follow topic moths')
    expect(text).toContain('about 161 papers a week')
    expect(text).toContain('That many are for the digest alone, so they come in the digest unless you say otherwise.')
    const [subscription] = await bot.context.store.subscriptions.all()
    expect(subscription?.cadence).toBe('digest')
    const chosen = await bot.ask('follow topic moths -lamps --cadence both')
    expect(chosen.text).toContain('New papers come at once and in the digest.')
    expect(chosen.text).not.toContain('unless you say otherwise')
  })

  test('a store that began last week is not taken for a quiet one', async () => {
    const week = Array.from({ length: 7 }, (_, at) => paper(at + 1, `2026-11-${16 + at}`, 'Moths'))
    await using bot = await openBot({ sample: false })
    await bot.put(week)
    expect((await bot.ask('follow topic moths')).text).toContain('about 7 papers a week, at most 1 a day')
  })

  test('says of a category without papers no more than that', async () =>
    expect((await bot.ask('follow category hep-ex')).text).toMatch(/No paper known here fits\.\n/))

  test('says once that no paper fits', async () => {
    const { text } = await bot.ask('follow topic zebrafish')
    expect(text).toContain('so nothing can be foretold.')
    expect(text).toContain('No paper known here fits: look whether the words are meant so.')
  })

  test('says so where nothing recent is known', async () =>
    expect((await bot.ask('follow topic grokking')).text).toMatch(
      /no paper of the last 28 days is known here, so nothing can be foretold; \d papers of all known fit/,
    ))
})

describe('following and unfollow', () => {
  beforeEach(async () => {
    for (const line of [
      'follow topic moths',
      'follow author Max Tegmark',
      'follow category stat.ML',
      'follow topic "street lamps"',
    ])
      await bot.ask(line)
  })

  test('the list has numbers, owner, cadence and last match', async () => {
    const { text, reply } = await bot.ask('following')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('4 subscriptions here')
    expect(text).toContain(' · at once and in the digest · by Ada since Nov 22 · no match yet')
  })

  test.each([
    ['2', 3],
    ['1 3', 2],
    ['1, 2 and 4', 1],
    ['2-4', 1],
    ['all', 0],
    ['Max Tegmark', 3],
    ['tegmark, max', 3],
    ['topic moths', 3],
    ['STAT.ML', 3],
    ['"street lamps"', 3],
  ])('“%s” leaves %i', async (target, left) => {
    const { text } = await bot.ask(`unfollow ${target}`)
    expect(text).toContain('Ada stopped following')
    expect(await followed()).toHaveLength(left)
  })

  test.each([
    ['9', 'There is no number 9: 4 subscriptions here.'],
    ['0', 'There is no number 0'],
    ['mots', '“mots” is not followed here. | Did you mean moths?'],
  ])('“%s” is refused and changes nothing', async (target, expected) => {
    expect(await bot.fail(`unfollow ${target}`)).toContain(expected)
    expect(await followed()).toHaveLength(4)
  })

  test('all is asked back where a person can answer', async () => {
    const { actions } = await bot.ask('unfollow all', { confirm: 'ask' })
    expect(await followed()).toHaveLength(4)
    expect(actions[0]).toMatchObject({ command: 'unfollow all --confirm yes' })
    await bot.ask('unfollow all --confirm yes', { confirm: 'ask' })
    expect(await followed()).toHaveLength(0)
  })
})

/** Follows one after the other, an hour apart, so that the numbers of the list are those of the lines. */
async function followInTurn(lines: readonly string[], changes: Partial<Context> = {}) {
  const start = Temporal.Instant.from('2026-11-22T00:00:00Z')
  for (const [at, line] of lines.entries()) {
    await bot.ask(line, { ...changes, clock: { now: () => start.add({ hours: at }) } })
  }
}

describe('cadence', () => {
  beforeEach(() => followInTurn(['follow topic moths', 'follow author Max Tegmark', 'follow topic "lamps now" --cadence digest']))
  const cadences = async () =>
    (await bot.context.store.subscriptions.ofDestination(bot.context.destination)).map((subscription) => subscription.cadence)

  test.each([
    ['1 digest', ['digest', 'both', 'digest']],
    ['1 2 now', ['now', 'now', 'digest']],
    ['1-3 both', ['both', 'both', 'both']],
    ['all now', ['now', 'now', 'now']],
    ['Max Tegmark NOW', ['both', 'now', 'digest']],
    ['moths --cadence digest', ['digest', 'both', 'digest']],
    ['--target "lamps now" --cadence both', ['both', 'both', 'both']],
  ])('“%s” is understood', async (line, expected) => {
    await bot.ask(`cadence ${line}`)
    expect(await cadences()).toEqual(expected)
  })

  test('says what comes how, and how it was', async () => {
    const one = await bot.ask('cadence 1 digest')
    expect(one.text).toContain(
      'Ada changed how new papers of the topic “moths” come: in the digest now. Before: at once and in the digest.',
    )
    expect(one.text).toContain('No digest is posted here yet. To have one each Monday at 09:00: digest weekly')
    const several = await bot.ask('cadence all now')
    expect(several.text).toContain('Ada changed how new papers of 3 subscriptions here come: at once now.')
    expect(several.text).toContain('Max Tegmark · before: at once and in the digest')
    expect(several.text).not.toContain('No digest')
  })

  test('what comes so already is not changed', async () => {
    const { reply, text } = await bot.ask('cadence moths both')
    expect(reply.visibility).toBe('private')
    expect(text).toContain('New papers of the topic moths come so already: at once and in the digest.')
  })

  test.each([
    ['1', /needs a cadence/],
    ['1 hourly', /“hourly” is not a cadence: it is now, digest or both/],
    ['9 now', /There is no number 9/],
    ['bats now', /“bats” is not followed here/],
  ])('“%s” is refused with the mend', async (line, expected) => {
    expect(await bot.fail(`cadence ${line}`)).toMatch(expected)
    expect(await cadences()).toEqual(['both', 'both', 'digest'])
  })
})

describe('a channel and its threads', () => {
  const thread = '1700000000.000100'
  const inThread = () => bot.context.store.subscriptions.ofDestination({ ...bot.context.destination, thread })

  beforeEach(async () => {
    await followInTurn(['follow topic moths', 'follow topic lamps --for thread', 'follow topic moths --for thread'], { thread })
  })

  test('the list of the channel has its threads’ subscriptions, marked; that of a thread its own alone', async () => {
    const { text } = await bot.ask('following')
    expect(text).toContain('3 subscriptions here')
    expect(text).toMatch(/2 the topic lamps · at once and in the digest · in a thread · by Ada/)
    expect((await bot.ask('following', { thread })).text).toContain('· in this thread ·')
    const own = await bot.ask('following --for thread', { thread })
    expect(own.text).toContain('2 subscriptions in this thread')
    expect(own.text).not.toContain('· in this thread ·')
  })

  test('the numbers of the list are what unfollow and cadence take', async () => {
    await bot.ask('cadence 2 now')
    expect((await inThread()).map((subscription) => subscription.cadence)).toEqual(['now', 'both'])
    await bot.ask('unfollow 2')
    expect((await inThread()).map(({ target }) => target)).toEqual([{ kind: 'topic', query: 'moths' }])
  })

  test('a name means the channel’s own before a thread’s', async () => {
    await bot.ask('unfollow moths')
    expect(await followed()).toEqual([])
    expect(await inThread()).toHaveLength(2)
    await bot.ask('unfollow moths')
    expect(await inThread()).toHaveLength(1)
  })
})

describe('the most', () => {
  test('of a channel and of a workspace is refused, and nothing is saved', async () => {
    await using bot = await openBot()
    const { store, destination } = bot.context
    const add = (channel: string, count: number) =>
      store.transaction(async ({ subscriptions }) => {
        for (let at = 0; at < count; at++) {
          const target = { kind: 'topic' as const, query: `word${at}` }
          await subscriptions.add(aSubscription({ id: `${channel} ${at}`, destination: { ...destination, channel }, target }))
        }
      })
    await add(destination.channel, 500)
    expect(await bot.fail('follow topic moths')).toContain('500 things are followed here, which is the most.')
    for (let channel = 1; channel < 10; channel++) await add(`channel ${channel}`, 500)
    expect(await bot.fail('follow topic moths', { destination: { ...destination, channel: 'a new one' } })).toContain(
      '5,000 things are followed in this workspace, which is the most.',
    )
    expect(await store.subscriptions.countOfWorkspace(destination)).toBe(5000)
  })

  test('of a workspace is none of direct messages outside of any, where all are strangers', async () => {
    await using bot = await openBot()
    const { store } = bot.context
    const direct = { platform: 'discord', workspace: 'direct' } as const
    await store.transaction(async ({ subscriptions }) => {
      for (let at = 0; at < 5000; at++) {
        const destination = { ...direct, channel: `person ${at % 10}` }
        const target = { kind: 'topic' as const, query: `word${at}` }
        await subscriptions.add(aSubscription({ id: `${at}`, destination, target }))
      }
    })
    const { text } = await bot.ask('follow topic moths', { destination: { ...direct, channel: 'a new one' } })
    expect(text).toContain('Followed here now')
  })
})

describe('what waits when it is unfollowed', () => {
  test('does not come any more, at once or in the digest', async () => {
    await bot.ask('follow topic moths')
    const { store, destination } = bot.context
    const [subscription] = await store.subscriptions.ofDestination(destination)
    await bot.put([aRecord({ ids: ['arxiv:2611.09999'], title: 'Moths' })])
    const [paper] = await store.papers.byIds(['arxiv:2611.09999' as never])
    const [number, at] = [paper?.number ?? 0, '2026-11-22T09:00:00Z']
    const reason = { subscription: subscription?.id ?? '', target: { kind: 'topic' as const, query: 'moths' }, words: ['Moths'] }
    await store.subscriptions.recordMatches([
      { subscription: reason.subscription, paper: number, reason, matchedAt: at, seenAt: at },
    ])
    const claims = [{ paper: number, event: 'new' }]
    await store.ledger.record([{ destination, kind: 'alert', subject: `${number}`, part: 0, blocks: [], claims }], at)
    await bot.ask('follow topic zebrafish')
    await bot.ask('unfollow moths')
    expect(await store.ledger.ofDestination(destination, ['pending'])).toEqual([])
    expect((await bot.ask('digest preview')).ids).not.toContain('2611.09999')
  })
})
