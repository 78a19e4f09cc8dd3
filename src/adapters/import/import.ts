// Papers from files into the store: every file is looked at before anything is written, then read and put batch by batch.
import { ndjsonReader } from '#adapters/formats/ndjson.ts'
import { type Batch, readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import { UserInputError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Store } from '#core/ports/store.ts'
import { fileBytes, isGzipError, STDIN } from './files.ts'

const BATCH = 1000
/** Beyond these, skips are counted and no longer listed, so that memory stays flat. */
const MOST_SKIPS = 10_000
const SAMPLE = new URL('../../../samples/papers.ndjson', import.meta.url)
const FORMATS_HINT = 'Paperboy reads arXiv Atom, RSS, OAI-PMH, NDJSON (one JSON object a line) and BibTeX, gzipped or not.'

export interface ImportReport {
  /** Records read; each was added, merged or unchanged. */
  readonly read: number
  readonly added: number
  readonly merged: number
  readonly unchanged: number
  /** `where` is a file and a line: `papers.xml:120`. */
  readonly skipped: readonly { readonly where: string; readonly why: string }[]
}

export interface ImportOptions {
  readonly store: Pick<Store, 'papers'>
  /** Stamped on what is new as first seen. */
  readonly now: Temporal.Instant
  /** Called after each batch. */
  readonly onProgress?: (progress: { readonly read: number }) => void
}

/**
 * Reads files of any known format, `-` being standard input, in transactions of a thousand records. Rejects with
 * UserInputError, before anything is written, where a file is missing, a folder, empty or of no known format, and where
 * not one record of all the files can be read.
 */
export async function importPapers(files: readonly string[], { store, now, onProgress }: ImportOptions): Promise<ImportReport> {
  for (const file of files) if (file !== STDIN) await refuseUnknown(file)
  const tally = createTally()
  const writer = batchWriter(store, now, (outcomes) => {
    tally.count(outcomes)
    onProgress?.({ read: tally.read() })
  })
  for (const file of files) {
    for await (const { records, skips } of batchesOf(file)) {
      for (const { line, why } of skips) tally.skip(line === 0 ? nameOf(file) : `${nameOf(file)}:${line}`, why)
      await writer.take(records)
    }
  }
  await writer.flush()
  const report = tally.report()
  if (report.read === 0 && report.skipped.length > 0) throw nothingReadable(report)
  return report
}

/** The papers that come with Paperboy, as records of the source `sample`. */
export async function importSample(store: Pick<Store, 'papers'>, now: Temporal.Instant): Promise<ImportReport> {
  const tally = createTally()
  const records: PaperRecord[] = []
  const reader = ndjsonReader(
    {
      record: (record) => records.push(record),
      skip: (line, why) => tally.skip(`papers.ndjson:${line}`, why),
      envelope: () => {},
    },
    'sample',
  )
  const { readFile } = await import('node:fs/promises')
  reader.write(await readFile(SAMPLE, 'utf8'))
  reader.end()
  const writer = batchWriter(store, now, tally.count)
  await writer.take(records)
  await writer.flush()
  return tally.report()
}

/** A file that breaks off while it is read ends with a skip that says so. */
async function* batchesOf(file: string): AsyncGenerator<Pick<Batch, 'records' | 'skips'>, void> {
  try {
    yield* readPapers(fileBytes(file))
  } catch (error) {
    if (error instanceof UnknownFormat) throw unknownFormat(file, error)
    if (error instanceof UserInputError) throw error
    const why = isGzipError(error)
      ? 'The gzip file is cut or damaged; what came before was read.'
      : 'The file could not be read to its end; what came before was read.'
    yield { records: [], skips: [{ line: 0, why }] }
  }
}

/** Looks at the start of a file alone. */
async function refuseUnknown(file: string): Promise<void> {
  try {
    for await (const _ of readPapers(fileBytes(file))) return
  } catch (error) {
    if (error instanceof UnknownFormat) throw unknownFormat(file, error)
    if (error instanceof UserInputError) throw error
    throw new UserInputError(`The file ${file} cannot be read${isGzipError(error) ? ': its gzip is damaged' : ''}.`, {
      hint: 'Get the file once more.',
      cause: error,
    })
  }
}

function unknownFormat(file: string, { what }: UnknownFormat): UserInputError {
  return new UserInputError(`${nameOf(file)} ${what}.`, { hint: FORMATS_HINT })
}

function nothingReadable({ skipped }: ImportReport): UserInputError {
  const first = skipped.slice(0, 3).map(({ where, why }) => `${where}: ${why}`)
  return new UserInputError(['No paper could be read.', ...first].join('\n'), { hint: FORMATS_HINT })
}

function nameOf(file: string): string {
  return file === STDIN ? 'standard input' : file
}

type Outcomes = Readonly<Record<'added' | 'merged' | 'unchanged', number>>

/** Puts a thousand records at a time, each batch in a transaction of its own. */
function batchWriter(store: Pick<Store, 'papers'>, now: Temporal.Instant, done: (outcomes: Outcomes) => void) {
  let held: PaperRecord[] = []

  async function put(records: readonly PaperRecord[]): Promise<void> {
    const outcomes = { added: 0, merged: 0, unchanged: 0 }
    for (const { outcome } of await store.papers.put(records, now.toString())) outcomes[outcome]++
    done(outcomes)
  }

  return {
    async take(records: readonly PaperRecord[]): Promise<void> {
      held.push(...records)
      while (held.length >= BATCH) {
        const batch = held.slice(0, BATCH)
        held = held.slice(BATCH)
        await put(batch)
      }
    },
    async flush(): Promise<void> {
      if (held.length > 0) await put(held)
      held = []
    },
  }
}

function createTally() {
  const counts = { added: 0, merged: 0, unchanged: 0 }
  const skipped: { where: string; why: string }[] = []
  let unlisted = 0
  const read = () => counts.added + counts.merged + counts.unchanged
  return {
    read,
    count(outcomes: Outcomes): void {
      counts.added += outcomes.added
      counts.merged += outcomes.merged
      counts.unchanged += outcomes.unchanged
    },
    skip(where: string, why: string): void {
      if (skipped.length < MOST_SKIPS) skipped.push({ where, why })
      else unlisted++
    },
    report: (): ImportReport => ({
      read: read(),
      ...counts,
      skipped: unlisted === 0 ? skipped : [...skipped, { where: 'further on', why: `${unlisted} more were skipped.` }],
    }),
  }
}
