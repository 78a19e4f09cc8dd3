// All papers that a platform has to show well: the records at hand, the bundled ones in whatever is said of them, and ugly ones.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { readPapers } from '#adapters/formats/read.ts'
import { seededRandom } from '#bench/corpus.ts'
import type { Context } from '#core/commands/command.ts'
import { fromRecord } from '#core/merge.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { Block } from '#core/reply.ts'
import { uglyPaper } from '#test/ugly.ts'

export const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const CORPUS = '../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz'
export const RECORDS = 24_500
/** As many as the paper of a large experiment has. */
export const AUTHORS = 3303
const UGLY = 100_000
const BATCH = 25_000
export const BATCHES: readonly number[] = Array.from({ length: UGLY / BATCH }, (_, batch) => batch)
export const hasCorpus = existsSync(CORPUS)
/** For one test. */
export const WITHIN_MS = 240_000

export type Form = 'listing' | 'full' | 'line'

export async function allRecords(): Promise<PaperRecord[]> {
  const batches = await Array.fromAsync(readPapers([gunzipSync(readFileSync(CORPUS))]))
  return batches.flatMap(({ records }) => records)
}

export function paperOf(record: PaperRecord, number: number): Paper {
  return { ...fromRecord(record), number, firstSeen: '2026-11-21T09:00:00Z' }
}

/** The bundled papers, and what is posted of them: a digest with so many in full, an alert of all, an alert of each. */
export async function samplePosts(
  { templates, store }: Context,
  inFull: number,
): Promise<{ papers: Paper[]; posted: (readonly Block[])[] }> {
  const papers = (await store.papers.newest({}, { offset: 0, limit: 100 })).toReversed()
  expect(papers).toHaveLength(15)
  const why = [{ text: 'matches “sparse <autoencoder>”' }]
  const digest = {
    frequency: 'weekly',
    from: '2026-11-17T09:00:00Z',
    to: now.toString(),
    zone: 'Europe/Berlin',
    papers: papers.slice(0, inFull).map((paper) => ({ paper, why })),
    alerted: papers.map((paper) => ({ paper, why })),
    example: false,
    receipt: ['Read: arXiv cs.LG.'],
    following: ['the topic “sparse autoencoder”'],
  } as const
  const posted = [
    await templates.digest('digest', digest),
    await templates.alert({ papers: papers.map((paper) => ({ paper, why })), note: 'Later than usual.' }),
    ...(await Promise.all(papers.map((paper) => templates.alert({ papers: [{ paper, why }] })))),
  ]
  return { papers, posted }
}

/** What people may ask of these papers, once each is saved; `of` are more commands that take a paper. */
export function linesOf(papers: readonly Paper[], of: readonly string[] = []): string[] {
  const lines = [
    'search representation',
    'author Eric J. Michaud',
    'trending',
    'saved',
    'saved --page 2',
    'help',
    'export bibtex',
  ]
  const each = ['paper', 'related', 'export bibtex', 'why', ...of]
  return [...lines, ...papers.flatMap(({ ids: [id] }) => each.map((command) => `${command} ${id}`))]
}

/** The ugly papers of a batch, each in a form, by the batch's own seed. */
export function* uglyBatch(batch: number): Generator<{ paper: Paper; form: Form }> {
  const random = seededRandom(batch + 1)
  for (let at = 0; at < BATCH; at++) {
    yield {
      paper: uglyPaper(random, batch * BATCH + at),
      form: at % 8 === 0 ? 'full' : at % 8 === 1 ? 'line' : 'listing',
    }
  }
}
