import { type BaseInteraction, type Client, Events, type Guild, REST } from 'discord.js'
import { expect, test } from 'vitest'
import { createPeople } from '#adapters/chat/discord/people/people.ts'
import type { Asker } from '#core/ports/platform.ts'
import { aCommand, aDiscord } from '#test/adapters/chat/discord/a-discord.ts'
import { aServer } from '#test/adapters/http/server.ts'

const GUILD = '2000000000000000001'
const ALICE = '5000000000000000001'
const MANAGE_CHANNELS = '16'
const ADMINISTRATOR = '8'
const SEND_MESSAGES = '2048'

/** Who asks by an interaction with these fields, and how often direct messages were opened. */
async function asking(fields: object): Promise<{ asker: Asker; opened: () => number }> {
  const server = await aServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"5000000000000000008"}')
  })
  const people = createPeople(new REST({ api: server.url }).setToken('token'))
  const heard: BaseInteraction[] = []
  await using discord = await aDiscord((client) => void client.on(Events.InteractionCreate, (one) => void heard.push(one)), {})
  discord.receive(aCommand('help', fields))
  const [interaction] = heard
  if (!interaction) throw new Error('There was no interaction.')
  return { asker: await people.asker(interaction), opened: () => server.requests.length }
}

const user = { id: ALICE, username: 'alice', discriminator: '0', global_name: 'Alice' }
const as = (permissions: string) => ({ member: { user, roles: [], permissions, nick: 'Al', joined_at: '2024-01-01T00:00:00Z' } })
const direct = { guild_id: undefined, member: undefined, user, context: 1, authorizing_integration_owners: { 0: '0' } }

test.each([
  ['Manage Channels', MANAGE_CHANNELS, true],
  ['Administrator', ADMINISTRATOR, true],
  ['neither', SEND_MESSAGES, false],
])('in a server somebody with %s is an admin of the channel, or not', async (_, permissions, admin) => {
  const { asker } = await asking(as(permissions))
  expect(await asker.rights?.()).toEqual({ guest: false, admin })
  expect(asker).toMatchObject({ destination: { platform: 'discord', workspace: GUILD }, person: { id: ALICE } })
  expect(asker.cannotPost).toBeUndefined()
})

test('in direct messages everybody is their own admin, alone', async () => {
  const { asker } = await asking(direct)
  expect(await asker.rights?.()).toEqual({ guest: false, admin: true, alone: true })
  expect(asker.destination.workspace).toBe('direct')
  expect(asker.cannotPost).toBeUndefined()
})

test('in a conversation between people the bot cannot post', async () => {
  const { asker } = await asking({ ...direct, context: 2, authorizing_integration_owners: { 1: ALICE } })
  expect(asker.cannotPost).toBe(true)
  expect(await asker.rights?.()).toEqual({ guest: false, admin: true })
})

test('in a server that only the person brought it to, the bot cannot post', async () => {
  expect((await asking({ authorizing_integration_owners: { 1: ALICE } })).asker.cannotPost).toBe(true)
  expect((await asking({ authorizing_integration_owners: { 0: GUILD, 1: ALICE } })).asker.cannotPost).toBeUndefined()
})

test('direct messages are opened once', async () => {
  const { asker, opened } = await asking({})
  const expected = { platform: 'discord', workspace: 'direct', channel: '5000000000000000008' }
  expect(await asker.direct?.()).toEqual(expected)
  expect(await asker.direct?.()).toEqual(expected)
  expect(opened()).toBe(1)
})

test.each([
  ['fails to say', 500, undefined],
  ['does not show the bot', 403, '3000000000000000002'],
])('a place that Discord %s is no channel of its own by mistake', async (_, status, channel) => {
  const heard: BaseInteraction[] = []
  const listen = (client: Client) => void client.on(Events.InteractionCreate, (one) => void heard.push(one))
  await using discord = await aDiscord(listen, { refuses: () => ({ status, code: 50_001 }) })
  discord.receive(aCommand('help'))
  const [interaction] = heard
  if (!interaction) throw new Error('There was no interaction.')
  interaction.client.rest.setToken('token')
  interaction.client.guilds.cache.set(GUILD, { id: GUILD } as Guild)
  const asked = createPeople(new REST()).asker(interaction)
  if (channel === undefined) await expect(asked).rejects.toThrow()
  else expect((await asked).destination.channel).toBe(channel)
})
