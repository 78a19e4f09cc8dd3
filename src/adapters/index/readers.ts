// Who reads the index file: threads of their own, or the one thread of a process that has nothing else to do.
import { createAnswers, type ReaderRequest } from './answers.ts'
import { type Channel, openChannel } from './channel.ts'

export type Reader = Pick<Channel<ReaderRequest>, 'ask' | 'waiting' | 'end'>

/** A thread, started with its first request. */
export function threadReader(path: string): Reader {
  return openChannel<ReaderRequest>(new URL('./reader.ts', import.meta.url), { path })
}

/** Reads in this very thread: for one answer that is quicker than to start another. */
export function ownReader(path: string): Reader {
  const { answer, close } = createAnswers(path)
  return {
    ask: async <Answer>(request: ReaderRequest) => answer(request) as Answer,
    waiting: () => 0,
    end: async () => close(),
  }
}
