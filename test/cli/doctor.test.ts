import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import type { Check } from '#core/ports/platform.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { aSubscription } from '#test/builders.ts'
import { install } from '#test/paperboy.ts'

const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>cs.LG</title></channel></rss>`

async function checksOf(paperboy: ReturnType<typeof install>) {
  const { code, stdout, stderr } = await paperboy.run(['doctor', '--json'])
  expect(stderr).toBe('')
  const { checks, ok } = JSON.parse(stdout) as { checks: Check[]; ok: boolean }
  expect(code).toBe(ok ? 0 : 1)
  return { checks, ok, of: (about: string) => checks.filter((check) => check.about === about) }
}

describe('on a fresh machine', () => {
  test('says that the terminal works and what to set for Slack, and makes nothing', async () => {
    const paperboy = install()
    const { code, stdout, stderr } = await paperboy.run(['doctor'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(
      'fine     chat: No chat platform is configured; the terminal works: npm start.\n         To have it in Slack',
    )
    expect(stdout).toContain('fine     store: There is no data/paperboy.db yet')
    expect(stdout).toMatch(/\n\nEverything is in order\.\n$/)
    expect(readdirSync(paperboy.folder)).toEqual([])
  })

  test('says what is missing where Slack is set up by half', async () => {
    const { checks } = await checksOf(install({ SLACK_APP_TOKEN: 'xapp-1-hunter2' }))
    const chat = checks.find(({ about }) => about === 'chat')
    expect(chat).toMatchObject({ state: 'warning', found: expect.stringContaining('SLACK_BOT_TOKEN is not') })
  })

  test('each line begins with its state, and how to mend it stands below', async () => {
    const { stdout } = await install({ PORT: 'eighty' }).run(['doctor'])
    const lines = stdout.split('\n').slice(0, -3)
    expect(lines.filter((line) => !/^(fine {5}|warning {2}|wrong {4}| {9})\S/.test(line))).toEqual([])
    expect(stdout).toContain('1 thing has to be mended.')
  })
})

describe('what is set wrong', () => {
  test('is named, with its mend, and the rest is looked at all the same', async () => {
    const { ok, of } = await checksOf(install({ PORT: '99999', LOG_LEVEL: 'loud' }))
    expect(ok).toBe(false)
    expect(of('configuration').map(({ state, found }) => `${state} ${found}`)).toEqual([
      'wrong PORT is "99999"; it has to be a port from 1 to 65535.',
      'wrong LOG_LEVEL is "loud"; it has to be one of debug, info, warn, error, silent.',
    ])
    expect(of('store')).toEqual([expect.objectContaining({ state: 'fine' })])
  })

  test('no other store is looked at where DATABASE_URL is wrong', async () => {
    const { of } = await checksOf(install({ DATABASE_URL: 'mysql://admin:hunter2@db/papers' }))
    expect(of('configuration')).toEqual([expect.objectContaining({ state: 'wrong' })])
    expect(of('store')).toEqual([])
  })

  test('keeps Slack from being asked where it is of Slack, and no secret is repeated', async () => {
    const paperboy = install({ SLACK_BOT_TOKEN: 'xoxp-1-hunter2', SLACK_SIGNING_SECRET: 'deadbeefdeadbeef' })
    const { checks, of } = await checksOf(paperboy)
    expect(of('configuration')).toEqual([expect.objectContaining({ state: 'wrong' })])
    expect(of('chat')).toEqual([expect.objectContaining({ found: 'Nobody is asked until SLACK_BOT_TOKEN is mended.' })])
    expect(JSON.stringify(checks)).not.toMatch(/hunter2|deadbeef/)
  })
})

describe('the store', () => {
  test('says its version and papers, and may be in use meanwhile', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    const other = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
    const { of } = await checksOf(paperboy)
    await other.close()
    expect(of('store')).toEqual([
      {
        about: 'store',
        state: 'fine',
        found: expect.stringMatching(/^data\/paperboy\.db is of version \d+, the latest, with 15 papers\.$/),
      },
    ])
    expect(of('disk')).toHaveLength(1)
  })

  test('an older version is left as it is, and that it is brought up is said', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    const database = new SQLite(join(paperboy.folder, 'data/paperboy.db'))
    database.pragma('user_version = 1')
    const { of } = await checksOf(paperboy)
    expect(of('store')[0]?.found).toMatch(/is of version 1, and is brought to version \d+ at the next start/)
    expect(database.pragma('user_version', { simple: true })).toBe(1)
    database.close()
  })

  test.each([
    [
      'a text',
      (path: string) => writeFileSync(path, 'no database at all, whatever its name says'.repeat(99)),
      'is not a database',
    ],
    [
      'a database of another program',
      (path: string) => new SQLite(path).exec('CREATE TABLE a (b)').close(),
      'of another program',
    ],
    ['a folder', (path: string) => mkdirSync(path), 'is not a file'],
    ['empty', (path: string) => writeFileSync(path, ''), 'is empty'],
  ])('is wrong where it is %s', async (_, make, words) => {
    const paperboy = install()
    mkdirSync(join(paperboy.folder, 'data'))
    make(join(paperboy.folder, 'data/paperboy.db'))
    const { of } = await checksOf(paperboy)
    expect(of('store')).toEqual([
      { about: 'store', state: 'wrong', found: expect.stringContaining(words), mend: expect.stringMatching(/^[A-Z].*\.$/) },
    ])
  })

  test('is wrong where it is damaged further in, where nobody looks at the start', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    const path = join(paperboy.folder, 'data/paperboy.db')
    writeFileSync(path, readFileSync(path).fill('Dear diary, ', 100_000, 300_000))
    const { of } = await checksOf(paperboy)
    expect(of('store')).toEqual([
      { about: 'store', state: 'wrong', found: expect.stringContaining('is damaged.'), mend: expect.stringContaining('backup') },
    ])
  })

  test.skipIf(process.getuid?.() === 0)('is wrong where its folder may not be written to', async () => {
    const paperboy = install()
    chmodSync(paperboy.folder, 0o500)
    const { of } = await checksOf(paperboy)
    expect(of('store')[0]).toMatchObject({ state: 'wrong', found: expect.stringContaining('may not be written to') })
  })
})

describe('templates', () => {
  test('each of the operator’s own is tried, and a mistake is named with its line', async () => {
    const paperboy = install({ TEMPLATES_DIR: 'own' })
    mkdirSync(join(paperboy.folder, 'own'))
    writeFileSync(join(paperboy.folder, 'own/short.md.hbs'), '# {{title}}\n')
    writeFileSync(join(paperboy.folder, 'own/alert.md.hbs'), '{{#each papers}}\n{{titel}}\n{{/each}}\n')
    writeFileSync(join(paperboy.folder, 'own/My Own.md.hbs'), '# {{title}}\n')
    const { of } = await checksOf(paperboy)
    expect(of('templates').map(({ state, found }) => `${state}: ${found}`)).toEqual([
      'fine: 1 template of own can be used.',
      'wrong: My Own.md.hbs is not named as a template is, so nobody can use it.',
      expect.stringMatching(/^wrong: .*alert\.md\.hbs.*2.*/),
    ])
  })

  test('a folder that is not there is wrong', async () => {
    const { of } = await checksOf(install({ TEMPLATES_DIR: 'nowhere' }))
    expect(of('templates')).toEqual([expect.objectContaining({ state: 'wrong', mend: expect.stringContaining('TEMPLATES_DIR') })])
  })
})

describe('sources', () => {
  test('arXiv is asked once for a category that is watched', async () => {
    await using arxiv = await aServer((_, response) => response.end(FEED))
    const paperboy = install({ ARXIV_RSS_URL: arxiv.url, WATCH_CATEGORIES: 'cs.LG,cs.CL', CONTACT_EMAIL: 'lab@example.org' })
    const { ok, of } = await checksOf(paperboy)
    expect(of('arXiv')).toEqual([
      { about: 'arXiv', state: 'fine', found: 'It answers: its last announcement of cs.LG has 0 papers. 2 categories are read.' },
    ])
    expect(arxiv.requests.map(({ url }) => url)).toEqual(['/rss/cs.LG'])
    expect(ok).toBe(true)
  })

  test('one that fails is a warning, and followed categories count', async () => {
    await using arxiv = await aServer((_, response) => response.writeHead(500).end())
    const paperboy = install({ ARXIV_RSS_URL: arxiv.url })
    await paperboy.ask('follow category cs.LG')
    const { ok, of } = await checksOf(paperboy)
    expect(ok).toBe(true)
    expect(of('arXiv').map(({ state, found }) => `${state}: ${found}`)).toEqual([
      expect.stringMatching(/^warning: .* answered with an error \(500\)\.$/),
      'warning: It cannot write to you before it blocks you.',
    ])
  })
})

describe('coverage', () => {
  test('says of each category how far it is complete, what was offered, and what failed', async () => {
    const paperboy = install({ WATCH_CATEGORIES: 'cs.LG,cs.CL' })
    await paperboy.run(['import', '--sample'])
    const store = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
    const now = Temporal.Now.instant()
    const today = now.toZonedDateTimeISO('America/New_York').toPlainDate().toString()
    const read = { checkedAt: now.toString(), changedAt: now.toString(), failures: 0 }
    const unread = [{ why: 'It has no title.', papers: 2 }]
    await store.feeds.set({ ...read, feed: 'cs.LG', state: 'waiting', coverage: { from: today, until: today }, unread })
    const error = 'rss.arxiv.org cannot be reached.'
    const missing = { from: '2026-01-02', error: 'oaipmh.arxiv.org cannot be reached.' }
    const coverage = { from: '2026-01-01', until: '2026-01-01', missing }
    await store.feeds.set({ ...read, feed: 'cs.CL', state: 'failed', error, coverage })
    const reading = { feed: 'cs.LG', batch: 'one', at: now.subtract({ hours: 2 }).toString() }
    await store.feeds.recordReading({ ...reading, offered: 108, added: 90, merged: 10, failed: 2 })
    await store.close()
    const { of } = await checksOf(paperboy)
    expect(of('cs.LG')).toEqual([
      {
        about: 'cs.LG',
        state: 'fine',
        found: expect.stringMatching(
          /^Complete until \w{3} \d+\. In seven days 108 papers were offered: 90 new, 10 merged, 6 known before, 2 unreadable\. Of the last batch could not be read 2: It has no title\.$/,
        ),
      },
    ])
    expect(of('cs.CL')).toEqual([
      {
        about: 'cs.CL',
        state: 'warning',
        found: expect.stringMatching(
          /^It could not be read when it was last asked: rss\.arxiv\.org cannot be reached\. Complete until Jan 1(?:, 2026)?; what was missed since is read from the archive\. Nothing was offered in seven days\. The archive could not be asked: oaipmh\.arxiv\.org cannot be reached\.$/,
        ),
        mend: expect.stringContaining('up to thirty days back'),
      },
    ])
  })
})

test('says of a followed feed that failed why it did', async () => {
  const paperboy = install()
  await paperboy.run(['import', '--sample'])
  const store = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
  const url = 'https://lab.example/feed'
  await store.subscriptions.add(aSubscription({ target: { kind: 'feed', url, name: 'Lab notes' } }))
  const read = { state: 'failed', checkedAt: '2026-11-25T14:05:59Z', failures: 2 } as const
  await store.feeds.set({ ...read, feed: url, error: 'lab.example cannot be reached.' })
  await store.close()
  const { of } = await checksOf(paperboy)
  expect(of('feeds')).toMatchObject([
    { found: '1 feed is followed; the last reading failed of https://lab.example/feed (lab.example cannot be reached).' },
  ])
})

describe('enrichment', () => {
  test('says of each source when it answered, how many papers wait, and what a key would change', async () => {
    const paperboy = install({ SEMANTIC_SCHOLAR_API_KEY: 'hunter2-hunter2' })
    await paperboy.run(['import', '--sample'])
    const store = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
    const asked = { askedAt: '2026-11-25T14:05:59Z', answeredAt: '2026-11-25T14:05:59Z', failures: 0 }
    await store.enrichments.setState({ ...asked, source: 'semantic-scholar' })
    const error = 'huggingface.co cannot be reached.'
    await store.enrichments.setState({ ...asked, source: 'hugging-face', failures: 2, notBefore: '2026-11-25T15:00:00Z', error })
    await store.close()
    const { ok, of } = await checksOf(paperboy)
    expect(ok).toBe(true)
    expect([...of('OpenAlex'), ...of('Semantic Scholar'), ...of('Hugging Face')]).toEqual([
      {
        about: 'OpenAlex',
        state: 'fine',
        found: 'It has not answered yet; 15 papers wait.',
        mend: expect.stringContaining('OPENALEX_API_KEY'),
      },
      { about: 'Semantic Scholar', state: 'fine', found: 'It last answered at 2026-11-25 14:05 UTC; 15 papers wait.' },
      {
        about: 'Hugging Face',
        state: 'warning',
        found: 'huggingface.co cannot be reached. It last answered at 2026-11-25 14:05 UTC; 15 papers wait.',
        mend: expect.stringMatching(/asked again at 2026-11-25 15:00 UTC.*HUGGING_FACE_API_URL/),
      },
    ])
  })
})

describe('Slack', () => {
  test('each workspace that installed the bot is asked with its own token, which is not shown', async () => {
    const asked: (string | undefined)[] = []
    await using slack = await aServer((request, response) => {
      if (request.url === '/api/auth.test') asked.push(request.headers.authorization)
      response.setHeader('x-oauth-scopes', 'commands,chat:write')
      response.end(JSON.stringify({ ok: true, team: 'Annex', team_id: 'T0ANNEX', user: 'paperboy' }))
    })
    const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'client-secret', SLACK_STATE_SECRET: 'state-secret' }
    const requests = { SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-1-hunter2' }
    const paperboy = install({ ...oauth, ...requests, SLACK_API_URL: `${slack.url}/api/` })
    mkdirSync(join(paperboy.folder, 'data'))
    const store = await openSqliteStore(join(paperboy.folder, 'data/paperboy.db'))
    const installation = { platform: 'slack', workspace: 'T0ANNEX', name: 'Annex', botUser: 'U1', scopes: [] } as const
    await store.installations.put({ ...installation, token: 'xoxb-secret-1', at: '2026-11-01T09:00:00Z' })
    await store.close()
    const { checks, of } = await checksOf(paperboy)
    expect(asked).toEqual(['Bearer xoxb-secret-1'])
    expect(of('Slack installations')).toEqual([expect.objectContaining({ found: '1 workspace has installed it.' })])
    expect(of('Slack in Annex')[0]).toMatchObject({ state: 'fine', found: 'Slack knows the bot as paperboy in Annex (T0ANNEX).' })
    expect(JSON.stringify(checks)).not.toMatch(/secret-1|hunter2|client-secret|state-secret/)
  })
})
