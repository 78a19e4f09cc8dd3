// Everything there is to say about a paper, over all records at hand and over as many ugly ones as nobody will ever write: Discord takes
// it, by our reading of its rules, by that of the strict stand-in and by its own OpenAPI document; nothing foreign in it is active, and
// titles read as they were written.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DiscordMessage } from '#adapters/chat/discord/render/components.ts'
import { messagesOf, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import type { Paper, PaperRecord } from '#core/paper.ts'
import type { Block } from '#core/reply.ts'
import { partsOf } from '#digests/parts.ts'
import { misreadTitle, violationsOf } from '#test/adapters/chat/discord/components.ts'
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
import { copyOfFake } from './discord-fake.ts'
import { hasFakes } from './fake.ts'

/** Of so many messages one is checked by the OpenAPI document, which takes its time. */
const EACH = 50
const ROUTE = '/channels/3000000000000000002/messages'
const COMPONENTS_V2 = 32_768
const mark = 'abcdefghijklmnop'

/** What of the stand-in's readers is used here. */
interface Fake {
  readonly Checker: new () => { errs: readonly object[]; message(body: object, options: { files: number }): void }
  readonly OpenApi: new (
    document: unknown,
  ) => { check(method: string, path: string, body: object): readonly object[] | undefined }
}

describe.skipIf(!hasFakes || !hasCorpus)('what Discord is sent', () => {
  let fake: Fake
  let openApi: InstanceType<Fake['OpenApi']>
  let records: PaperRecord[]
  let checked = 0

  beforeAll(async () => {
    const folder = copyOfFake()
    fake = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'fake-discord.ts')).href)
    openApi = new fake.OpenApi(JSON.parse(readFileSync(join(folder, 'discord-openapi.json'), 'utf8')))
    records = await allRecords()
  })

  /** What is wrong with these messages, by all readers. */
  function wrong(messages: readonly DiscordMessage[]): unknown[] {
    return messages.flatMap((message) => {
      const body = { components: message.components, flags: COMPONENTS_V2, allowed_mentions: { parse: [] } }
      const checker = new fake.Checker()
      checker.message(body, { files: message.files.length })
      const schema = checked++ % EACH === 0 ? openApi.check('POST', ROUTE, body) : []
      return [...violationsOf(message), ...checker.errs, ...(schema ?? ['The document knows no such route.'])]
    })
  }

  /** What is wrong with the paper in any of these forms, with where it went wrong. */
  function wrongCards(paper: Paper, forms: readonly Form[]): unknown[] {
    return forms.flatMap((form) => {
      const actions = form === 'full' ? fullCardActions(paper) : paperActions(paper)
      const messages = messagesOf([{ kind: 'card', paper, form, ...(form === 'line' ? {} : { actions }) }], { now })
      const misread = misreadTitle(messages[0]?.components ?? [], paper)
      const found = [...wrong(messages), ...(misread === undefined ? [] : [{ misread, title: paper.title }])]
      return found.map((error) => ({ form, id: paper.ids[0], error }))
    })
  }

  test(
    'all real records',
    () => {
      expect(records).toHaveLength(RECORDS)
      const found: unknown[] = []
      for (const [at, record] of records.entries()) {
        const paper = paperOf(record, at + 1)
        found.push(...wrongCards(paper, at % 2 === 0 ? ['full'] : ['listing', 'line']))
        if (found.length > 10) break
      }
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )

  test(
    'digests and alerts of all real records, ten papers each with as many lines as a message takes',
    () => {
      const found: unknown[] = []
      for (let at = 0; at + 35 <= RECORDS; at += 350) {
        const all = records.slice(at, at + 35).map(paperOf)
        const why = [{ text: 'matches “sparse autoencoder”' }]
        const blocks = all.map((paper, number): Block => {
          return number < 10
            ? { kind: 'card', paper, form: 'listing', why, actions: paperActions(paper) }
            : { kind: 'card', paper, form: 'line', why }
        })
        const message = oneMessageOf(blocks, { now, mark })
        found.push(...(message ? wrong([message]) : [`none from ${at} on`]))
      }
      expect(found).toEqual([])
    },
    WITHIN_MS,
  )

  test(
    'the authors of all real records, each to be followed, and thousands of them on one paper',
    () => {
      const names = [...new Set(records.flatMap(({ authors }) => authors.map(({ name }) => name)))]
      expect(wrongCards(aPaper({ authors: names.slice(0, AUTHORS) }), ['listing', 'full', 'line'])).toEqual([])
      for (let at = 0; at < names.length; at += 400) {
        const some = names.slice(at, at + 400)
        const rows = some.map((name) => [{ text: name, bold: true }])
        const actions = some.slice(0, 150).map((name) => ({ label: `Follow ${name}`, command: `follow author ${name}` }))
        const blocks: Block[] = [
          { kind: 'list', ordered: false, rows },
          { kind: 'actions', actions },
        ]
        expect(wrong(messagesOf(blocks, { now }))).toEqual([])
      }
    },
    WITHIN_MS,
  )

  test(
    'the bundled papers in every form: answers, alert, digest, reading list, files',
    async () => {
      await using bot = await openBot({ at: now.toString() })
      const { papers, posted } = await samplePosts(bot.context, 15)
      for (const { blocks } of posted.flatMap((blocks) => partsOf(blocks, []))) {
        const message = oneMessageOf(blocks, { now, mark })
        expect(message).toBeDefined()
        if (message) expect(wrong([message])).toEqual([])
      }
      for (const paper of papers) await bot.ask(`save ${paper.ids[0]}`)
      for (const line of linesOf(papers, ['lookup'])) {
        const { reply } = await bot.ask(line)
        expect({ line, wrong: wrong(messagesOf(reply.blocks, { now, files: true })) }).toEqual({ line, wrong: [] })
      }
      for (const paper of papers) expect(wrongCards(paper, ['listing', 'full', 'line'])).toEqual([])
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
