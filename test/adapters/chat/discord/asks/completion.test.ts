import { expect, test } from 'vitest'
import { listenToCompletions } from '#adapters/chat/discord/asks/completion.ts'
import { aDiscord, anAutocomplete } from '#test/adapters/chat/discord/a-discord.ts'

test('what may be typed is offered, as far as Discord takes it', async () => {
  const complete = async () => ['Ada Lovelace', '', 'x'.repeat(101)]
  await using discord = await aDiscord(listenToCompletions, { complete })
  discord.receive(anAutocomplete('author', 'name', 'ada'))
  const [call] = await discord.done()
  expect(call?.body).toMatchObject({ type: 8, data: { choices: [{ name: 'Ada Lovelace', value: 'Ada Lovelace' }] } })
})

test('what is filled in already counts', async () => {
  const seen: unknown[] = []
  const complete = async (option: unknown) => {
    seen.push(option)
    return []
  }
  await using discord = await aDiscord(listenToCompletions, { complete })
  discord.receive(anAutocomplete('unfollow', 'target', 'mo', { for: 'me' }))
  await discord.done()
  expect(seen).toEqual([{ path: ['unfollow'], option: 'target', given: { for: 'me', target: 'mo' } }])
})

test('what may be another process’s to complete is not', async () => {
  await using discord = await aDiscord(listenToCompletions, { complete: async () => ['Jun Li'], isOurs: () => false })
  discord.receive(anAutocomplete('author', 'name', 'jun'))
  expect(await discord.done()).toEqual([])
})

test('what takes too long is nothing, in time', async () => {
  await using discord = await aDiscord(listenToCompletions, { complete: () => new Promise(() => undefined) })
  const begun = performance.now()
  discord.receive(anAutocomplete('author', 'name', 'ada'))
  const [call] = await discord.called(1)
  expect(call?.body.data.choices).toEqual([])
  expect(performance.now() - begun).toBeLessThan(2800)
})

test('a server where much is typed keeps no other from being offered something', async () => {
  let begun = 0
  const complete = () => (++begun === 1 ? new Promise<string[]>(() => undefined) : Promise.resolve(['Ada Lovelace']))
  const lane = { atOnce: 2, waiting: 9, each: { atOnce: 1, waiting: 9 } }
  await using discord = await aDiscord(listenToCompletions, { complete, lane })
  discord.receive(anAutocomplete('author', 'name', 'ada'))
  discord.receive({ ...anAutocomplete('author', 'name', 'ada'), guild_id: '2000000000000000002' })
  const [call] = await discord.called(1)
  expect(call?.body.data.choices).toEqual([{ name: 'Ada Lovelace', value: 'Ada Lovelace' }])
})

test.each([
  ['is refused', { refuses: () => ({ status: 404, code: 10_062 }) }],
  ['fails', { complete: async () => Promise.reject(new Error('no')) }],
])('what %s is logged', async (_, telling) => {
  await using discord = await aDiscord(listenToCompletions, telling)
  discord.receive(anAutocomplete('author', 'name', 'ada'))
  await discord.done()
  expect(discord.logged.map(({ level }) => level)).toEqual(['warn'])
})
