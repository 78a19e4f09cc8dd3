// A rendering thread that never ends what is called endless, ends itself at what is called fatal, and answers the rest.
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', ({ template }: { template: string }) => {
  if (template === 'fatal') throw new Error('out of order')
  while (template === 'endless');
  parentPort?.postMessage({ kind: 'drawn', drawn: [{ kind: 'prose', spans: [{ text: template }] }] })
})
parentPort?.postMessage({ kind: 'ready' })
