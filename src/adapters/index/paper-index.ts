// The PaperIndex over one file beside the process: readers and a writer in threads of their own, started when first needed.
import { existsSync } from 'node:fs'
import { StoreError } from '#core/errors.ts'
import type { Log } from '#core/ports/log.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Store } from '#core/ports/store.ts'
import type { ReaderRequest } from './answers.ts'
import { bringUp, openWriter } from './catch-up.ts'
import { compileAll, compilePage, compileTotal } from './compile.ts'
import { codeOf, cursorOf, isDamage, openForReading } from './file.ts'
import { ownReader, threadReader } from './readers.ts'
import type { SimilarPaper } from './similar.ts'

/** Milliseconds for which the writer stays ready for more: an import asks again and again. */
const WRITER_LINGERS = 2000

export interface PaperIndexOptions {
  readonly path: string
  readonly store: Store
  readonly log?: Log
  /** Searches in this thread: for a process that answers once and ends. */
  readonly once?: boolean
}

/**
 * Opens the index at `path` without touching the file: catching up, or else the first search, makes or mends it. A file that
 * is another store's, of another version, damaged or ahead of the store is thrown away and built anew; the log says so.
 * Several processes may share it. All methods reject with StoreError where the disk or the store fails.
 */
export async function openPaperIndex(options: PaperIndexOptions): Promise<PaperIndex> {
  const { path, store, log, once = false } = options
  const file = openForReading(path)
  const readers = once ? [ownReader(path)] : [threadReader(path), threadReader(path)]
  const writer = openWriter(path, store)
  const ending = setTimeout(() => !passing && writer.end(), WRITER_LINGERS).unref()
  let caughtUp: Promise<unknown> | undefined
  const closing = new AbortController()
  let damaged = false
  let passing = false
  let ready = false

  async function pass(progress: ((indexed: number) => void) | undefined): Promise<number> {
    if (closing.signal.aborted) return 0
    const anew = damaged
    passing = true
    try {
      const cursor = cursorOf(file, store.id)
      const same = !anew && cursor !== undefined && cursor === (await store.papers.latestCursor())
      // Without a file this is the first start, which is no news to anybody.
      if (anew || cursor === undefined)
        log?.[existsSync(path) ? 'info' : 'debug']('building the paper index', { path, damaged: anew })
      const indexed = same ? 0 : await bringUp(writer, store.papers, { anew, progress, signal: closing.signal })
      if (anew) damaged = false
      ready = true
      return indexed
    } catch (error) {
      await writer.end()
      if (!codeOf(error).startsWith('SQLITE_BUSY')) throw unreadable(error)
      log?.warn('another process holds the paper index', { path })
      return 0
    } finally {
      passing = false
      ending.refresh()
    }
  }

  /** Passes run one after the other, so that each ends with the store as it was when it was asked for. */
  function catchUp(progress?: (indexed: number) => void): Promise<number> {
    const before = caughtUp ?? Promise.resolve()
    const mine = before.then(
      () => pass(progress),
      () => pass(progress),
    )
    caughtUp = mine
    mine.catch(() => {
      if (caughtUp === mine) caughtUp = undefined
    })
    return mine
  }

  async function ask<Answer>(request: ReaderRequest): Promise<Answer> {
    // Later passes take in what is new while searches go on.
    if (!ready) await (caughtUp ?? catchUp())
    try {
      return await idlest().ask<Answer>(request)
    } catch (error) {
      if (!isDamage(codeOf(error))) throw unreadable(error)
      log?.warn('the paper index is damaged', { path, error })
      damaged = true
      await catchUp()
      return idlest()
        .ask<Answer>(request)
        .catch((again) => Promise.reject(unreadable(again)))
    }
  }

  function cursorNow(): string | undefined {
    try {
      return cursorOf(file, store.id)
    } catch (error) {
      throw unreadable(error)
    }
  }

  /** The second reader starts where a search comes while the first is busy. */
  function idlest() {
    return readers.reduce((best, one) => (one.waiting() < best.waiting() ? one : best))
  }

  return {
    catchUp,
    async search(query, page, now) {
      const statements = [compilePage(query, page, now), compileTotal(query, now)]
      const [numbers = [], [total = 0] = []] = await ask<number[][]>({ kind: 'numbers', statements })
      return { numbers, total }
    },
    async select(query, now) {
      const [numbers = []] = await ask<number[][]>({ kind: 'numbers', statements: [compileAll(query, now)] })
      return numbers.sort((a, b) => a - b)
    },
    similar(terms, number, limit) {
      const { title, abstract } = terms
      return ask<SimilarPaper[]>({ kind: 'similar', title: [...new Set(title)], abstract: [...new Set(abstract)], number, limit })
    },
    async isCaughtUp() {
      return cursorNow() === (await store.papers.latestCursor())
    },
    async close() {
      closing.abort()
      await caughtUp?.catch(() => undefined)
      clearTimeout(ending)
      await Promise.all([writer, ...readers].map((thread) => thread.end()))
      file.close()
    },
  }
}

function unreadable(cause: unknown): StoreError {
  return cause instanceof StoreError
    ? cause
    : new StoreError('The search index cannot be read or built.', {
        cause,
        hint: 'Check that its folder can be written and the disk is not full.',
      })
}
