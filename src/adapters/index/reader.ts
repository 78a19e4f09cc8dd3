// The reader's thread: runs what the main thread compiled, so that the slowest search delays nobody but itself.
import { workerData } from 'node:worker_threads'
import { answerRequests } from './answer.ts'
import type { Statement } from './compile.ts'
import { openForReading } from './file.ts'
import { createSimilar, type SimilarRequest } from './similar.ts'

/** `numbers`: each statement's numbers, all of one state of the file. */
export type ReaderRequest = { kind: 'numbers'; statements: readonly Statement[] } | SimilarRequest

const file = openForReading((workerData as { path: string }).path)
const similar = createSimilar(file)

answerRequests((request: ReaderRequest) =>
  file.snapshot(() => (request.kind === 'similar' ? similar(request) : request.statements.map(numbers))),
)

function numbers({ sql, params }: Statement): unknown[] {
  return file
    .prepare(sql)
    .pluck()
    .all(...params)
}
