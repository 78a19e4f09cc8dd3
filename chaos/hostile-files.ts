// Hostile files in all formats that are read: sound ones, broken in many ways and swollen up to the limits. Each is read to its end,
// into whole records and counted skips, or is said to be in no format; and none holds the event loop.
// Lost is a file whose reading threw anything else; corrupt is a record that is not whole.
import { setImmediate as turn } from 'node:timers/promises'
import { readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import { seededRandom } from '#bench/corpus.ts'
import { goldenTexts, hostileTexts } from './hostile-texts.ts'
import { watchLoop } from './loop.ts'

const HELD_MS = 100
/** As sockets, files and answers give them. */
const CHUNKS = [1000, 65_536, 5_000_000]
/** One file in so many is swollen. */
const SWOLLEN = 8
const WARM = 20

export async function hostileFiles(seed: number, tries: number) {
  const chance = seededRandom(seed)
  const next = hostileTexts(chance, SWOLLEN)
  const found = { tried: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  let longest = 0
  let records = 0
  using loop = watchLoop()
  // What is loaded and compiled on first use is so before anything is timed.
  for (const { text } of goldenTexts()) for (let time = 0; time < WARM; time++) await read([Buffer.from(text)])
  for (; found.tried < tries; found.tried++) {
    const { from, bytes } = next()
    const size = CHUNKS[Math.floor(chance() * CHUNKS.length)] ?? 1
    const name = `${from}, seed ${seed}, try ${found.tried}`
    await turn()
    loop.longest()
    try {
      for (const record of await read(chunks(bytes, size))) {
        records++
        if (record.title.trim() !== '' && record.ids.length > 0 && record.ids.every(Boolean)) continue
        found.corrupt++
        found.wrong.push(`${name}: ${JSON.stringify(record).slice(0, 200)}`)
      }
    } catch (error) {
      if (!(error instanceof UnknownFormat)) {
        found.lost++
        found.wrong.push(`${name}: ${error}`)
      }
    }
    const held = loop.longest()
    longest = Math.max(longest, held)
    if (held > HELD_MS) found.wrong.push(`${name}: ${Math.round(held)} ms of the loop`)
  }
  return {
    ...found,
    notes: [`${tries} hostile files gave ${records} records; the loop was held for at most ${Math.round(longest)} ms.`],
  }
}

async function read(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  const batches = await Array.fromAsync(readPapers(bytes))
  return batches.flatMap((batch) => batch.records)
}

/** As a file or an answer comes: between two chunks there is a turn of the loop. */
async function* chunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    await turn()
    yield bytes.subarray(at, at + size)
  }
}
