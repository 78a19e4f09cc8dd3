// The whole program on PostgreSQL: what it says, where it keeps its index, and several of it on one database.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openPostgresStore } from '#adapters/stores/postgres.ts'
import { aServer } from '#test/adapters/http/server.ts'
import { install } from '#test/paperboy.ts'
import { testPostgres } from '#test/postgres.ts'

const postgres = await testPostgres()

describe.skipIf(postgres.isMissing)('with DATABASE_URL=postgres://…', () => {
  test('answers from it, and keeps nothing but its index beside itself', async () => {
    const url = await postgres.emptyUrl()
    const paperboy = install({ DATABASE_URL: url })
    expect((await paperboy.run(['import', '--sample', '--json'])).stderr).toBe('')
    const { ok, papers } = await paperboy.ask('search language models')
    expect([ok, papers.length > 0]).toEqual([true, true])
    expect((await paperboy.ask('follow topic language models')).ok).toBe(true)
    const store = await openPostgresStore(url)
    expect(await store.subscriptions.all()).toHaveLength(1)
    await store.close()
    expect(readdirSync(paperboy.folder)).toEqual(['data'])
    expect(readdirSync(join(paperboy.folder, 'data')).filter((name) => !name.startsWith(`${store.id}-index.db`))).toEqual([])
  })

  test('each process has an index of its own, caught up from the database', async () => {
    const url = await postgres.emptyUrl()
    const [one, other] = [install({ DATABASE_URL: url }), install({ DATABASE_URL: url })]
    await one.run(['import', '--sample'])
    const asked = 'search language models'
    expect((await other.ask(asked)).papers).toEqual((await one.ask(asked)).papers)
  })

  test('arXiv is asked by one process at a time, three seconds apart', async () => {
    const asked: number[] = []
    await using arxiv = await aServer((_, response) => {
      asked.push(performance.now())
      response.end('<feed xmlns="http://www.w3.org/2005/Atom"><totalResults>0</totalResults></feed>')
    })
    const variables = { DATABASE_URL: await postgres.emptyUrl(), ARXIV_API_URL: arxiv.url }
    const [one, other] = [install(variables), install(variables)]
    await Promise.all([one.ask('paper 2611.00001'), other.ask('paper 2611.00002')])
    expect(asked).toHaveLength(2)
    expect(asked[1]! - asked[0]!).toBeGreaterThanOrEqual(3000)
  })

  test('doctor says what is there, and makes nothing', async () => {
    const url = await postgres.emptyUrl()
    const paperboy = install({ DATABASE_URL: url })
    const before = await paperboy.run(['doctor'])
    expect(before.stdout).toMatch(/fine {5}store: There is nothing of Paperboy's in the PostgreSQL database \S+ at \S+ yet/)
    expect(before.stdout).toContain("clock: This machine's clock agrees with the PostgreSQL server's.")
    expect(await postgres.ask(url, 'SELECT 1 FROM pg_tables WHERE schemaname = current_schema()')).toEqual([])
    await paperboy.run(['import', '--sample'])
    expect((await paperboy.run(['doctor'])).stdout).toMatch(
      /store: The PostgreSQL database \S+ at \S+ is of version \d+, the latest, with \d+ papers\./,
    )
  })

  test('backup points to pg_dump', async () => {
    const { code, stderr } = await install({ DATABASE_URL: await postgres.emptyUrl() }).run(['backup', 'copy.db'])
    expect(code).toBe(1)
    expect(stderr).toContain('pg_dump')
  })

  test('a server that is away ends the start with a sentence, and without the password', async () => {
    const { code, stderr } = await install({ DATABASE_URL: 'postgres://ada:hunter2@127.0.0.1:1/papers' }).run(['ask', 'help'])
    expect(code).toBe(1)
    expect(stderr).toContain('The PostgreSQL database papers at 127.0.0.1:1 cannot be reached.')
    expect(stderr).not.toContain('hunter2')
  })
})
