import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRenderer } from '#adapters/templates/renderer.ts'
import { digestView } from '#adapters/templates/view.ts'
import { ConfigError } from '#core/errors.ts'
import { aModel, folderWith } from './folder.ts'

/** Lines that are right wherever they stand. */
const right = fc.constantFrom(
  '',
  '# {{title}}',
  'Papers: {{count}}',
  '{{#if papers}}yes{{else}}no{{/if}}',
  '{{#each papers}}\n{{card this}}\n{{/each}}',
  '{{#each papers}}\n- [{{title}}]({{url}})\n{{~/each}}',
  '{{! a comment\nof two lines }}',
  '{{#with papers}}\n\n{{length}}\n\n{{/with}}',
  '{{plural\n  count\n  "paper"\n  "papers"}}',
  '> small',
  '{{> following}}',
  'a \\{{b}} c',
  '- a\n  - b',
)

/** A mistake each, which stands in the line that is counted from its own first, 0. */
const MISTAKES: readonly (readonly [kind: string, text: string, line: number])[] = [
  ['no variable', '{{titel}}', 0],
  ['no variable in a call', '{{plural\ncuont "a" "b"}}', 1],
  ['no variable in a block', '{{#if papers}}\n{{#each papers}}\n{{titel}}\n{{/each}}\n{{/if}}', 2],
  ['no block', 'x\n{{#foo}}{{/foo}}', 1],
  ['no helper', '{{log count}}', 0],
  ['not escaped', 'x {{{title}}}', 0],
  ['no partial', 'x\n\n{{> nowhere}}', 2],
  ['a name that is not there', '{{#each following}}\n{{this}}\n{{score}}\n{{/each}}', 2],
  ['no paper', 'x\n{{card title}}', 1],
  ['no form', '{{#each papers}}\n{{card this form="big"}}\n{{/each}}', 1],
  ['no list', '{{#if papers}}\n{{#each count}}{{/each}}\n{{/if}}', 1],
  ['a block that ends as another', '{{#if papers}}\n{{/each}}', 0],
  ['a block that does not end', 'x\n{{#if papers}}\ny', 1],
  ['an end without a beginning', 'x\n{{/if}}', 1],
  ['an otherwise without a beginning', 'x\n\n{{else}}', 2],
  ['what Handlebars cannot read', 'x\n{{#if papers count count}} )}}{{)}}', 1],
  ['an empty tag', 'x\n{{}}', 1],
  ['a comment that does not end', 'x\n{{!-- y', 1],
  ['too much nesting', `x\n${'> '.repeat(20)}y`, 1],
]

test.each(MISTAKES)('%s is found in its line', async (_, mistake, line) => {
  await fc.assert(
    fc.asyncProperty(fc.array(right, { maxLength: 12 }), fc.array(right, { maxLength: 12 }), async (before, after) => {
      const above = before.map((text) => `${text}\n\n`).join('')
      const text = `${above}${mistake}\n\n${after.join('\n\n')}`
      const draw = createRenderer([folderWith({ mine: text })])
      const error = await draw({ template: 'mine', values: digestView(aModel()).values, rows: 2 }).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(ConfigError)
      expect(error.message).toMatch(/mine\.md\.hbs/)
      expect(Number(/in line (\d+)/.exec(error.message)?.[1])).toBe(above.split('\n').length + line)
    }),
    { numRuns: 30 },
  )
})
