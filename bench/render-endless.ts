// A rendering thread that never ends what is called endless and answers the rest at once.
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ template }: { template: string }) => {
  while (template === 'endless');
  parentPort?.postMessage({ kind: 'drawn', drawn: [] })
})
parentPort?.postMessage({ kind: 'ready' })
