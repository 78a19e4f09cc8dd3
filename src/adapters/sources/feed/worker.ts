// The thread that reads one feed: it says when it begins, what it found, and is ended by whoever waits for it.
import { parentPort, workerData } from 'node:worker_threads'
import { decodeText } from '#adapters/formats/decode.ts'
import { readFeed } from './read-feed.ts'
import type { FeedBytes } from './reading.ts'

const { bytes, charset, ...place } = workerData as FeedBytes

parentPort?.postMessage('begins')
parentPort?.postMessage(await readFeed({ ...place, text: decodeText(bytes, charset) }))
