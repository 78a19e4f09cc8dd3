// Everything there is to say about a paper, over all records at hand and over as many ugly ones as nobody will ever write: Slack takes
// it, by our reading of its rules and by that of the strict stand-in, nothing foreign in it is active, and titles read as they were written.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { cardOf } from '#adapters/chat/slack/asks/unfurl.ts'
import { messagesOf, oneMessageOf, type SlackMessage } from '#adapters/chat/slack/render/message.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import type { Block } from '#core/reply.ts'
import { misreadTitle, violationsOf } from '#test/adapters/chat/slack/block-kit.ts'
import { aPaper } from '#test/builders.ts'
import { openBot } from '#test/core/commands/bot.ts'
import {
  AUTHORS,
  allRecords,
  BATCHES,
  type Form,
  hasCorpus,
  linesOf,
  now,
  paperOf,
  RECORDS,
  samplePosts,
  uglyBatch,
  WITHIN_MS,
} from './all-papers.ts'
import { hasFakes } from './fake.ts'
import { copyOfFake } from './slack-fake.ts'

/** What of the stand-in's reader is used here. */
interface Checker {
  errs: readonly object[]
  message(message: object): void
  blocks(blocks: readonly unknown[], path: string, most: number): void
}

describe.skipIf(!hasFakes || !hasCorpus)('what Slack is sent', () => {
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
  function wrongCards(paper: Paper, forms: readonly Form[]): unknown[] {
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
      const records = await allRecords()
      expect(records).toHaveLength(RECORDS)
      const found: unknown[] = []
      for (const [at, record] of records.entries()) {
        const paper = paperOf(record, at + 1)
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
      const names = new Set((await allRecords()).flatMap(({ authors }) => authors.map(({ name }) => name)))
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
      const { papers, posted } = await samplePosts(bot.context, 10)
      for (const blocks of posted) {
        const message = oneMessageOf(blocks, now)
        expect(message).toBeDefined()
        if (message) expect(wrong([message])).toEqual([])
      }
      for (const paper of papers) await bot.ask(`save ${paper.ids[0]}`)
      for (const line of linesOf(papers)) {
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

  test.each(BATCHES)(
    'ugly papers, batch %i',
    (batch) => {
      const found: unknown[] = []
      for (const { paper, form } of uglyBatch(batch)) {
        found.push(...wrongCards(paper, [form]))
        if (found.length >= 10) break
      }
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )
})

function actionsOf(paper: Paper, form: 'listing' | 'full') {
  return form === 'full' ? fullCardActions(paper) : paperActions(paper)
}
