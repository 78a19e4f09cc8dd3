// One import as a process of its own, so that its memory can be told: `<file> <folder>` → a line of JSON on standard output.
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { importPapers } from '#adapters/import/import.ts'
import { openPaperIndex } from '#adapters/index/paper-index.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'

// Records live shortly, so a young generation that grows only costs memory.
setFlagsFromString('--semi-space-growth-factor=1')
const [file = '', folder = ''] = process.argv.slice(2)
const began = performance.now()
const store = await openSqliteStore(join(folder, 'paperboy.db'))
const index = await openPaperIndex({ path: join(folder, 'paperboy-index.db'), store })
let indexing = false
const { added } = await importPapers([file], {
  store,
  now: Temporal.Instant.from('2026-11-22T09:00:00Z'),
  // The index has a thread of its own, so it comes after while the next papers are stored.
  onProgress() {
    if (indexing) return
    indexing = true
    void index.catchUp().finally(() => {
      indexing = false
    })
  },
})
await index.catchUp()
const seconds = (performance.now() - began) / 1000
await index.close()
await store.close()
console.log(JSON.stringify({ papers: added, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }))
