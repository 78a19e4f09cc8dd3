// The reader's thread: searches there, so that the slowest search delays nobody but itself.
import { workerData } from 'node:worker_threads'
import { createAnswers } from './answers.ts'
import { answerRequests } from './worker-end.ts'

const { answer } = createAnswers((workerData as { path: string }).path)

answerRequests(answer)
