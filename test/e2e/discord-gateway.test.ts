// The gateway from outside: whatever becomes of it, the bot runs on, answers again, and begins few sessions.
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { freePort } from '#bench/bot.ts'
import { install } from '#test/paperboy.ts'
import { CHANNEL, discordAndBot, startFake } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

type Running = ReturnType<typeof discordAndBot>

/** The number of the fake's newest record. */
async function now({ discord }: Running): Promise<number> {
  return (await discord.ctl('log')).records.at(-1)?.seq ?? 0
}

async function isAnswered({ discord }: Running): Promise<boolean> {
  const { original } = await discord.ctl('command', { name: 'papers', sub: 'help', channel: CHANNEL })
  return JSON.stringify(original ?? '').includes('search')
}

async function seen({ discord }: Running, event: string, since: number, count = 1): Promise<boolean> {
  return (await discord.ctl('wait', { kind: 'gateway', event, since, count, timeout_ms: 60_000 })).ok
}

async function identifies({ discord }: Running): Promise<number> {
  const { records } = await discord.ctl('log')
  return records.filter(({ event }: { event?: string }) => event === 'identify').length
}

describe.skipIf(!hasFakes)('The gateway of Discord', () => {
  const running = discordAndBot({
    flags: ['--heartbeat-ms', '700'],
    first: [['fault', { route: 'GET /gateway/bot', kind: '500', times: 2 }]],
  })

  test('it is opened once Discord, which is away at the start, comes back', async () => {
    const tries = running.bot.said.filter(({ msg }) => msg === 'discord does not let the bot in')
    expect(tries).toHaveLength(2)
    expect(await isAnswered(running)).toBe(true)
  })

  test('the least intents are asked for', async () => {
    const { records } = await running.discord.ctl('log')
    expect(records.find(({ event }: { event?: string }) => event === 'identify')).toMatchObject({ intents: 1 })
  })

  test.each([
    ['drop', {}],
    ['close', { code: 4000 }],
    ['close', { code: 4008 }],
    ['reconnect', {}],
    ['invalid_session', { resumable: false }],
  ])('after %s %o it answers again', async (what, fields) => {
    const since = await now(running)
    const begun = await identifies(running)
    await running.discord.ctl('gateway', { do: what, ...fields })
    const goesOn = await Promise.race([seen(running, 'resume', since), seen(running, 'identify', since)])
    expect(goesOn).toBe(true)
    await running.discord.ctl('idle')
    expect(await isAnswered(running)).toBe(true)
    expect(await identifies(running)).toBeLessThanOrEqual(begun + 1)
  })

  test('where resuming is refused, it begins one session', async () => {
    const since = await now(running)
    const begun = await identifies(running)
    await running.discord.ctl('gateway', { do: 'fail_resume' })
    await running.discord.ctl('gateway', { do: 'drop' })
    expect(await seen(running, 'identify', since)).toBe(true)
    await running.discord.ctl('idle')
    expect(await isAnswered(running)).toBe(true)
    expect(await identifies(running)).toBe(begun + 1)
  })

  test('a heartbeat that Discord asks for is sent', async () => {
    const since = await now(running)
    await running.discord.ctl('gateway', { do: 'heartbeat' })
    expect(await seen(running, 'heartbeat', since)).toBe(true)
  })

  test('a connection on which heartbeats are not acknowledged is replaced, by resuming', async () => {
    const since = await now(running)
    const begun = await identifies(running)
    await running.discord.ctl('gateway', { do: 'mute_acks' })
    expect(await seen(running, 'resume', since)).toBe(true)
    await running.discord.ctl('gateway', { do: 'unmute_acks' })
    await running.discord.ctl('idle')
    expect(await isAnswered(running)).toBe(true)
    expect(await identifies(running)).toBe(begun)
  })

  test('while connections are refused it tries less and less often, and comes back', async () => {
    const pauses = () =>
      running.bot.said.filter(({ msg }) => msg === 'discord gateway not open').map(({ pause }) => Number(pause))
    const before = pauses().length
    const since = await now(running)
    const begun = await identifies(running)
    await running.discord.ctl('gateway', { do: 'refuse' })
    await running.discord.ctl('gateway', { do: 'drop' })
    await expect.poll(() => pauses().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 3)
    expect((await fetch(`${running.bot.health}/readyz`)).status).toBe(503)
    await running.discord.ctl('gateway', { do: 'allow' })
    expect(await seen(running, 'open', since)).toBe(true)
    expect(await Promise.race([seen(running, 'resume', since), seen(running, 'identify', since)])).toBe(true)
    await running.discord.ctl('idle')
    expect(await isAnswered(running)).toBe(true)
    expect(await identifies(running)).toBeLessThanOrEqual(begun + 1)
    expect(pauses().at(-1)).toBeGreaterThan(2)
    expect((await fetch(`${running.bot.health}/readyz`)).status).toBe(200)
  })

  test('a gateway closed for good is opened by another client', async () => {
    const since = await now(running)
    await running.discord.ctl('gateway', { do: 'close', code: 4004 })
    expect(await seen(running, 'identify', since)).toBe(true)
    await running.discord.ctl('idle')
    expect(await isAnswered(running)).toBe(true)
    expect(running.bot.said).toContainEqual(expect.objectContaining({ msg: 'discord closed the gateway', code: 4004 }))
  })

  test('SIGTERM ends it with 0, and it broke none of Discord’s rules', async () => {
    expect(running.bot.process.exitCode).toBe(null)
    running.bot.process.kill('SIGTERM')
    const [code] = await once(running.bot.process, 'exit')
    expect(code).toBe(0)
    expect((await running.discord.ctl('violations')).violations).toEqual([])
  })
})

describe.skipIf(!hasFakes)('Where Discord asks for two shards', () => {
  const running = discordAndBot({ flags: ['--shards', '2', '--max-concurrency', '2'] })

  test('there are two, and commands are answered', async () => {
    expect(await identifies(running)).toBe(2)
    expect(await isAnswered(running)).toBe(true)
  })
})

describe.skipIf(!hasFakes)('A start that cannot succeed', () => {
  test('with a wrong token it ends at once, and says which', async () => {
    const discord = await startFake()
    const { code, stderr } = await install({ ...discord.env, DISCORD_TOKEN: 'wrong-token', PORT: String(await freePort()) }).run([
      'serve',
    ])
    discord.process.kill('SIGKILL')
    expect(code).toBe(1)
    expect(stderr).toContain('Discord does not know the bot token.')
    expect(stderr).not.toContain('wrong-token')
  })

  test('SIGTERM ends a start for which Discord is away', async () => {
    const discord = await startFake()
    await discord.ctl('fault', { route: 'GET /gateway/bot', kind: '500', times: 100 })
    const bot = install({ ...discord.env, PORT: String(await freePort()) }).start('serve')
    const said = text(bot.stderr)
    await discord.ctl('wait', { route: '/gateway/bot', count: 2, timeout_ms: 60_000 })
    bot.kill('SIGTERM')
    const [code] = await once(bot, 'exit')
    discord.process.kill('SIGKILL')
    expect(code).toBe(0)
    expect(await said).toContain('discord does not let the bot in')
  })
})
