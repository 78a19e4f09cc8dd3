// The PostgreSQL store: the contract of all stores, on a real server.
import { describe } from 'vitest'
import { testPostgres } from '#test/postgres.ts'
import { storeContract } from './contract.ts'

const postgres = await testPostgres()

describe.skipIf(postgres.isMissing)('on a server', () => storeContract(() => postgres.emptyStore()))
