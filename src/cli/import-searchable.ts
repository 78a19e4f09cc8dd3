// An import whose papers can be searched when it is done: the index, in a thread of its own, comes after while more is stored.
import { setFlagsFromString } from 'node:v8'
import { type ImportReport, importPapers } from '#adapters/import/import.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Store } from '#core/ports/store.ts'

export interface ImportSearchableOptions {
  readonly store: Store
  readonly index: PaperIndex
  /** Stamped on what is new as first seen. */
  readonly now: Temporal.Instant
  /** Called now and then with how many papers were read, and at the end with how many are left to index. */
  readonly progress?: (doing: 'Reading' | 'Indexing', papers: number) => void
}

/** As importPapers, and the index caught up. Meant for a process that does nothing else: it tunes the garbage collector. */
export async function importSearchable(
  files: readonly string[],
  { store, index, now, progress }: ImportSearchableOptions,
): Promise<ImportReport> {
  // Records live shortly, so a young generation that grows only costs memory.
  setFlagsFromString('--semi-space-growth-factor=1')
  let pass: Promise<unknown> | undefined
  const report = await importPapers(files, {
    store,
    now,
    onProgress({ read }) {
      progress?.('Reading', read)
      pass ??= index.catchUp().finally(() => {
        pass = undefined
      })
      // The last pass below meets the same failure, and tells it.
      pass.catch(() => undefined)
    },
  })
  await index.catchUp((indexed) => progress?.('Indexing', indexed))
  return report
}
