// Pairs of a small document and what its reader has to make of it: records, skips with their lines, and the envelope.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPapers } from '#adapters/formats/read.ts'

const folder = join(import.meta.dirname, 'golden')
const documents = readdirSync(folder).filter((name) => !name.endsWith('.json'))

test.for(documents)('reads %s as its golden file says', async (name) => {
  const batches = await Array.fromAsync(readPapers([readFileSync(join(folder, name))]))
  const found = {
    format: batches[0]?.format.name,
    records: batches.flatMap((batch) => batch.records),
    skips: batches.flatMap((batch) => batch.skips),
    envelope: batches.at(-1)?.envelope,
  }
  expect(found).toEqual(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
})
