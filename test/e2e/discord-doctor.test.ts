// What the doctor says of Discord, before the bot has started, while it runs, and when things are not right.
import { describe, expect, test } from 'vitest'
import type { Check } from '#core/ports/platform.ts'
import { install } from '#test/paperboy.ts'
import { discordAndBot } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

describe.skipIf(!hasFakes)('the doctor on Discord', () => {
  const running = discordAndBot()

  async function doctor(paperboy: Pick<ReturnType<typeof install>, 'run'> = running.bot) {
    const { code, stdout, stderr } = await paperboy.run(['doctor', '--json'])
    expect(stderr).toBe('')
    const { checks } = JSON.parse(stdout) as { checks: Check[] }
    const ofDiscord = checks.filter(({ about }) => about.startsWith('Discord ') || about === 'clock')
    return { code, stdout, checks: ofDiscord, states: ofDiscord.map(({ about, state }) => `${about}: ${state}`) }
  }

  test('beside the running bot all is fine, and no secret is shown', async () => {
    const { code, states, stdout } = await doctor()
    expect(states.slice(0, 7)).toEqual([
      'clock: fine',
      'Discord token: fine',
      'Discord app: fine',
      'Discord gateway: fine',
      'Discord commands: fine',
      'Discord servers: fine',
      'Discord invite: fine',
    ])
    expect(stdout).toContain(`client_id=${running.discord.env.DISCORD_APP_ID}`)
    expect(stdout).not.toContain(running.discord.env.DISCORD_TOKEN)
    expect(code).toBe(0)
  })

  test('a token that Discord does not know is wrong', async () => {
    const { code, states } = await doctor(install({ ...running.discord.env, DISCORD_TOKEN: 'another' }))
    expect(states).toEqual(['clock: fine', 'Discord token: wrong'])
    expect(code).toBe(1)
  })

  test('the id of another app is wrong, and the right one is named', async () => {
    const { code, checks } = await doctor(install({ ...running.discord.env, DISCORD_APP_ID: '1999999999999999999' }))
    expect(checks).toContainEqual(
      expect.objectContaining({
        about: 'Discord app',
        mend: expect.stringContaining(String(running.discord.env.DISCORD_APP_ID)),
      }),
    )
    expect(code).toBe(1)
  })

  test('where Discord is away, that is said', async () => {
    await running.discord.ctl('fault', { route: 'GET /applications/@me', kind: '500', times: 1 })
    const { code, checks } = await doctor()
    expect(checks.at(-1)).toMatchObject({
      about: 'Discord token',
      state: 'wrong',
      mend: expect.stringContaining('discordstatus'),
    })
    expect(code).toBe(1)
  })
})
