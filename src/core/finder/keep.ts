// What sources have said is kept as any other paper; what is old is no news to anyone.
import { newsSince } from '#core/news.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { PaperStore } from '#core/ports/store.ts'

/** Stores the records, and resolves once they are found by searches. */
export async function keep(
  records: readonly PaperRecord[],
  { papers, index }: { readonly papers: PaperStore; readonly index: PaperIndex },
  now: Temporal.Instant,
): Promise<void> {
  if (records.length === 0) return
  await papers.put(records, now.toString(), { newsSince: newsSince(now) })
  await index.catchUp()
}
