// What a reader answers, in whichever thread it is: what the main thread compiled, run on the file.
import type { Statement } from './compile.ts'
import { type IndexFile, openForReading } from './file.ts'
import { createSimilar, type SimilarRequest } from './similar.ts'

/** `numbers`: each statement's numbers, all of one state of the file. */
export type ReaderRequest = { readonly kind: 'numbers'; readonly statements: readonly Statement[] } | SimilarRequest

/** Answers requests from the file at a path; throws errors with a code, as file.ts knows them. */
export function createAnswers(path: string): { answer(request: ReaderRequest): unknown; close(): void } {
  const file = openForReading(path)
  const similar = createSimilar(file)
  return {
    answer: (request) =>
      file.snapshot(() =>
        request.kind === 'similar' ? similar(request) : request.statements.map((statement) => numbers(file, statement)),
      ),
    close: () => file.close(),
  }
}

function numbers(file: IndexFile, { sql, params }: Statement): unknown[] {
  return file
    .prepare(sql)
    .pluck()
    .all(...params)
}
