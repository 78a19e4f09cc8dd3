// What Discord says of its gateway is asked once for many shards.
import { Routes } from 'discord.js'
import { expect, test } from 'vitest'
import { createInformation } from '#adapters/chat/discord/shards/information.ts'

const SAID = { url: 'wss://gateway.discord.gg', shards: 4 }

test('many who ask within half a minute have one answer', async () => {
  const asked: string[] = []
  let now = 0
  const get = async (route: string) => {
    asked.push(route)
    return SAID
  }
  const information = createInformation({ get } as never, () => now)
  expect(await Promise.all([information(), information()])).toEqual([SAID, SAID])
  now = 29_999
  await information()
  expect(asked).toEqual([Routes.gatewayBot()])
  now = 30_000
  await information()
  expect(asked).toHaveLength(2)
})

test('a failure is nobody’s answer but of those who waited for it', async () => {
  const answers = [() => Promise.reject(new Error('away')), async () => SAID]
  const information = createInformation({ get: () => answers.shift()?.() } as never, () => 0)
  await Promise.all([1, 2].map(() => expect(information()).rejects.toThrow('away')))
  expect(await information()).toEqual(SAID)
})
