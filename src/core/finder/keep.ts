// What sources have said is kept as any other paper; what is old is no news to anyone.
import type { PaperRecord } from '#core/paper.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { PaperStore } from '#core/ports/store.ts'

const NEWS_DAYS = 30

/** Stores the records, and resolves once they are found by searches. */
export async function keep(
  records: readonly PaperRecord[],
  { papers, index }: { readonly papers: PaperStore; readonly index: PaperIndex },
  now: Temporal.Instant,
): Promise<void> {
  if (records.length === 0) return
  const newsSince = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: NEWS_DAYS }).toString()
  await papers.put(records, now.toString(), { newsSince })
  await index.catchUp()
}
