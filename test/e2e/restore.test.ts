// A backup that is made while the bot posts takes the database's place later: what was posted since is not posted again, what it
// does not know comes again, and everybody is there once.
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasFakes } from './fake.ts'
import { CHANNEL, slackAndBot } from './slack-fake.ts'
import { talk } from './slack-talk.ts'

const paper = (at: number) => ({ id: `2611.0000${at}`, title: `Moths by night ${at}`, abstract: 'About moths.' })
const within = { timeout: 120_000, interval: 1000 }

describe.skipIf(!hasFakes)('a backup that is put in place', () => {
  const running = slackAndBot({ soon: true })
  const { say, imports, messages, counts } = talk(running)
  const shown = async () =>
    (await Promise.all([1, 2, 3, 4].map((at) => messages(CHANNEL, paper(at).title)))).map(({ length }) => length)

  test('is made while the bot posts', async () => {
    await say('follow topic moths --cadence now --confirm yes', CHANNEL, 'moths')
    await imports(paper(1))
    const to = join(running.bot.folder, 'copy.db')
    const backup = running.bot.run(['backup', to])
    await imports(paper(2))
    expect(await backup).toMatchObject({ code: 0, stderr: '' })
    await imports(paper(3))
    await expect.poll(shown, within).toEqual([1, 1, 1, 0])
    // What nobody made a copy of.
    await say('follow topic lanterns --cadence now --confirm yes', CHANNEL, 'lanterns')
  })

  test('knows what it was told, and nothing comes twice once its papers come again', async () => {
    const { database, folder } = running.bot
    await running.bot.restart('SIGKILL', () => {
      for (const ending of ['-wal', '-shm']) rmSync(`${database}${ending}`, { force: true })
      rmSync(database.replace('.db', '-index.db'), { force: true })
      renameSync(join(folder, 'copy.db'), database)
    })
    const following = await say('following', CHANNEL, 'moths')
    expect(following).not.toContain('lanterns')
    for (const at of [1, 2, 3]) await imports(paper(at))
    await imports(paper(4))
    await expect.poll(shown, within).toEqual([1, 1, 1, 1])
    await expect.poll(counts, within).toMatchObject({ pending: 0, sending: 0, uncertain: 0, dead: 0 })
    expect(await shown()).toEqual([1, 1, 1, 1])
  })

  test('SIGTERM ends the bot within ten seconds, and Slack would have taken all of it', async () => {
    const began = performance.now()
    await running.bot.restart('SIGTERM', () => expect(performance.now() - began).toBeLessThan(10_000))
    expect((await running.slack.ctl('violations', {})).violations).toEqual([])
  })
})
