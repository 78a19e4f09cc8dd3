import fc from 'fast-check'
import Handlebars from 'handlebars'
import { expect, test } from 'vitest'
import { fill } from '#adapters/templates/fill.ts'
import { createRenderer } from '#adapters/templates/renderer.ts'
import { readTree } from '#adapters/templates/tree.ts'
import { digestView } from '#adapters/templates/view.ts'
import { limitsFor } from '#adapters/templates/written.ts'
import { ConfigError } from '#core/errors.ts'
import type { Block } from '#core/reply.ts'
import { aPaper } from '#test/builders.ts'
import { aModel, folderWith } from './folder.ts'

/** What no value may bring about: a link, a mention, a card, a style. */
const FORGED =
  '[x](https://evil.example) <https://evil.example> **b** `c` {{card this}} \ue000\ue001 <@U1> @everyone\n\n# h\n- r\n> n'

const papers = Array.from({ length: 200 }, (_, number) => ({
  paper: aPaper({
    number,
    title: `${number} ${FORGED}`,
    authors: [FORGED],
    orgs: [FORGED],
    ids: [`source:x:${FORGED}${number}`],
  }),
  why: [{ text: FORGED }],
}))
const model = aModel({ papers, alerted: papers.slice(0, 3), following: [FORGED] })

const name = fc.constantFrom(
  'title',
  'papers',
  'count',
  'this',
  'following',
  'example',
  '@index',
  '@first',
  '@last',
  'authors',
  'why',
  'orgs',
  '../count',
  '../title',
  'papers.length',
  'score',
)
const expression = fc.oneof(
  { weight: 4, arbitrary: name },
  name.map((one) => `(plural ${one} "paper" "papers")`),
)
const literal = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\n\n',
    '*',
    '**',
    '_',
    '`',
    '[',
    '](',
    ')',
    '> ',
    '- ',
    '1. ',
    '#',
    '```',
    '\\',
    '!',
    '<',
    '&amp;',
  ),
  maxLength: 6,
})
const { template } = fc.letrec<{ template: string; part: string }>((tie) => ({
  template: fc.array(tie('part'), { maxLength: 5, depthIdentifier: 'parts' }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthIdentifier: 'parts', depthSize: 'small', withCrossShrink: true },
    literal,
    expression.map((of) => (of.startsWith('(') ? `{{${of.slice(1, -1)}}}` : `{{~${of}}}`.replace('~"', '"'))),
    fc.constantFrom(
      '{{card this}}',
      '{{card this form="line"}}',
      '{{> following}}',
      '{{! x }}',
      '{{#each papers}}\n- **[{{title}}]({{url}})** {{why}}\n{{/each}}',
    ),
    fc
      .tuple(fc.constantFrom('each', 'if', 'unless', 'with'), expression, tie('template'), fc.option(tie('template')))
      .map(
        ([block, of, body, otherwise]) =>
          `{{#${block} ${of}}}${body}${otherwise === null ? '' : `{{else}}${otherwise}`}{{/${block}}}`,
      ),
  ),
}))

test('whatever is made of what may stand in a template renders or is refused, and values never come alive', async () => {
  const view = digestView(model)
  const folder = folderWith({})
  let rendered = 0
  await fc.assert(
    fc.asyncProperty(template, async (text) => {
      const draw = createRenderer([folderWith({ mine: text }), folder])
      const drawn = await draw({ template: 'mine', values: view.values, rows: 204 }).catch((error) => {
        expect(error).toBeInstanceOf(ConfigError)
        return undefined
      })
      if (!drawn) return
      rendered++
      for (const block of drawn) {
        if (block.kind === 'card') expect(papers[block.number % 200]).toBeDefined()
        for (const { link } of spansOf(block as Block)) expect(link ?? '').not.toContain('evil')
      }
    }),
    { numRuns: 500 },
  )
  expect(rendered).toBeGreaterThan(50)
})

test('what is filled in is what Handlebars itself would fill in', async () => {
  const values = {
    count: 2,
    example: false,
    title: 'T',
    score: '',
    following: ['a', 'b'],
    alerted: [],
    papers: [
      { title: 'One', authors: 'A', orgs: '', why: 'w', url: 'u', score: '1.5' },
      { title: 'Two', authors: '', orgs: 'o', why: '', url: '', score: '' },
    ],
  }
  let same = 0
  await fc.assert(
    fc.asyncProperty(template, async (text) => {
      const written = await readTree('mine.md.hbs', text, async () => '> {{count}}')
        .then(({ parts }) => fill(parts, values, limitsFor(200)))
        .catch((error) => {
          expect(error).toBeInstanceOf(ConfigError)
          return undefined
        })
      if (!written || written.pieces.some(({ kind }) => kind === 'card')) return
      const ours = written.pieces.map((piece) => {
        const texts = piece.kind === 'text' ? piece.values.map((spans) => spans.map((span) => span.text).join('')) : []
        return piece.kind === 'text' ? piece.text.replaceAll('\ue000', () => texts.shift() ?? '') : ''
      })
      expect(ours.join('')).toBe(theirs(text, values))
      same++
    }),
    { numRuns: 500 },
  )
  expect(same).toBeGreaterThan(50)
})

/** Values that are no texts and no numbers say nothing in our templates. */
function theirs(text: string, values: object): string {
  const handlebars = Handlebars.create()
  handlebars.registerPartial('following', '> {{count}}')
  handlebars.registerHelper('plural', (count: unknown, one: unknown, many: unknown) =>
    typeof count === 'number' ? `${count} ${count === 1 ? one : many}` : '',
  )
  const { escapeExpression } = Handlebars.Utils
  try {
    Handlebars.Utils.escapeExpression = (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    return handlebars.compile(text, { preventIndent: true })(values)
  } finally {
    Handlebars.Utils.escapeExpression = escapeExpression
  }
}

function spansOf(block: Block) {
  if ('spans' in block) return block.spans
  return block.kind === 'list' ? block.rows.flat() : []
}
