// Everything there is to say about a paper, over all records at hand and over as many ugly ones as nobody will ever write: Slack takes
// it, by our reading of its rules and by that of the strict stand-in, nothing foreign in it is active, and titles read as they were written.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { cardOf } from '#adapters/chat/slack/asks/unfurl.ts'
import { messagesOf, oneMessageOf, type SlackMessage } from '#adapters/chat/slack/render/message.ts'
import { readPapers } from '#adapters/formats/read.ts'
import { seededRandom } from '#bench/corpus.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import { fromRecord } from '#core/merge.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { Block } from '#core/reply.ts'
import { misreadTitle, violationsOf } from '#test/adapters/chat/slack/block-kit.ts'
import { aPaper } from '#test/builders.ts'
import { openBot } from '#test/core/commands/bot.ts'
import { uglyPaper } from '#test/ugly.ts'
import { hasFakes } from './fake.ts'
import { copyOfFake } from './slack-fake.ts'

const CORPUS = '../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz'
const RECORDS = 24_500
/** As many as the paper of a large experiment has. */
const AUTHORS = 3303
const UGLY = 100_000
const BATCH = 25_000
const WITHIN_MS = 240_000
const now = Temporal.Instant.from('2026-11-24T09:00:00Z')

/** What of the stand-in's reader is used here. */
interface Checker {
  errs: readonly object[]
  message(message: object): void
  blocks(blocks: readonly unknown[], path: string, most: number): void
}

describe.skipIf(!hasFakes || !existsSync(CORPUS))('what Slack is sent', () => {
  let checker: (surface: 'message' | 'unfurl') => Checker

  beforeAll(async () => {
    const fake = await import(/* @vite-ignore */ pathToFileURL(join(copyOfFake(), 'fake-slack.ts')).href)
    checker = (surface) => new fake.Checker(surface)
  })

  /** What is wrong with these messages, by both readers. */
  function wrong(messages: readonly SlackMessage[]): unknown[] {
    return messages.flatMap((message) => {
      const other = checker('message')
      other.message({ ...message, unfurl_links: false, unfurl_media: false })
      return [...violationsOf(message), ...other.errs]
    })
  }

  /** What is wrong with the paper in any of these forms, with where it went wrong. */
  function wrongCards(paper: Paper, forms: readonly ('listing' | 'full' | 'line')[]): unknown[] {
    return forms.flatMap((form) => {
      const card: Block = { kind: 'card', paper, form, ...(form === 'line' ? {} : { actions: actionsOf(paper, form) }) }
      const messages = messagesOf([card], { now })
      const misread = misreadTitle(messages[0]?.blocks ?? [], paper)
      return [...wrong(messages), ...(misread === undefined ? [] : [{ misread, title: paper.title }])].map((error) => ({
        form,
        id: paper.ids[0],
        error,
      }))
    })
  }

  test(
    'all real records',
    async () => {
      const batches = await Array.fromAsync(readPapers([gunzipSync(readFileSync(CORPUS))]))
      const records: PaperRecord[] = batches.flatMap(({ records }) => records)
      expect(records).toHaveLength(RECORDS)
      const found: unknown[] = []
      for (const [at, record] of records.entries()) {
        const paper = { ...fromRecord(record), number: at + 1, firstSeen: '2026-11-21T09:00:00Z' }
        found.push(...wrongCards(paper, ['listing', 'full', 'line']))
        if (found.length > 10) break
      }
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )

  test(
    'the authors of all real records, each to be followed, and thousands of them on one paper',
    async () => {
      const batches = await Array.fromAsync(readPapers([gunzipSync(readFileSync(CORPUS))]))
      const names = new Set(batches.flatMap(({ records }) => records.flatMap(({ authors }) => authors.map(({ name }) => name))))
      const many = [...names].slice(0, AUTHORS)
      expect(many).toHaveLength(AUTHORS)
      expect(wrongCards(aPaper({ authors: many }), ['listing', 'full', 'line'])).toEqual([])
      const rows = [...names].map((name) => [{ text: name, bold: true }])
      expect(wrong(messagesOf([{ kind: 'list', ordered: false, rows }], { now }))).toEqual([])
      const actions = [...names].map((name) => ({ label: `Follow ${name}`, command: `follow author ${name}` }))
      expect(wrong(messagesOf([{ kind: 'actions', actions }], { now }))).toEqual([])
    },
    WITHIN_MS,
  )

  test(
    'the bundled papers in every form: answers, alert, digest, reading list, link',
    async () => {
      await using bot = await openBot({ at: now.toString() })
      const { templates, store } = bot.context
      const papers = (await store.papers.newest({}, { offset: 0, limit: 100 })).toReversed()
      expect(papers).toHaveLength(15)
      const why = [{ text: 'matches “sparse <autoencoder>”' }]
      const digest = {
        frequency: 'weekly',
        from: '2026-11-17T09:00:00Z',
        to: now.toString(),
        zone: 'Europe/Berlin',
        papers: papers.slice(0, 10).map((paper) => ({ paper, why })),
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
      for (const blocks of posted) {
        const message = oneMessageOf(blocks, now)
        expect(message).toBeDefined()
        if (message) expect(wrong([message])).toEqual([])
      }
      for (const paper of papers) await bot.ask(`save ${paper.ids[0]}`)
      const lines = [
        'search representation',
        'author Eric J. Michaud',
        'trending',
        'saved',
        'saved --page 2',
        'help',
        'export bibtex',
      ]
      const each = papers.flatMap(({ ids: [id] }) => [`paper ${id}`, `related ${id}`, `export bibtex ${id}`, `why ${id}`])
      for (const line of [...lines, ...each]) {
        const { reply } = await bot.ask(line)
        expect({ line, wrong: wrong(messagesOf(reply.blocks, { now })) }).toEqual({ line, wrong: [] })
      }
      for (const paper of papers) {
        expect(wrongCards(paper, ['listing', 'full', 'line'])).toEqual([])
        const link = checker('unfurl')
        link.blocks(cardOf(paper, now), '', 50)
        expect(link.errs).toEqual([])
      }
    },
    WITHIN_MS,
  )

  test.each(Array.from({ length: UGLY / BATCH }, (_, batch) => batch))(
    'ugly papers, batch %i',
    (batch) => {
      const random = seededRandom(batch + 1)
      const found: unknown[] = []
      for (let at = 0; at < BATCH && found.length < 10; at++) {
        const paper = uglyPaper(random, batch * BATCH + at)
        found.push(...wrongCards(paper, [at % 8 === 0 ? 'full' : at % 8 === 1 ? 'line' : 'listing']))
      }
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )
})

function actionsOf(paper: Paper, form: 'listing' | 'full') {
  return form === 'full' ? fullCardActions(paper) : paperActions(paper)
}
