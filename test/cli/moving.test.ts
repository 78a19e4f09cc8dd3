// What operators move and erase, as the whole program does it: copy, forget and settings.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

test('forget shows what is kept of a workspace, and erases it where that is said', async () => {
  const paperboy = install()
  await paperboy.ask('follow topic moths')
  await paperboy.ask('save 2404.19756')
  const shown = await paperboy.run(['forget', 'terminal', 'local'])
  expect([shown.code, shown.stderr]).toEqual([0, ''])
  expect(shown.stdout).toContain('1 follow\n')
  expect(shown.stdout).toContain('--yes erases all of this of terminal local.')
  expect((await paperboy.ask('following')).text).toContain('moths')
  const erased = await paperboy.run(['forget', 'terminal', 'local', '--yes', '--json'])
  expect(JSON.parse(erased.stdout)).toMatchObject({ erased: true, kept: { follow: 1 } })
  expect((await paperboy.ask('following')).text).not.toContain('moths')
  expect((await paperboy.run(['forget', 'terminal', 'local'])).stdout).toBe('Nothing is kept of terminal local.\n')
  const { code, stderr } = await paperboy.run(['forget', 'irc', 'local'])
  expect([code, stderr]).toEqual([2, 'There is no platform “irc”.\nThere is: slack, discord, terminal.\n'])
})

test('copy takes everything into an empty store, and refuses any other', async () => {
  const paperboy = install()
  await paperboy.ask('follow topic moths')
  const [from, to] = ['file:data/paperboy.db', 'file:data/other.db']
  const { code, stdout, stderr } = await paperboy.run(['copy', from, to])
  expect([code, stderr]).toEqual([0, expect.stringContaining('Do not start it on the old one again')])
  expect(stdout).toContain('subscriptions: 1 row\n')
  expect((await paperboy.run(['copy', from, to])).stderr).toContain('not empty')
  expect((await paperboy.run(['copy', from, from])).code).toBe(2)
  expect((await paperboy.run(['copy', 'data/paperboy.db', to])).code).toBe(2)
  expect((await paperboy.run(['copy', 'file:data/missing.db', to])).code).toBe(1)
  expect(existsSync(join(paperboy.folder, 'data/missing.db'))).toBe(false)
  const moved = install({ DATABASE_URL: `file:${join(paperboy.folder, 'data/other.db')}` })
  expect((await moved.ask('following')).text).toContain('moths')
})

test('settings go from one installation to another, and a dry run says how and does nothing', async () => {
  const [one, other] = [install(), install()]
  await one.ask('follow topic moths')
  await one.run(['settings', 'export', 'settings.json'])
  const file = join(one.folder, 'settings.json')
  expect((await one.run(['settings', 'export', 'settings.json'])).code).toBe(2)
  const dry = await other.run(['settings', 'apply', file, '--dry-run'])
  expect(dry.stderr).toBe('')
  expect(dry.stdout).toBe('terminal:local/terminal\n  + follows topic:moths (both)\n1 change; nothing is done in a dry run.\n')
  expect((await other.ask('following')).text).not.toContain('moths')
  expect((await other.run(['settings', 'apply', file])).stdout).toContain('1 change done.\n')
  expect((await other.run(['settings', 'apply', file])).stdout).toContain('Nothing changes.\n')
  expect((await other.ask('following')).text).toContain('moths')
  const digest = {
    frequency: 'daily',
    day: 1,
    time: '09:00',
    zone: 'UTC',
    template: 'lost',
    whenEmpty: 'skip',
    by: { id: 'a', name: 'A' },
  }
  const places = [{ platform: 'terminal', workspace: 'local', channel: 'terminal', digest }]
  writeFileSync(file, JSON.stringify({ paperboy: 'settings', version: 1, places }))
  const refused = await other.run(['settings', 'apply', file])
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('There is no template “lost” here.')])
})
