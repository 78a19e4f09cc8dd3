// The rendering thread: whatever a template takes, it takes here, and it can be ended from outside.
import { parentPort, workerData } from 'node:worker_threads'
import { PaperboyError } from '#core/errors.ts'
import type { ThreadMessage, ThreadRequest } from './render-thread.ts'
import { createRenderer } from './renderer.ts'

const render = createRenderer((workerData as { folders: readonly string[] }).folders)

parentPort?.on('message', async (request: ThreadRequest) => say(await answer(request)))
say({ kind: 'ready' })

async function answer(request: ThreadRequest): Promise<ThreadMessage> {
  try {
    return { kind: 'drawn', drawn: await render(request) }
  } catch (error) {
    const { message } = error as Error
    return { kind: 'failed', foreseen: error instanceof PaperboyError, message, hint: (error as PaperboyError).hint }
  }
}

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}
