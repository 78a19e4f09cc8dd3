// The main thread's end of the rendering thread: one rendering at a time, and each has a deadline. A thread that does not
// keep it is ended, and those that wait go on in a fresh one.
import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ConfigError } from '#core/errors.ts'
import type { Drawn } from './draw.ts'
import type { RenderRequest } from './renderer.ts'

/** Long enough for whatever is within the limits on a slow and busy machine: for 200 papers forty times what it takes. */
const DEADLINE_MS = 1000
const MORE_A_ROW_MS = 5
const START_MS = 30_000
const MEGABYTES = 128
const SCRIPT = new URL('./thread.ts', import.meta.url)

/** A thread has no compile cache unless it turns it on itself, before its first TypeScript. */
const START = `
  const { workerData } = require('node:worker_threads')
  if (workerData.cache !== undefined) require('node:module').enableCompileCache(workerData.cache)
  import(workerData.script)
`

export type ThreadRequest = RenderRequest

export type ThreadMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'drawn'; readonly drawn: Drawn[] }
  /** `foreseen` where the message is meant for people. */
  | { readonly kind: 'failed'; readonly foreseen: boolean; readonly message: string; readonly hint: string | undefined }

interface Waiting {
  readonly request: RenderRequest
  resolve(drawn: Drawn[]): void
  reject(error: ConfigError): void
}

export interface RenderThreadOptions {
  readonly folders: readonly string[]
  /** Milliseconds that a rendering may take once the thread has begun with it, besides what each row adds. */
  readonly deadlineMs?: number
  /** What runs in the thread: it says `ready`, and answers each request with one message. */
  readonly script?: URL
}

/** The thread starts with the first rendering, and never keeps the process alive by itself. Renderings reject with ConfigError. */
export function openRenderThread({ folders, deadlineMs = DEADLINE_MS, script = SCRIPT }: RenderThreadOptions) {
  const waiting: Waiting[] = []
  let worker: Worker | undefined
  let isReady = false
  let current: Waiting | undefined
  let timer: NodeJS.Timeout | undefined

  function start(): Worker {
    const cached = getCompileCacheDir()
    const cache = cached === undefined ? undefined : dirname(cached)
    const started = new Worker(START, {
      eval: true,
      workerData: { folders, script: script.href, cache },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES, maxYoungGenerationSizeMb: MEGABYTES >> 3 },
    })
    isReady = false
    started.on('message', (message: ThreadMessage) => started === worker && hear(message))
    started.on('error', (cause) => gone(started, 'cannot be rendered', cause))
    started.on('exit', () => gone(started, 'cannot be rendered: its thread has ended'))
    return started
  }

  function next(): void {
    if (current) return
    current = waiting.shift()
    if (!current) {
      worker?.unref()
      return
    }
    worker ??= start()
    worker.ref()
    worker.postMessage(current.request)
    setDeadline(isReady ? deadline() : START_MS)
  }

  function deadline(): number {
    return deadlineMs + MORE_A_ROW_MS * (current?.request.rows ?? 0)
  }

  function setDeadline(milliseconds: number): void {
    const [which, whose] = [worker, current]
    clearTimeout(timer)
    timer = setTimeout(() => {
      // Where this thread was busy itself, the answer may be here already: it is heard first.
      setImmediate(() => {
        if (which && whose === current) gone(which, `took longer than ${milliseconds} ms and was ended`)
      })
    }, milliseconds)
  }

  function hear(message: ThreadMessage): void {
    if (message.kind === 'ready') {
      isReady = true
      if (current) setDeadline(deadline())
      return
    }
    settle((asked) => {
      if (message.kind === 'drawn') return asked.resolve(message.drawn)
      const { foreseen, hint } = message
      if (foreseen) return asked.reject(new ConfigError(message.message, hint === undefined ? {} : { hint }))
      asked.reject(unrendered(asked, 'cannot be rendered', new Error(message.message)))
    })
  }

  function gone(which: Worker, what: string, cause?: unknown): void {
    if (which !== worker) return
    worker = undefined
    which.terminate().catch(() => undefined)
    settle((asked) => asked.reject(unrendered(asked, what, cause)))
  }

  function settle(how: (asked: Waiting) => void): void {
    clearTimeout(timer)
    const asked = current
    current = undefined
    if (asked) how(asked)
    next()
  }

  return (request: RenderRequest): Promise<Drawn[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject })
      next()
    })
}

function unrendered({ request }: Waiting, what: string, cause?: unknown): ConfigError {
  return new ConfigError(`The template ${request.template} ${what}.`, {
    hint: 'docs/templates.md says what may stand in one.',
    cause,
  })
}
