// The worker's end of a channel: answers one request after the other, and hands errors back as plain values.
import { parentPort } from 'node:worker_threads'
import { codeOf } from './file.ts'

/** `handle` answers what can be cloned, or throws. */
export function answerRequests<Request>(handle: (request: Request) => unknown): void {
  parentPort?.on('message', ({ id, request }: { id: number; request: Request }) => {
    try {
      parentPort?.postMessage({ id, answer: handle(request) })
    } catch (error) {
      parentPort?.postMessage({
        id,
        failure: { code: codeOf(error), message: error instanceof Error ? error.message : String(error) },
      })
    }
  })
}
