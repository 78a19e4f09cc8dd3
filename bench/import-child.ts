// One import as a process of its own, so that its memory can be told: `<file> <folder>` → a line of JSON on standard output.
import { join } from 'node:path'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { importSearchable } from '#cli/import-searchable.ts'

const [file = '', folder = ''] = process.argv.slice(2)
const began = performance.now()
const store = await openSqliteStore(join(folder, 'paperboy.db'))
const index = await openPaperIndex({ path: join(folder, 'paperboy-index.db'), store })
const now = Temporal.Instant.from('2026-11-22T09:00:00Z')
const { added } = await importSearchable([file], { store, index, now })
const seconds = (performance.now() - began) / 1000
await index.close()
await store.close()
console.log(JSON.stringify({ papers: added, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }))
