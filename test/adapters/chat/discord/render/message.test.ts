import { describe, expect, test } from 'vitest'
import type { DiscordMessage } from '#adapters/chat/discord/render/components.ts'
import { carriedBy, markOf } from '#adapters/chat/discord/render/custom-id.ts'
import { messagesOf, oneMessageOf } from '#adapters/chat/discord/render/message.ts'
import { createTemplates } from '#adapters/templates.ts'
import { paperActions, themActions } from '#core/commands/card-actions.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Block, CommandAction } from '#core/reply.ts'
import { CARDS, partsOf } from '#digests/parts.ts'
import { readingOf, violationsOf } from '#test/adapters/chat/discord/components.ts'
import { aPaper } from '#test/builders.ts'

const now = Temporal.Instant.from('2026-11-24T09:00:00Z')
const mark = 'abcdefghijklmnop'
const CJK = '神经网络在训练中学到的表示为何以及如何从记忆转为泛化：一种有效理论'

// biome-ignore lint/suspicious/noExplicitAny: components of all kinds
type Any = any

function aCard(paper: Paper, more: Partial<Extract<Block, { kind: 'card' }>> = {}): Block {
  return { kind: 'card', paper, form: 'listing', actions: paperActions(paper), ...more }
}

function papers(count: number, of: (at: number) => Partial<Paper> = () => ({})): Paper[] {
  return Array.from({ length: count }, (_, at) =>
    aPaper({
      number: at + 1,
      ids: [`arxiv:2604.${String(10_000 + at)}`],
      title: `Paper number ${at}`,
      abstract: 'Moths. '.repeat(200),
      ...of(at),
    }),
  )
}

function rowsOf({ components }: Pick<DiscordMessage, 'components'>): Any[][] {
  return (components as Any[]).filter(({ type }) => type === 1).map(({ components }) => components)
}

function typesOf({ components }: Pick<DiscordMessage, 'components'>): number[] {
  return components.map(({ type }) => type)
}

/** Of its first component. */
function contentOf(message: DiscordMessage | undefined): string {
  const [first] = (message?.components ?? []) as Any[]
  return first.content
}

function menusOf(message: DiscordMessage): Any[] {
  return rowsOf(message).flatMap((row) => row.filter(({ type }) => type === 3))
}

describe('an answer', () => {
  test('reads as the listing does, a card over its buttons, with a line between cards', () => {
    const [paper] = papers(1, () => ({
      abstract: 'How moths find the lamp.',
      score: 72.3,
      published: '2026-04-23',
      categories: ['cs.LG'],
    }))
    const [message, ...more] = messagesOf([aCard(paper as Paper), aCard(paper as Paper)], { now })
    expect(more).toEqual([])
    expect(typesOf(message as DiscordMessage)).toEqual([10, 1, 14, 10, 1])
    expect(contentOf(message).split('\n')).toEqual([
      '-# **72.3** · LG · Apr 23',
      '[**Paper number 0**](<https://arxiv.org/abs/2604.10000>)',
      expect.any(String),
      'How moths find the lamp.',
    ])
    expect(rowsOf(message as DiscordMessage)[0]?.map(({ label }) => label)).toEqual(['Details', 'Save', 'Vote'])
  })

  test('of five cards and a row for its pages is one message', () => {
    const pages: Block = { kind: 'actions', actions: [{ label: 'Next', command: 'search moth --page 2', primary: true }] }
    const blocks = [{ kind: 'heading', spans: [{ text: 'Papers' }] }, ...papers(5).map((paper) => aCard(paper)), pages] as Block[]
    const messages = messagesOf(blocks, { now })
    expect(messages).toHaveLength(1)
    expect(rowsOf(messages[0] as DiscordMessage).at(-1)?.[0]).toMatchObject({ label: 'Next', style: 1 })
  })

  test('a card by itself has a menu for what is behind it; in a list that is on the full card', () => {
    const [paper] = papers(1)
    const [alone] = messagesOf([aCard(paper as Paper)], { now })
    expect(
      menusOf(alone as DiscordMessage)[0]
        .options.map(({ label }: Any) => label)
        .slice(0, 2),
    ).toEqual(['Related', 'BibTeX'])
    const [list] = messagesOf(
      papers(2).map((one) => aCard(one)),
      { now },
    )
    expect(menusOf(list as DiscordMessage)).toEqual([])
  })

  test('never parts a card from its buttons', () => {
    const messages = messagesOf(
      papers(20).map((paper) => aCard(paper)),
      { now },
    )
    expect(messages.length).toBeGreaterThan(1)
    for (const { components } of messages) {
      const types = typesOf({ components }).filter((type) => type !== 14)
      expect(types).toEqual(types.map((_, at) => (at % 2 === 0 ? 10 : 1)))
    }
  })

  test('a row for all cards is never alone', () => {
    for (const count of [1, 7, 8, 15, 16, 23]) {
      const row: Block = { kind: 'actions', actions: [{ label: 'Order by date', command: 'author x --order date' }] }
      const messages = messagesOf([...papers(count).map((paper) => aCard(paper)), row], { now })
      expect(typesOf(messages.at(-1) as DiscordMessage)[0]).toBe(10)
      for (const message of messages) expect(violationsOf(message)).toEqual([])
    }
  })

  test('long words are parted, at line ends where there are any, and none is lost', () => {
    const text = Array.from({ length: 400 }, (_, at) => `Line ${at} of many, with words.`).join('\n')
    const messages = messagesOf([{ kind: 'prose', spans: [{ text }] }], { now })
    expect(messages.length).toBeGreaterThan(1)
    expect(messages.map(({ components }) => readingOf(components)).join('\n')).toBe(text)
    const endless = messagesOf([{ kind: 'prose', spans: [{ text: '👩🏽‍🔬'.repeat(1500) }] }], { now })
    expect(endless.map(({ components }) => readingOf(components)).join('')).toBe('👩🏽‍🔬'.repeat(1500))
  })

  test('an empty line has no message of its own', () => {
    const full = 'moth '.repeat(800).trim()
    const messages = messagesOf([{ kind: 'prose', spans: [{ text: `${full}\n\n` }] }], { now })
    expect(messages).toHaveLength(1)
    expect(messages.flatMap(violationsOf)).toEqual([])
  })

  test('of more than five messages says what is left out, and what to ask for', () => {
    const messages = messagesOf(
      papers(200).map((paper) => aCard(paper)),
      { now },
    )
    expect(messages).toHaveLength(5)
    const shown = messages.flatMap(rowsOf).length
    expect(readingOf(messages.at(-1)?.components ?? [])).toContain(`${200 - shown} more papers are left out here`)
    expect(messages.flatMap(violationsOf)).toEqual([])
  })

  test('what no button can carry is said in words, and forms are left out', () => {
    const url = `https://a.example/${'x'.repeat(600)}`
    const actions = [
      { label: 'Read', url },
      { label: 'Run', url: 'javascript:alert(1)' },
      { label: 'Form', command: 'follow', form: true as const },
    ]
    const [message] = messagesOf([{ kind: 'actions', actions }], { now })
    expect(readingOf(message?.components ?? [])).toBe(`Read: ${url}\nRun: javascript:alert(1)`)
  })

  test('code that cannot stand in the message as it is comes as a file, where files go', () => {
    const text = `{"a": "\`\`\`"}`
    const [message] = messagesOf([{ kind: 'code', text, language: 'json' }], { now, files: true })
    expect(message?.files).toEqual([{ name: 'papers.json', text: `${text}\n` }])
    const [plain] = messagesOf([{ kind: 'code', text, language: 'json' }], { now })
    expect(plain?.files).toEqual([])
    expect(violationsOf(plain as DiscordMessage)).toEqual([])
  })

  test('two files of one kind differ in name', () => {
    const code: Block = { kind: 'code', text: 'TY  - JOUR', language: 'ris' }
    const [message] = messagesOf([code, code], { now, files: true })
    expect(message?.files.map(({ name }) => name)).toEqual(['papers.ris', 'papers-2.ris'])
    expect(violationsOf(message as DiscordMessage)).toEqual([])
  })
})

describe('a delivery', () => {
  test('of one paper has all of its abstract and its own buttons', () => {
    const [paper] = papers(1)
    const message = oneMessageOf([aCard(paper as Paper)], { now, mark }) as DiscordMessage
    expect(readingOf(message.components)).toContain('Moths. '.repeat(200).trim())
    expect(rowsOf(message)[0]?.map(({ label }) => label)).toEqual(['Details', 'Save', 'Vote'])
  })

  test('of ten is one message with one menu, in which each paper has its title and its command', () => {
    const message = oneMessageOf(
      papers(10).map((paper) => aCard(paper)),
      { now, mark },
    ) as DiscordMessage
    const [menu] = menusOf(message)
    expect(menu.placeholder).toBe('Open a paper…')
    expect(menu.options.map(({ label }: Any) => label)).toEqual(papers(10).map(({ title }) => title))
    expect(menu.options.map(({ value }: Any) => (carriedBy(value) as Any).command)).toEqual(
      papers(10).map((_, at) => `paper 2604.${10_000 + at}`),
    )
    expect(rowsOf(message)).toHaveLength(1)
  })

  test('what is asked of one paper stays under it', () => {
    const them = { name: 'Jun Li' } as Parameters<typeof themActions>[1]
    const all = papers(9).map((paper, at) =>
      aCard(paper, at === 3 ? { actions: [...themActions(paper, them), ...paperActions(paper)] as CommandAction[] } : {}),
    )
    const message = oneMessageOf(all, { now, mark }) as DiscordMessage
    expect(rowsOf(message).map((row) => row.map(({ label, type }) => label ?? type))).toEqual([
      ['Yes, it is them', 'Not them'],
      [3],
    ])
    expect(violationsOf(message)).toEqual([])
  })

  test('has its mark in the first thing to press, whatever that is, or in a button of its own', () => {
    const first = (message: DiscordMessage | undefined) => markOf(rowsOf(message as DiscordMessage)[0]?.[0].custom_id)
    expect(
      first(
        oneMessageOf(
          papers(1).map((paper) => aCard(paper)),
          { now, mark },
        ),
      ),
    ).toBe(mark)
    expect(
      first(
        oneMessageOf(
          papers(10).map((paper) => aCard(paper)),
          { now, mark },
        ),
      ),
    ).toBe(mark)
    expect(first(oneMessageOf([{ kind: 'prose', spans: [{ text: 'Nothing new.' }] }], { now, mark }))).toBe(mark)
    const forms: Block = { kind: 'actions', actions: [{ label: 'Form', command: 'follow', form: true }] }
    expect(first(oneMessageOf([{ kind: 'prose', spans: [{ text: 'Nothing new.' }] }, forms], { now, mark }))).toBe(mark)
  })

  test('of nothing is none, and of more than can be shortened is none', () => {
    expect(oneMessageOf([], { now })).toBeUndefined()
    const rows = Array.from({ length: 2000 }, (_, at) => [{ text: `Row ${at}` }])
    expect(oneMessageOf([{ kind: 'list', ordered: true, rows }], { now, mark })).toBeUndefined()
  })

  test('a command too long for an option is kept under a key', () => {
    const long = papers(10, () => ({ ids: [`source:feed:${'x'.repeat(300)}` as PaperId] }))
    const message = oneMessageOf(
      long.map((paper) => aCard(paper)),
      { now, mark },
    ) as DiscordMessage
    expect([...message.phrases.values()][0]).toBe(`paper source:feed:${'x'.repeat(300)}`)
    expect(violationsOf(message)).toEqual([])
  })
})

describe('the largest digest and the largest alert are one message each', () => {
  const templates = createTemplates()
  const why = [{ text: 'matches “sparse autoencoder” and “mechanistic interpretability”, by Eric J. Michaud' }]
  const kinds = {
    plain: () => ({ title: 'Sparse feature circuits: discovering and editing interpretable causal graphs in language models' }),
    chinese: () => ({ title: CJK.repeat(3), abstract: CJK.repeat(50), authors: ['欧阳明', '司马相如', '诸葛亮'] }),
    marked: (at: number) => ({
      title: '*a_b*[c]`d`: '.repeat(12),
      abstract: '**[x](https://a.b)** '.repeat(90),
      authors: ['A_*B'],
      url: `https://a.example/${at}/${'y'.repeat(450)}`,
      ids: [`source:feed:${at}`],
    }),
  } as unknown as Record<string, (at: number) => Partial<Paper>>

  test.each(Object.keys(kinds))('with papers that are %s', async (kind) => {
    const all = papers(90, kinds[kind]).map((paper) => ({ paper, why }))
    const following = Array.from({ length: 100 }, (_, at) => `the topic “sparse autoencoder ${at}”`)
    const receipt = [
      'Read: cs.LG 108 of 108, cs.CL 97 of 98 (partial), cs.AI 80 of 80; 3 matched.',
      'cs.CV could not be read since Nov 20.',
    ]
    const window = {
      frequency: 'weekly',
      from: '2026-11-17T09:00:00Z',
      to: now.toString(),
      zone: 'Europe/Berlin',
      example: false,
    } as const
    const digest = await templates.digest('digest', {
      ...window,
      papers: all.slice(0, 100),
      alerted: all.slice(100),
      receipt,
      following,
    })
    const alert = await templates.alert({
      papers: all.slice(0, 40),
      note: 'Later than usual, since the source could not be read.',
    })
    const parts = [digest, alert].flatMap((blocks) => partsOf(blocks, []))
    expect(parts.length).toBeGreaterThan(4)
    for (const { blocks } of parts) {
      const cards = blocks.filter((block) => block.kind === 'card' && block.form === 'listing')
      expect(cards.length).toBeLessThanOrEqual(CARDS)
      const message = oneMessageOf(blocks, { now, mark })
      expect(message).toBeDefined()
      if (message) expect(violationsOf(message)).toEqual([])
    }
  })
})
