// The SQLite store: the contract of all stores, and what only a file can get wrong.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { storeContract } from './contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperboy-store-'))
let stores = 0

afterAll(() => rmSync(folder, { recursive: true }))

describe('in a file', () => storeContract(() => openSqliteStore(join(folder, `${stores++}.db`))))

describe('in memory', () => storeContract(() => openSqliteStore(':memory:')))
