// Servers that take the bot and put it out: what happened last counts, in whatever order it can be kept.
import { type Client as AnyClient, Client, Events, GatewayIntentBits, type Guild } from 'discord.js'
import { afterEach, expect, test } from 'vitest'
import type { Desk } from '#adapters/chat/discord/asks/desk.ts'
import { KEEPING, listenToServers } from '#adapters/chat/discord/servers/servers.ts'
import { createLane } from '#adapters/chat/lanes.ts'
import { StoreError } from '#core/errors.ts'
import { aLog } from '#test/adapters/chat/slack/requests/a-log.ts'
import { aServer } from '#test/adapters/http/server.ts'

const GUILD = { id: '2000000000000000001' } as Guild
const ends: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()))
})

interface Telling {
  readonly isOurs?: boolean
  /** Servers that Discord shows to the bot. */
  readonly shown?: readonly string[]
  /** So often the store is away before it keeps anything. */
  readonly failures?: number
}

/** A client of which nothing is kept before `go` is called. */
async function aClient({ isOurs = true, shown = [], failures = 0 }: Telling = {}) {
  const server = await aServer((request, response) => {
    const isShown = shown.includes((request.url ?? '').split('/').at(-1) ?? '')
    response.writeHead(isShown ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isShown ? GUILD : { code: 10_004, message: 'Unknown Guild' }))
  })
  const client: AnyClient = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: server.url, retries: 0 } })
  client.rest.setToken('token')
  ends.push(async () => {
    await client.destroy()
    await server[Symbol.asyncDispose]()
  })
  const { log } = aLog()
  const lane = createLane(KEEPING, log)
  const { promise: going, resolve: go } = Promise.withResolvers<void>()
  const kept: string[] = []
  let tries = 0
  function keepingAfter(turns: number, what: string) {
    return async ({ workspace }: { workspace: string }) => {
      await going
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
      if (tries++ < failures) throw new StoreError('away')
      kept.push(`${what} ${workspace}`)
    }
  }
  const handlers = { accepted: keepingAfter(1, 'accepted'), uninstalled: keepingAfter(2, 'uninstalled') }
  const desk = { handlers, keep: lane.work, isOurs: () => isOurs, wait: async () => undefined, log }
  listenToServers(client, desk as unknown as Desk)
  return {
    client,
    async kept() {
      go()
      await lane.done()
      return kept
    },
  }
}

test('a server that puts the bot out and takes it again, of which both is heard at once, has it', async () => {
  const { client, kept } = await aClient()
  client.emit(Events.GuildDelete, GUILD)
  client.emit(Events.GuildCreate, GUILD)
  expect(await kept()).toEqual([`uninstalled ${GUILD.id}`, `accepted ${GUILD.id}`])
})

test('a server that puts the bot out while those are kept that have it does not have it', async () => {
  const { client, kept } = await aClient()
  for (const id of ['3', '4', '5', GUILD.id]) client.guilds.cache.set(id, { id } as Guild)
  client.emit(Events.ClientReady, client as AnyClient<true>)
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  client.guilds.cache.delete(GUILD.id)
  client.emit(Events.GuildDelete, GUILD)
  expect((await kept()).filter((one) => one.endsWith(GUILD.id)).at(-1)).toBe(`uninstalled ${GUILD.id}`)
})

test('what a process hears late that stood still counts where it is still so', async () => {
  const back = await aClient({ isOurs: false, shown: [GUILD.id] })
  back.client.emit(Events.GuildDelete, GUILD)
  expect(await back.kept()).toEqual([])
  const gone = await aClient({ isOurs: false })
  gone.client.emit(Events.GuildDelete, GUILD)
  expect(await gone.kept()).toEqual([`uninstalled ${GUILD.id}`])
})

test('what Discord says once is kept, although the store is away at that moment', async () => {
  const { client, kept } = await aClient({ failures: 2 })
  client.emit(Events.GuildDelete, GUILD)
  expect(await kept()).toEqual([`uninstalled ${GUILD.id}`])
})
