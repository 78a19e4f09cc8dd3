// The main thread's end of a channel to a worker, which starts with the first request and never keeps the process alive by itself.
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A worker has no compile cache unless it turns it on itself, before its first TypeScript: that halves its start. */
const START = `
  const { workerData } = require('node:worker_threads')
  if (workerData.cache !== undefined) require('node:module').enableCompileCache(workerData.cache)
  import(workerData.script)
`

export interface Channel<Request> {
  /** Rejects with an error that carries the worker's `code`; `GONE` where the worker ended before it answered. */
  ask<Answer>(request: Request): Promise<Answer>
  /** How many requests have no answer yet. */
  waiting(): number
  /** Ends the worker; a later request starts another. */
  end(): Promise<void>
}

interface Waiting {
  resolve(answer: unknown): void
  reject(error: Error): void
}

type Message = { id: number; answer: unknown } | { id: number; failure: { code: string; message: string } }

/** The script finds the options in its `workerData`. `megabytes`: what the worker may keep in JavaScript's heap; a low figure makes it tidy up more often. */
export function openChannel<Request>(
  script: URL,
  options: Readonly<Record<string, string>>,
  megabytes?: number,
): Channel<Request> {
  const resourceLimits =
    megabytes === undefined ? {} : { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: megabytes >> 3 }

  const cached = getCompileCacheDir()
  const cache = cached === undefined ? undefined : dirname(cached)
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let asked = 0

  function start(): Worker {
    const started = new Worker(START, {
      eval: true,
      workerData: { ...options, script: script.href, cache },
      execArgv: [],
      resourceLimits,
    })
    started.unref()
    started.on('message', (message: Message) => {
      const one = waiting.get(message.id)
      waiting.delete(message.id)
      if (waiting.size === 0) started.unref()
      if ('failure' in message) one?.reject(failure(message.failure.code, message.failure.message))
      else one?.resolve(message.answer)
    })
    started.on('error', (error) => gone(started, error))
    started.on('exit', () => gone(started))
    return started
  }

  function gone(which: Worker, cause?: unknown) {
    if (worker !== which) return
    worker = undefined
    const left = [...waiting.values()]
    waiting.clear()
    for (const one of left) one.reject(failure('GONE', 'The worker ended before it answered.', cause))
  }

  return {
    ask<Answer>(request: Request) {
      worker ??= start()
      const port = worker
      const id = ++asked
      port.ref()
      return new Promise<Answer>((resolve, reject) => {
        waiting.set(id, { resolve: (answer) => resolve(answer as Answer), reject })
        port.postMessage({ id, request })
      })
    },
    waiting: () => waiting.size,
    async end() {
      const ending = worker
      if (ending === undefined) return
      gone(ending)
      await ending.terminate()
    },
  }
}

function failure(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code })
}
