// Hostile files in all formats that are read: sound ones, broken in many ways and swollen up to the limits. Each is read to its end,
// into whole records and counted skips, or is said to be in no format; and none holds the event loop.
// Lost is a file whose reading threw anything else; corrupt is a record that is not whole.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { readPapers, UnknownFormat } from '#adapters/formats/read.ts'
import { seededRandom } from '#bench/corpus.ts'
import { watchLoop } from './loop.ts'

const SOUND = join(import.meta.dirname, '..', 'test', 'adapters', 'formats', 'golden')
const HELD_MS = 100
/** Characters; nothing that is fetched is longer. */
const LONGEST = 5_000_000
const CHUNKS = [1000, 65_536, LONGEST]
/** One file in so many is swollen. */
const SWOLLEN = 8

// biome-ignore format: a heap of small things
const PIECES = [
  '<', '>', '&', '"', "'", '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE r [<!ENTITY a "', '">]>', '&a;', '&#0;', '&#x110000;', '&nbsp;', '&nope;',
  '<item>', '</item>', '<entry>', '</entry>', '<record>', '</record>', '<title>', '</title>', '<a>', '<a b="', '<dc:creator>A B</dc:creator>', '<author><name>A</name></author>',
  '{', '}', '[', ']', ',', ':', '{"a":', '[[', 'null', 'true', '1e999', '-0', '"\\ud800"', '"__proto__":', '{"title":"', '\\u0000', '\n{"title":"A"}\n',
  '@', '@article{', '@string{a="b"}', '@string{a=a # a}', '@comment{', '#', '\\', '\\"{', '{\\"a}', "\\'", '$', '$$', '\\frac{', '%', '~',
  'A, B and ', 'et al. ', '((1) B) ', '(', ')', '; ', '10.1000/', 'arXiv:', '2609.12345v', '9999-99-99', 'Thu, 99 Xyz 9999', '\0', '\ufeff', '\u202e', '\ud800', '\n', '\r', ' ', 'x',
]

export async function hostileFiles(seed: number, tries: number) {
  const chance = seededRandom(seed)
  const upTo = (most: number) => Math.floor(chance() * most)
  const sound = readdirSync(SOUND).filter((name) => !name.endsWith('.json'))
  const texts = sound.map((name) => readFileSync(join(SOUND, name), 'utf8'))
  const found = { tried: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  let longest = 0
  let records = 0
  using loop = watchLoop()
  // What is loaded and compiled on first use is so before anything is timed.
  for (const text of texts) for (let time = 0; time < 20; time++) await read([Buffer.from(text)])
  for (; found.tried < tries; found.tried++) {
    const nth = upTo(texts.length)
    const isSwollen = found.tried % SWOLLEN === 0
    const bytes = encoded(wounded(texts[nth] ?? '', isSwollen, chance), chance)
    const name = `${sound[nth]}, seed ${seed}, try ${found.tried}`
    await turn()
    loop.longest()
    try {
      for (const record of await read(chunks(bytes, CHUNKS[upTo(CHUNKS.length)] ?? LONGEST))) {
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

function wounded(text: string, isSwollen: boolean, chance: () => number): string {
  const upTo = (most: number) => Math.floor(chance() * most)
  const piece = () => PIECES[upTo(PIECES.length)] ?? ''
  let hurt = text
  for (let wounds = 1 + upTo(8); wounds > 0; wounds--) {
    const at = upTo(hurt.length)
    const to = at + upTo(60)
    const [before, inside, after] = [hurt.slice(0, at), hurt.slice(at, to), hurt.slice(to)]
    const ways = [
      before,
      before + after,
      before + inside + inside + after,
      before + piece() + after,
      before + piece().repeat(upTo(50)) + after,
    ]
    hurt = ways[upTo(ways.length)] ?? ''
  }
  if (!isSwollen) return hurt
  const at = upTo(hurt.length)
  const swelling = piece() + (chance() < 0.5 ? piece() : '')
  // Just within one paper's limit, or as much as is ever fetched.
  const length = chance() < 0.5 ? 480_000 : LONGEST - hurt.length
  return hurt.slice(0, at) + swelling.repeat(Math.floor(length / swelling.length)) + hurt.slice(at)
}

function encoded(text: string, chance: () => number): Buffer {
  const ways = ['utf8', 'utf8', 'utf8', 'latin1', 'utf16le'] as const
  return Buffer.from(text, ways[Math.floor(chance() * ways.length)])
}
