// The bot against a strict stand-in for Discord, from outside: registration, commands, buttons, completion, SIGTERM.
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { CHANNEL, discordAndBot } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

describe.skipIf(!hasFakes)('Discord', () => {
  const running = discordAndBot()

  test('the registry is registered', async () => {
    const { commands } = await running.discord.ctl('commands')
    expect(commands[''].map(({ name }: { name: string }) => name)).toContain('papers')
  })

  test('a command is answered in the channel', async () => {
    const command = { name: 'papers', sub: 'author', options: { name: 'Eric J. Michaud' }, channel: CHANNEL }
    const { original, followups } = await running.discord.ctl('command', { ...command, settle_ms: 500 })
    expect(JSON.stringify([original, followups])).toContain('There Will Be a Scientific Theory')
    expect(original.ephemeral).toBe(false)
  })

  test('a mistake is answered to the person alone', async () => {
    const command = { name: 'papers', sub: 'paper', options: { paper: 'no such thing' }, channel: CHANNEL }
    const { original } = await running.discord.ctl('command', command)
    expect(original.ephemeral).toBe(true)
  })

  test('a button shows the next page in the place of this one', async () => {
    const command = { name: 'papers', sub: 'search', options: { query: 'network' }, channel: CHANNEL }
    const { original } = await running.discord.ctl('command', command)
    const next = JSON.stringify(original).match(/"custom_id":"(\d+>?\|search network --page 2)"/)?.[1]
    const pressed = await running.discord.ctl('component', { message_id: original.id, custom_id: next })
    expect(pressed.callback.type).toBe(7)
    expect(JSON.stringify(pressed.callback.data)).toContain('search network')
  })

  test('an author is completed', async () => {
    const { choices } = await running.discord.ctl('autocomplete', {
      name: 'papers',
      sub: 'author',
      focus: 'name',
      options: { name: 'eric' },
    })
    expect(choices).toEqual([{ name: 'Eric J. Michaud', value: 'Eric J. Michaud' }])
  })

  test('SIGTERM ends it with 0, and it broke none of Discord’s rules', async () => {
    running.bot.process.kill('SIGTERM')
    const [code] = await once(running.bot.process, 'exit')
    expect(code).toBe(0)
    expect((await running.discord.ctl('violations')).violations).toEqual([])
  })
})
