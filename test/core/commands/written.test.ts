import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readLine } from '#core/commands/command-line.ts'
import { completeOption } from '#core/commands/complete.ts'
import { commands } from '#core/commands/registry.ts'
import { spelled } from '#core/commands/spelled.ts'
import { hintInFields, lineInFields, replyInFields, usageInFields } from '#core/commands/written.ts'
import { type Bot, openBot } from './bot.ts'

const EXAMPLES = commands.flatMap(({ examples }) => examples)

test.each(EXAMPLES)('what is read of a line, spelled, is read the same: %s', (line) => {
  const { command, options } = readLine(line, commands)
  expect(readLine(spelled(command, options), commands)).toEqual({ command, options })
})

test.each(EXAMPLES)('every example can be written in fields: %s', (line) => {
  expect(lineInFields(line, commands)).toMatch(/^\/papers [a-z ]+/)
})

test('a line is written with a field for each option', () => {
  expect(lineInFields('follow topic "sparse autoencoder" --for me --confirm yes', commands)).toBe(
    '/papers follow topic query:"sparse autoencoder" for:me',
  )
  expect(lineInFields('moths', commands)).toBeUndefined()
})

test.each([
  ['/papers follow topic "sparse autoencoder"', '/papers follow topic query:"sparse autoencoder"'],
  ['/papers follow topic query:moths', '/papers follow topic query:moths'],
  ['/papers following', '/papers following'],
  ['moths', 'moths'],
])('%s in a reply is shown as %s', (text, expected) => {
  const block = (text: string) => ({ kind: 'note' as const, spans: [{ text, code: true }] })
  expect(replyInFields({ visibility: 'public', blocks: [block(text)] }, commands).blocks).toEqual([block(expected)])
})

test('a hint that ends in a command is written so, others stay', () => {
  expect(hintInFields('For example: search moths', commands)).toBe('For example: /papers search query:moths')
  expect(hintInFields('Say so: unfollow 1.', commands)).toBe('Say so: /papers unfollow target:1.')
  expect(
    hintInFields('Look for it: search Eric J. Michaud. To follow it: follow author Eric J. Michaud --confirm yes', commands),
  ).toBe('Look for it: /papers search query:Eric J. Michaud. To follow it: /papers follow author name:Eric J. Michaud')
  expect(hintInFields('Leave out --for thread to have it here.', commands)).toBe('Leave out for:thread to have it here.')
  expect(hintInFields('Did you mean Europe/Berlin?', commands)).toBe('Did you mean Europe/Berlin?')
})

test('usage names what has to be given, and what may be', () => {
  const command = commands.find(({ path }) => path.join(' ') === 'follow topic')
  expect(command && usageInFields(command)).toBe('/papers follow topic query:… [cadence:…] [for:…]')
})

describe('on Discord', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await openBot({ sample: false })
  })
  afterEach(() => bot[Symbol.asyncDispose]())
  const destination = { platform: 'discord', workspace: 'G1', channel: 'C1' } as const

  test('help lists commands as they are typed there', async () => {
    const { text } = await bot.ask('help', { destination })
    expect(text).toContain('/papers follow topic')
    expect(text).not.toContain('--')
    expect(text).not.toContain('lookup')
  })

  test('help explains one without what buttons do', async () => {
    const { text } = await bot.ask('help follow author', { destination })
    expect(text).toContain('/papers follow author name:Eric J. Michaud')
    expect(text).not.toContain('confirm')
  })

  test('replies and mistakes name commands as they are typed there', async () => {
    expect((await bot.ask('following', { destination })).text).toContain('/papers follow topic query:"sparse autoencoder"')
    expect(await bot.fail('search', { destination })).toContain('/papers search query:')
    expect(await bot.fail('help zzz', { destination })).toContain('To see all commands, type: /papers help')
  })

  test('what is a message’s menu is not offered to be typed', async () => {
    const context = { ...bot.context, destination }
    expect(await completeOption({ path: ['help'], option: 'command' }, 'look', context)).toEqual([])
    expect(await completeOption({ path: ['help'], option: 'command' }, 'foll', context)).toContain('follow topic')
  })

  const rights = async () => ({ guest: false, admin: true })
  const person = { id: 'u1', name: 'Ada' }

  test('a digest asks for a time zone that nobody told, and keeps the one that the place has', async () => {
    const there = { destination, rights, person, zone: undefined }
    const undefinedZone = there as unknown as { destination: typeof destination }
    expect(await bot.fail('digest weekly', undefinedZone)).toContain('does not say which time zone')
    expect(await bot.fail('quiet 22:00-08:00', undefinedZone)).toContain('does not say which time zone')
    expect((await bot.ask('digest weekly --zone Europe/Berlin', undefinedZone)).text).toContain('Europe/Berlin')
    expect((await bot.ask('digest daily', undefinedZone)).text).toContain('Europe/Berlin')
  })

  test('where the bot cannot post, what is to come is offered in direct messages', async () => {
    const brought = { destination, rights, cannotPost: true as const }
    const { reply, text, actions } = await bot.ask('follow topic "sparse autoencoder" --cadence digest', brought)
    expect(reply.visibility).toBe('private')
    expect(text).toContain('cannot post here')
    expect(actions).toEqual([
      {
        label: 'In my direct messages',
        command: 'follow topic "sparse autoencoder" --cadence digest --for me',
        primary: true,
      },
    ])
    expect((await bot.ask('pause', brought)).actions).toEqual([])
    expect((await bot.ask('following', brought)).text).toContain('Nothing is followed')
  })
})
