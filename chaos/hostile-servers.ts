// Feeds from hostile servers, read as followed ones are, by the guarded client and in threads: every answer ends in papers or in an
// error in words, in time, and nothing but public addresses is ever connected to, which a stand-in on loopback answers for.
// Lost is a reading that did not end so; corrupt is an address reached that must not be, and twice an entry taken for another one.
import { createHttpClient } from '#adapters/http/client.ts'
import { feedSource } from '#adapters/sources/feed/feed.ts'
import { SourceError } from '#core/errors.ts'
import type { FeedBatch } from '#core/ports/source.ts'
import type { Extent } from './found.ts'
import { type HostileAnswer, hostileAnswers } from './hostile-answers.ts'
import { hostileStandIn, PUBLIC } from './hostile-stand-in.ts'
import { watchLoop } from './loop.ts'

const HELD_MS = 100
const MOST_RECORDS = 1000
const AT_ONCE = 6
/** Whatever is not over then never will be: each reading may wait for the threads of those before it. */
const NEVER_MS = 60_000
/** Where it has to be short, one answer in so many is tried. */
const SAMPLE = 5

export async function hostileServers({ short, seed }: Pick<Extent, 'short' | 'seed'>) {
  await using standIn = await hostileStandIn()
  const places = new Map(hostileAnswers.map(({ name }, at) => [name, at]))
  const http = createHttpClient({ guard: standIn.guard, limits: short ? { milliseconds: 2000 } : {} })
  const source = feedSource({ http, clock: { now: () => Temporal.Now.instant() } })
  const found = { tried: 0, lost: 0, twice: 0, corrupt: 0, wrong: [] as string[] }
  let longest = 0
  using loop = watchLoop()

  async function one({ name, isLook, isSteady, ends }: HostileAnswer): Promise<void> {
    const url = `http://n${places.get(name)}.hostile.example/`
    const reading = isLook ? source.look(url) : source.read(url, {})
    const outcome = await Promise.race([reading.catch((error: unknown) => error), never()])
    found.tried++
    const sentence = wrongIn(outcome, ends)
    if (sentence !== undefined) {
      found.lost++
      found.wrong.push(`${name}: ${sentence}`)
      return
    }
    if (!isSteady || (await source.read(url, {})).digest === (outcome as FeedBatch).digest) return
    found.twice++
    found.wrong.push(`${name}: what it says is taken for news again`)
  }

  const escaped = (error: unknown) => {
    found.lost++
    found.wrong.push(`It would have ended the process: ${error}`)
  }
  process.on('uncaughtException', escaped)
  process.on('unhandledRejection', escaped)
  try {
    // What is loaded on first use is loaded before anything is timed.
    await source.read('http://warm.hostile.example/', {}).catch(() => undefined)
    loop.longest()
    const tried = short ? hostileAnswers.filter((_, at) => (at + seed) % SAMPLE === 0) : hostileAnswers
    for (let at = 0; at < tried.length; at += AT_ONCE) {
      const answers = tried.slice(at, at + AT_ONCE)
      await Promise.all(answers.map(one))
      const held = loop.longest()
      longest = Math.max(longest, held)
      if (held > HELD_MS) found.wrong.push(`${Math.round(held)} ms of the loop for ${answers.map(({ name }) => name).join(', ')}`)
    }
  } finally {
    process.off('uncaughtException', escaped)
    process.off('unhandledRejection', escaped)
  }
  for (const address of standIn.opened) {
    if (address === PUBLIC) continue
    found.corrupt++
    found.wrong.push(`${address} was connected to`)
  }
  return { ...found, notes: [`${found.tried} hostile answers; the loop was held for at most ${Math.round(longest)} ms.`] }
}

function wrongIn(outcome: unknown, ends: HostileAnswer['ends']): string | undefined {
  if (outcome === NEVER) return 'never ends'
  if (outcome instanceof SourceError) {
    const { retryAfter } = outcome
    if (retryAfter !== undefined && !(retryAfter >= 60 && retryAfter <= 86_400)) return `is to be left alone for ${retryAfter} s`
    return ends === 'read' ? `is refused: ${outcome.message}` : undefined
  }
  if (outcome instanceof Error) return `ends in ${outcome}`
  const { records } = outcome as { records: readonly unknown[] }
  if (records.length > MOST_RECORDS) return `gives ${records.length} papers`
  return ends === 'refused' ? `is read as ${records.length} papers` : undefined
}

const NEVER = Symbol('never')

function never(): Promise<typeof NEVER> {
  return new Promise((resolve) => setTimeout(resolve, NEVER_MS, NEVER).unref())
}
