import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

/** Writes on standard error which modules are loaded. */
const TELLING = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  import { writeSync } from 'node:fs'
  registerHooks({
    load(url, context, next) {
      writeSync(2, url + '\\n')
      return next(url, context)
    },
  })
`)}`

test('an answer waits for no language but English to be loaded', async () => {
  const { stderr } = await install({ NODE_OPTIONS: `--import=${TELLING}` }).run(['ask', 'paper 2303.13506'])
  const languages = [...stderr.matchAll(/zod\/v4\/locales\/(.+)\.js/g)].map(([, language]) => language)
  expect(new Set(languages)).toEqual(new Set(['en']))
})

describe('ask', () => {
  const paperboy = install()

  test('--json gives the paper as the contract says', async () => {
    const { code, stdout } = await paperboy.run(['ask', 'paper 2303.13506', '--json'])
    expect(code).toBe(0)
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({ ok: true, page: { offset: 0, next: null } })
    expect(answer.papers).toEqual([
      expect.objectContaining({
        id: '2303.13506',
        title: 'The Quantization Model of Neural Scaling',
        url: 'https://arxiv.org/abs/2303.13506',
        category: 'cs.LG',
        orgs: [],
        score: null,
      }),
    ])
    expect(answer.papers[0].authors.slice(0, 3)).toEqual(['Eric J. Michaud', 'Ziming Liu', 'Uzay Girit'])
    expect(answer.papers[0].published).toMatch(/^2023-03-23/)
    expect(answer.text).toContain('LG · Mar 23, 2023')
  })

  test('page.next is the command that shows the next page', async () => {
    const first = await paperboy.ask('search network')
    expect(first.papers).toHaveLength(5)
    const second = await paperboy.ask(first.page.next)
    expect(second.page.offset).toBe(5)
    const ids = [...first.papers, ...second.papers].map((paper: { id: string }) => paper.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a wrong command ends with 2, the nearest command and an example', async () => {
    const { code, stdout, stderr } = await paperboy.run(['ask', 'serch grokking'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('search')
    expect(await paperboy.ask('serch grokking')).toMatchObject({ ok: false, error: { code: 'wrong-input' } })
  })

  test('a paper that is not known ends with 1', async () => {
    const { code, stderr } = await paperboy.run(['ask', 'paper 1901.00001'])
    expect(code).toBe(1)
    expect(stderr).not.toBe('')
    expect(await paperboy.ask('paper 1901.00001')).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })

  test('a query error names the place', async () => {
    const answer = await paperboy.ask('search grokking since:someday')
    expect(answer.ok).toBe(false)
    expect(`${answer.error.message} ${answer.error.hint}`).toContain('since')
  })

  test('what is followed is kept from one call to the next', async () => {
    await paperboy.ask('follow topic "sparse autoencoder"')
    expect((await paperboy.ask('following')).text).toContain('sparse autoencoder')
  })
})

describe('a pipe', () => {
  test('each line is answered, and the end of the input ends it with 0', async () => {
    const typed = [
      '/papers author Eric J. Michaud',
      '/papers search grokking representation',
      '/papers follow topic "sparse autoencoder"',
      '/papers digest preview',
    ].join('\n')
    const { code, stdout, stderr } = await install().run([], `${typed}\n`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.match(/^› /gm)).toHaveLength(4)
    expect(stdout).toContain('There Will Be a Scientific Theory of Deep Learning')
    expect(stdout).not.toContain('\u001b[')
  })

  test('a wrong line does not end it', async () => {
    const { code, stdout } = await install().run([], 'nonsense\nhelp search\n')
    expect(code).toBe(0)
    expect(stdout).toContain('nonsense')
    expect(stdout).toContain('search')
  })

  test('with nothing to read it shows one sample digest', async () => {
    const { code, stdout } = await install().run([])
    expect(code).toBe(0)
    expect(stdout.toLowerCase()).toContain('digest')
    expect(stdout.toLowerCase()).toContain('example')
  })
})

describe('import and tick', () => {
  const LINE = (id: string, title: string) =>
    JSON.stringify({
      id,
      title,
      authors: ['Ada Byron'],
      abstract: 'Moths circle lamps.',
      date: '2026-11-20',
      categories: ['cs.LG'],
    })

  test('what is followed, imported and ticked is printed once, however often it is ticked', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample', '--at', '2026-11-01T00:00:00Z'])
    await paperboy.run(['ask', 'follow topic moths --cadence now', '--at', '2026-11-10T00:00:00Z'])
    writeFileSync(join(paperboy.folder, 'new.ndjson'), `${LINE('2611.00001', 'On Moths')}\n`)
    const imported = await paperboy.run(['import', 'new.ndjson', '--json', '--at', '2026-11-21T00:00:00Z'])
    expect(JSON.parse(imported.stdout)).toEqual({ read: 1, added: 1, merged: 0, unchanged: 0, skipped: [] })

    const first = await paperboy.run(['tick', '--json', '--at', '2026-11-21T01:00:00Z'])
    expect(JSON.parse(first.stdout)).toMatchObject({ matched: 1, deliveries: { sent: 1, pending: 0, uncertain: 0, dead: 0 } })
    expect(first.stderr).toContain('On Moths')
    const second = await paperboy.run(['tick', '--json', '--at', '2026-11-21T01:00:00Z'])
    expect(JSON.parse(second.stdout)).toMatchObject({ matched: 0, deliveries: { sent: 0 } })
    expect(second.stderr).toBe('')
  })

  test('the weekly digest comes at its slot, once', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample', '--at', '2026-11-01T00:00:00Z'])
    await paperboy.run(['ask', 'follow topic moths --cadence digest', '--at', '2026-11-10T00:00:00Z'])
    await paperboy.run(['ask', 'digest weekly --day monday --time 09:00 --zone Europe/Berlin', '--at', '2026-11-10T00:00:00Z'])
    writeFileSync(join(paperboy.folder, 'new.ndjson'), `${LINE('2611.00001', 'On Moths')}\n`)
    await paperboy.run(['import', 'new.ndjson', '--at', '2026-11-12T00:00:00Z'])
    const before = await paperboy.run(['tick', '--at', '2026-11-16T07:59:00Z'])
    expect(before.stdout).not.toContain('On Moths')
    const due = await paperboy.run(['tick', '--at', '2026-11-16T08:00:00Z'])
    expect(due.stdout).toContain('On Moths')
    const again = await paperboy.run(['tick', '--at', '2026-11-16T08:20:00Z'])
    expect(again.stdout).not.toContain('On Moths')
  })

  test('lines that cannot be read are skipped, named and explained; the others come in', async () => {
    const paperboy = install()
    writeFileSync(join(paperboy.folder, 'mixed.ndjson'), `${LINE('2611.00001', 'On Moths')}\n{"id":\n{"id":"2611.00002"}\n`)
    const { code, stdout } = await paperboy.run(['import', 'mixed.ndjson', '--json'])
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ read: 1, added: 1 })
    expect(report.skipped.map((skip: { where: string }) => skip.where)).toEqual([
      expect.stringContaining('2'),
      expect.stringContaining('3'),
    ])
  })

  test('the same file twice changes nothing', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    const again = await paperboy.run(['import', '--sample', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ read: 15, added: 0, merged: 0, unchanged: 15 })
  })
})

describe('wrong input', () => {
  test.each([
    ['an unknown call', ['paint']],
    ['an unknown option', ['tick', '--twice']],
    ['a clock that is no instant', ['tick', '--at', 'yesterday']],
    ['a file that is not there', ['import', 'missing.xml']],
    ['nothing to import', ['import']],
    ['a channel nobody knows', ['digest', '--channel', 'nowhere']],
    ['an empty command', ['ask', '']],
  ])('%s ends with 2 and one clear sentence, nothing on standard output', async (_, args) => {
    const { code, stdout, stderr } = await install().run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/\w+ \w+/)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  test('a wrong environment ends with 1 and lists everything to mend, before anything is made', async () => {
    const paperboy = install({ PORT: 'eighty', WATCH_CATEGORIES: 'c s' })
    const { code, stderr } = await paperboy.run(['tick'])
    expect(code).toBe(1)
    expect(stderr).toContain('PORT')
    expect(stderr).toContain('WATCH_CATEGORIES')
    expect(existsSync(join(paperboy.folder, 'data'))).toBe(false)
  })

  test('a file that is no database is left as it is', async () => {
    const paperboy = install({ DATABASE_URL: 'file:notes.txt' })
    writeFileSync(join(paperboy.folder, 'notes.txt'), 'Dear diary, this is not a database, and it is long enough to see so.')
    const { code, stderr } = await paperboy.run(['ask', 'following'])
    expect(code).toBe(1)
    expect(stderr).toContain('notes.txt')
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})

describe('backup', () => {
  test('the copy answers as the original does, and no file is written over', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    await paperboy.run(['ask', 'save 2303.13506'])
    expect((await paperboy.run(['backup', 'copy.db'])).code).toBe(0)
    const copy = install({ DATABASE_URL: `file:${join(paperboy.folder, 'copy.db')}` })
    expect((await copy.ask('saved')).papers).toHaveLength(1)
    const again = await paperboy.run(['backup', 'copy.db'])
    expect(again.code).not.toBe(0)
    expect(again.stderr).toContain('copy.db')
  })

  test('is of what is there: where there is nothing, none is made, and nothing else either', async () => {
    const elsewhere = install()
    const { code, stderr } = await elsewhere.run(['backup', 'copy.db'])
    expect(code).toBe(1)
    expect(stderr).toContain('There is no file data/paperboy.db.')
    expect(readdirSync(elsewhere.folder)).toEqual([])
  })

  test('is read by nobody who may not read what it is of, and leaves nothing beside that', async () => {
    const paperboy = install()
    await paperboy.run(['import', '--sample'])
    const data = join(paperboy.folder, 'data')
    chmodSync(join(data, 'paperboy.db'), 0o600)
    for (const name of readdirSync(data)) if (name !== 'paperboy.db') rmSync(join(data, name))
    expect((await paperboy.run(['backup', 'copy.db'])).code).toBe(0)
    expect(statSync(join(paperboy.folder, 'copy.db')).mode & 0o777).toBe(0o600)
    expect(readdirSync(data)).toEqual(['paperboy.db'])
  })
})

test('a reader that goes early, as head does, ends no call', async () => {
  const child = install().start('chat')
  child.stdout.destroy()
  child.stdin.end('help\n'.repeat(3))
  const [complaints, code] = await Promise.all([
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ])
  expect({ complaints, code }).toEqual({ complaints: '', code: 0 })
})
