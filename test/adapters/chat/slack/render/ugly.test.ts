// Whatever others write, Slack takes what we send, nothing in it is active, and what it says is what they wrote.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messagesOf, oneMessageOf } from '#adapters/chat/slack/render/message.ts'
import { modalView, viewBlocksOf } from '#adapters/chat/slack/render/view.ts'
import { seededRandom } from '#bench/corpus.ts'
import { fullCardActions, paperActions } from '#core/commands/card-actions.ts'
import type { Action, Block, Span } from '#core/reply.ts'
import { misreadTitle, viewViolationsOf, violationsOf } from '#test/adapters/chat/slack/block-kit.ts'
import { UGLY, uglyPaper } from '#test/ugly.ts'

const now = Temporal.Instant.from('2026-11-22T09:00:00Z')

const ugly = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...UGLY), { maxLength: 30 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...UGLY), fc.integer({ min: 0, max: 3000 })).map(([part, times]) => part.repeat(times)),
  },
)
const span: fc.Arbitrary<Span> = fc.record(
  {
    text: ugly,
    bold: fc.boolean(),
    italic: fc.boolean(),
    code: fc.boolean(),
    link: fc.oneof(
      ugly,
      ugly.map((end) => `https://a.example/${end}`),
    ),
  },
  { requiredKeys: ['text'] },
)
const spans = fc.array(span, { maxLength: 5 })
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    label: ugly,
    url: fc.oneof(
      ugly,
      ugly.map((end) => `https://a.example/${end}`),
    ),
  }),
  fc.record(
    { label: ugly, command: ugly, primary: fc.boolean(), more: fc.constant<true>(true), aside: fc.constant<true>(true) },
    { requiredKeys: ['label', 'command'] },
  ),
)
/** By its seed alone, so that a paper of no human length is as rare as among generated ones, and one that fails is found again at once. */
const paper = fc.noShrink(fc.nat()).map((seed) => uglyPaper(seededRandom(seed), 1))
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading', 'prose', 'note'), spans }) as fc.Arbitrary<Block>,
  fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), rows: fc.array(spans, { maxLength: 6 }) }),
  fc.record({ kind: fc.constant('code' as const), text: ugly }),
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('picture' as const), url: fc.oneof(ugly, fc.webUrl()), alt: ugly }),
  fc.record(
    {
      kind: fc.constant('card' as const),
      paper,
      form: fc.constantFrom('listing', 'full', 'line'),
      why: spans,
      update: spans,
      actions: fc.array(action, { maxLength: 8 }),
    },
    { requiredKeys: ['kind', 'paper', 'form'] },
  ),
)

test('any blocks become messages that Slack takes, with nothing active in them', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
      for (const message of messagesOf(blocks, { now })) expect(violationsOf(message)).toEqual([])
      const one = oneMessageOf(blocks, now)
      if (one) expect(violationsOf(one)).toEqual([])
    }),
    { numRuns: 600 },
  )
})

test('any blocks become a view that Slack takes', () => {
  const rest: Block = { kind: 'note', spans: [{ text: 'More in the channel.' }] }
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 12 }), ugly, (blocks, title) => {
      const shown = viewBlocksOf([{ kind: 'prose', spans: [{ text: 'Here:' }] }, ...blocks], { now, rest })
      const view = modalView({ title: `T${title}`, blocks: shown })
      expect(viewViolationsOf(view)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test("a paper's title reads as it was written, or ends with an ellipsis after a whole grapheme", () => {
  fc.assert(
    fc.property(paper, fc.constantFrom('listing', 'full', 'line'), (one, form) => {
      const actions = form === 'full' ? fullCardActions(one) : paperActions(one)
      const [message] = messagesOf([{ kind: 'card', paper: one, form, actions }], { now })
      expect(misreadTitle(message?.blocks ?? [], one)).toBeUndefined()
    }),
    { numRuns: 1500 },
  )
})
