// What is not known here is looked up at arXiv, from outside: by the terminal, on Slack and on Discord, whatever arXiv answers.
import type { RequestListener, ServerResponse } from 'node:http'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aServer } from '#test/adapters/http/server.ts'
import { apiAnswer, asked, type Written } from '#test/adapters/sources/arxiv/archive.ts'
import { install } from '#test/paperboy.ts'
import { CHANNEL as DISCORD_CHANNEL, discordAndBot } from './discord-fake.ts'
import { hasFakes } from './fake.ts'
import { CHANNEL as SLACK_CHANNEL, slackAndBot } from './slack-fake.ts'

const TODAY = '2026-11-24T09:00:00Z'
const AT = ['--at', TODAY] as const
const OLD: Written = { id: '2401.00001', published: '2024-01-01T10:00:00Z', authors: ['Vera Rubin', 'Ada Byron'] }
const NEW: Written = { id: '2611.20001', published: '2026-11-20T10:00:00Z', authors: ['Vera Rubin'] }

/** arXiv, which has these papers, whatever words are looked for. */
function arxivWith(...papers: readonly Written[]): RequestListener {
  return (request, response) => {
    const ids = asked(request).id_list?.split(',')
    const found = papers.filter(({ id }) => ids?.includes(id) ?? true)
    response.end(apiAnswer(found, found.length))
  }
}

async function arxiv(listener: RequestListener) {
  const times: number[] = []
  const server = await aServer((request, response) => {
    times.push(performance.now())
    listener(request, response)
  })
  return { ...server, times, asked: () => server.requests.map(asked), paperboy: install({ ARXIV_API_URL: server.url }) }
}

describe('in the terminal', () => {
  test('a paper is looked up once, and known from then on', async () => {
    await using server = await arxiv(arxivWith(OLD))
    const answer = await server.paperboy.ask('paper https://arxiv.org/abs/2401.00001v2')
    expect(answer).toMatchObject({ ok: true, papers: [{ id: '2401.00001', title: 'Paper 2401.00001' }], page: { total: 1 } })
    for (const line of ['related 2401.00001', 'export bibtex 2401.00001', 'save 2401.00001', 'lookup 2401.00001'])
      expect((await server.paperboy.ask(line)).ok).toBe(true)
    expect(server.asked()).toMatchObject([{ id_list: '2401.00001' }])
  })

  test('what somebody wrote is shown, whether or not they were known', async () => {
    await using server = await arxiv(arxivWith(OLD, NEW))
    expect((await server.paperboy.ask('author Vera Rubin')).papers).toHaveLength(2)
    const followed = await server.paperboy.ask('follow author Ada Byron')
    expect(followed.text).toContain('Ada Byron: 1 paper · 2024')
    expect(server.asked()).toMatchObject([{ search_query: 'au:"vera rubin"' }, { search_query: 'au:"ada byron"' }])
  })

  test('a search that finds nothing here finds what arXiv has', async () => {
    await using server = await arxiv(arxivWith(OLD, NEW))
    const answer = await server.paperboy.ask('search "2401 00001" cat:cs.LG')
    expect(answer).toMatchObject({ ok: true, papers: [{ id: '2401.00001' }], page: { total: 1, next: null } })
    expect(answer.text).toContain('Nothing here matched. arXiv was asked, too: these are the most fitting.')
    expect(server.asked()).toMatchObject([{ search_query: '(all:"2401 00001" AND cat:cs.LG)' }])
  })

  test('what is found is news to those who follow it where it is new', async () => {
    await using server = await arxiv(arxivWith(OLD, NEW))
    await server.paperboy.run(['ask', 'follow topic "paper"', '--at', '2026-11-23T09:00:00Z'])
    await server.paperboy.run(['tick', '--at', '2026-11-23T09:00:00Z'])
    await server.paperboy.ask('lookup 2401.00001 2611.20001', ...AT)
    const { stdout } = await server.paperboy.run(['tick', ...AT])
    expect(stdout).toContain('Paper 2611.20001')
    expect(stdout).not.toContain('Paper 2401.00001')
  })

  test('what arXiv does not have is said so', async () => {
    await using server = await arxiv(arxivWith())
    expect((await server.paperboy.ask('paper 2303.99999')).error).toEqual({
      code: 'not-found',
      message: 'arXiv has no paper 2303.99999.',
      hint: 'Check the id, or look for words of its title: search and the words',
    })
    expect((await server.paperboy.ask('search moths')).text).toContain('arXiv was asked, too.')
  })

  test('however much is asked, arXiv is asked every three seconds', async () => {
    await using server = await arxiv(arxivWith())
    await server.paperboy.run(['chat'], 'paper 2401.00001\npaper 2401.00002\npaper 2401.00001\nauthor Vera Rubin\n')
    const pauses = server.times.slice(1).map((time, at) => time - (server.times[at] ?? 0))
    expect(pauses).toHaveLength(2)
    expect(Math.min(...pauses)).toBeGreaterThan(2900)
  })

  describe.each<[string, string, (response: ServerResponse) => void]>([
    [
      'wants to be left alone',
      'may not be asked for a while',
      (response) => response.writeHead(429, { 'content-type': 'text/html' }).end('Rate exceeded.'),
    ],
    ['is broken', 'could not be asked', (response) => response.writeHead(500).end('Oops')],
    ['answers in another language', 'could not be asked', (response) => response.end('<html><body>Sign in</body></html>')],
    ['breaks off', 'could not be asked', (response) => response.destroy()],
    ['does not answer', 'could not be asked in time', () => undefined],
  ])('where arXiv %s', (_, words, fault) => {
    test('the answer is what is known here, soon, and arXiv is left alone', async () => {
      await using server = await arxiv((_, response) => fault(response))
      const { code, stderr } = await server.paperboy.run(['ask', 'paper 2401.00001'])
      expect({ code, stderr: stderr.split('\n').slice(0, 2) }).toEqual({
        code: 1,
        stderr: [
          'The paper 2401.00001 is not known here.',
          `arXiv ${words}: ask again later. Check the id, or look for words of its title: search and the words`,
        ],
      })
      const times = server.times.length
      const { text } = await server.paperboy.ask('author Isaac Liao')
      expect(text).toContain(`arXiv ${words}, so this is what is known here.`)
      expect(server.times).toHaveLength(times)
    })
  })

  test('without a network all stays quick, and says so', async () => {
    const paperboy = install()
    await paperboy.ask('saved')
    const began = performance.now()
    const { stdout, stderr } = await paperboy.run(['chat'], 'paper 2401.00001\nsearch moths\nauthor Isaac Liao\n')
    // Less than one pause between two questions takes, beside what the program does without any.
    expect(performance.now() - began).toBeLessThan(6000)
    expect(stdout.match(/arXiv could not be asked/g)).toHaveLength(3)
    expect(stderr).toBe('')
  })
})

/** Has the bot's questions wait for an answer until they are let go on. */
function heldArxiv() {
  let { promise, resolve } = Promise.withResolvers<void>()
  const answer = arxivWith(OLD)
  return {
    listener: ((request, response) => {
      promise.then(() => answer(request, response))
    }) satisfies RequestListener,
    hold() {
      ;({ promise, resolve } = Promise.withResolvers<void>())
    },
    goOn: () => resolve(),
  }
}

describe.skipIf(!hasFakes)('on a platform', async () => {
  const { listener, hold, goOn } = heldArxiv()
  const server = await aServer(listener)
  const environment = { ARXIV_API_URL: server.url }
  beforeEach(() => hold())
  afterAll(() => server[Symbol.asyncDispose]())

  describe('Slack', () => {
    const running = slackAndBot({ environment })

    test('a paper is looked up while something says so, and others are answered meanwhile', async () => {
      const say = (text: string) => running.slack.ctl('command', { command: '/papers', text, channel: SLACK_CHANNEL })
      const heard = (includes: string) => running.slack.ctl('wait', { kind: 'response_url', includes, timeout_ms: 15_000 })
      await say('paper 2401.00001')
      expect((await heard('Looking …')).ok).toBe(true)
      await say('paper 2303.13506')
      expect((await heard('Quantization')).ok).toBe(true)
      goOn()
      expect((await heard('Paper 2401.00001')).ok).toBe(true)
    })
  })

  describe('Discord', () => {
    const running = discordAndBot({ environment })

    test('a paper is looked up while the bot is thinking', async () => {
      const asking = running.discord.ctl('command', {
        name: 'papers',
        sub: 'paper',
        options: { paper: '2401.00001' },
        user: 'alice',
        channel: DISCORD_CHANNEL,
      })
      expect((await running.discord.ctl('wait', { kind: 'rest', route: '/callback', timeout_ms: 15_000 })).ok).toBe(true)
      goOn()
      const { callback, original } = await asking
      expect(callback.type).toBe(5)
      expect(JSON.stringify(original)).toContain('Paper 2401.00001')
    })
  })
})
