// Blocks of a reply as nobody should write them, for properties that have to hold on any platform.
import fc from 'fast-check'
import { seededRandom } from '#bench/corpus.ts'
import type { Action, Block, Span } from '#core/reply.ts'
import { UGLY, uglyPaper } from './ugly.ts'

export const uglyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...UGLY), { maxLength: 30 }).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...UGLY), fc.integer({ min: 0, max: 3000 })).map(([part, times]) => part.repeat(times)),
  },
)
const span: fc.Arbitrary<Span> = fc.record(
  {
    text: uglyText,
    bold: fc.boolean(),
    italic: fc.boolean(),
    code: fc.boolean(),
    link: fc.oneof(
      uglyText,
      uglyText.map((end) => `https://a.example/${end}`),
    ),
  },
  { requiredKeys: ['text'] },
)
const spans = fc.array(span, { maxLength: 5 })
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    label: uglyText,
    url: fc.oneof(
      uglyText,
      uglyText.map((end) => `https://a.example/${end}`),
    ),
  }),
  fc.record(
    { label: uglyText, command: uglyText, primary: fc.boolean(), more: fc.constant<true>(true), aside: fc.constant<true>(true) },
    { requiredKeys: ['label', 'command'] },
  ),
)
/** By its seed alone, so that a paper of no human length is as rare as among generated ones, and one that fails is found again at once. */
export const anyPaper = fc.noShrink(fc.nat()).map((seed) => uglyPaper(seededRandom(seed), 1))
export const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading', 'prose', 'note'), spans }) as fc.Arbitrary<Block>,
  fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), rows: fc.array(spans, { maxLength: 6 }) }),
  fc.record({ kind: fc.constant('code' as const), text: uglyText }),
  fc.record({ kind: fc.constant('actions' as const), actions: fc.array(action, { maxLength: 30 }) }),
  fc.record({ kind: fc.constant('picture' as const), url: fc.oneof(uglyText, fc.webUrl()), alt: uglyText }),
  fc.record(
    {
      kind: fc.constant('card' as const),
      paper: anyPaper,
      form: fc.constantFrom('listing', 'full', 'line'),
      why: spans,
      update: spans,
      actions: fc.array(action, { maxLength: 8 }),
    },
    { requiredKeys: ['kind', 'paper', 'form'] },
  ),
)
