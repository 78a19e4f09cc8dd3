// Brings the index file up to the store: while the writer takes in one batch, the next is read.
import type { PaperStore, Store } from '#core/ports/store.ts'
import { type Channel, openChannel } from './channel.ts'
import type { WriterRequest } from './writer.ts'

/** So few that neither reading them nor handing them over holds up the main thread. */
const BATCH = 400
/** Several times what analysing a batch takes. */
const WRITER_MEGABYTES = 64

type Changes = Awaited<ReturnType<PaperStore['changesAfter']>>

/** The writer of a file for a store; it starts with the first request and has to be ended. */
export function openWriter(path: string, store: Store): Channel<WriterRequest> {
  return openChannel(new URL('./writer.ts', import.meta.url), { path, storeId: store.id }, WRITER_MEGABYTES)
}

/**
 * Answers how many papers it took in. `anew` throws away what the file holds first; so does a cursor that the store never
 * gave, since the store then is an older state of itself. After `signal` it stops with what it has. Rejects with what the
 * store or the writer rejected with, and the writer has to be ended then.
 */
export async function bringUp(
  writer: Channel<WriterRequest>,
  papers: PaperStore,
  { anew, ...options }: { anew: boolean; progress: ((indexed: number) => void) | undefined; signal: AbortSignal },
): Promise<number> {
  const begin = (again: boolean) => writer.ask<string>({ kind: 'begin', anew: again })
  const held = await begin(anew)
  const cursor = (await isAhead(papers, held)) ? await begin(true) : held
  const taken = await takeIn(writer, papers, { cursor, ...options })
  if (cursor === '' || options.signal.aborted || !(await isAnother(papers, taken.cursor, taken.papers))) return taken.indexed
  return (await takeIn(writer, papers, { cursor: await begin(true), ...options })).indexed
}

/** A store that is asked for nothing answers the cursor it was asked from, unless it never gave that cursor. */
async function isAhead(papers: PaperStore, cursor: string): Promise<boolean> {
  if (cursor === '') return false
  const { cursor: known } = await papers.changesAfter(cursor, 0)
  if (known !== cursor) return true
  const latest = await papers.latestCursor()
  return latest !== cursor && isNone(await papers.changesAfter(cursor, 1))
}

/** A store brought back from a copy may have passed the cursor again: then the numbers of papers tell. */
async function isAnother(papers: PaperStore, cursor: string, indexed: number): Promise<boolean> {
  const count = await papers.count()
  return count !== indexed && (await papers.latestCursor()) === cursor
}

async function takeIn(
  writer: Channel<WriterRequest>,
  papers: PaperStore,
  { progress, signal, ...start }: { cursor: string; progress: ((indexed: number) => void) | undefined; signal: AbortSignal },
): Promise<{ indexed: number; cursor: string; papers: number }> {
  let { cursor } = start
  let indexed = 0
  let changes = await papers.changesAfter(cursor, BATCH)
  while (!signal.aborted && (!isNone(changes) || changes.cursor !== cursor)) {
    const { cursor: to, gone, papers: taken } = changes
    const written = writer.ask<string>({ kind: 'changes', from: cursor, to, papers: taken, gone })
    const [reached, next] = await Promise.all([written, papers.changesAfter(to, BATCH)])
    // Another process, or a file that had to go, put the index somewhere else.
    changes = reached === to ? next : await papers.changesAfter(reached, BATCH)
    cursor = reached
    if (reached !== to) continue
    indexed += taken.length
    progress?.(indexed)
  }
  return { indexed, cursor, papers: await writer.ask<number>({ kind: 'commit' }) }
}

function isNone(changes: Changes): boolean {
  return changes.papers.length === 0 && changes.gone.length === 0
}
