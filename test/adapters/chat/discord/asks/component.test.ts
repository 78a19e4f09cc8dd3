import { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { listenToComponents } from '#adapters/chat/discord/asks/component.ts'
import { listenToLookUps } from '#adapters/chat/discord/asks/lookup.ts'
import { createPeople } from '#adapters/chat/discord/people/people.ts'
import { LOOK_UP } from '#adapters/chat/discord/register/commands.ts'
import { aChoice, aDiscord, aLookUp, aMessage, aPress, inWords } from '#test/adapters/chat/discord/a-discord.ts'

test('a button runs the command that it carries, as whoever pressed it', async () => {
  await using discord = await aDiscord(listenToComponents, {})
  discord.receive(aPress('3#AbCdEfGhIjKlMnOp|paper 2303.13506'))
  await discord.done()
  expect(discord.asked).toMatchObject([{ request: { line: 'paper 2303.13506' }, asker: { person: { name: 'alice' } } }])
})

test('a button runs the command that is kept under its key', async () => {
  await using discord = await aDiscord(listenToComponents, { phrases: { 'a-key': 'search moths' } })
  discord.receive(aPress('3~a-key'))
  await discord.done()
  expect(discord.asked).toMatchObject([{ request: { line: 'search moths' } }])
})

test.each([
  ['1|related 2303.13506', 'related 2303.13506'],
  ['1~a-key', 'search moths'],
])('a menu runs what was chosen: %s', async (value, line) => {
  await using discord = await aDiscord(listenToComponents, { phrases: { 'a-key': 'search moths' } })
  discord.receive(aChoice('0', value))
  await discord.done()
  expect(discord.asked).toMatchObject([{ request: { line } }])
})

test('a button is pressed where the press is, whatever message it stands under', async () => {
  await using discord = await aDiscord(listenToComponents, { people: createPeople(new REST()) })
  const here = {
    guild_id: '2000000000000000777',
    channel_id: '3000000000000000777',
    channel: { id: '3000000000000000777', type: 0 },
  }
  discord.receive(aPress('3#AbCdEfGhIjKlMnOp|following', 'Following', {}, here))
  await discord.done()
  const destination = { platform: 'discord', workspace: '2000000000000000777', channel: '3000000000000000777' }
  expect(discord.asked).toMatchObject([{ asker: { destination } }])
  expect(await discord.asked[0]?.asker.rights?.()).toEqual({ guest: false, admin: true })
})

test.each(['3~forgotten', 'of-an-older-version'])('a button that is too old says so, to the person alone: %s', async (id) => {
  await using discord = await aDiscord(listenToComponents, {})
  discord.receive(aPress(id))
  const [call] = await discord.done()
  expect(call && inWords(call)).toBe('reply alone')
  expect(JSON.stringify(call?.body)).toContain('too old')
  expect(discord.asked).toEqual([])
})

test('a message is looked up by all that it says', async () => {
  await using discord = await aDiscord(listenToLookUps, {})
  const message = aMessage({
    content: 'Have you seen this?',
    embeds: [{ title: 'Moths', url: 'https://arxiv.org/abs/2303.13506', fields: [{ name: 'DOI', value: '10.1000/182' }] }],
    components: [{ type: 1, components: [{ type: 2, style: 5, label: 'PDF', url: 'https://arxiv.org/pdf/2210.01117' }] }],
  }) as { id: string }
  discord.receive(aLookUp(LOOK_UP, message))
  await discord.done()
  const [asked] = discord.asked
  const text = asked && 'options' in asked.request ? String(asked.request.options.text) : ''
  for (const part of ['seen this', 'abs/2303.13506', '10.1000/182', 'pdf/2210.01117']) expect(text).toContain(part)
})
