// Templates: Markdown with Handlebars → blocks. The order: read, check the tree, render with tokens for values, parse the
// Markdown, put the values in. No deadline is needed yet: templates are the operator's, short, and loops are counted.

import Handlebars from 'handlebars'
import { counted } from '#core/commands/blocks.ts'
import { ConfigError } from '#core/errors.ts'
import type { Templates } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import { blocksOf } from './templates/blocks.ts'
import { createTemplateFiles } from './templates/files.ts'
import { createTokens, type Tokens } from './templates/tokens.ts'
import { lineOf, readTree } from './templates/tree.ts'
import { alertValues, cardOf, digestValues, type PaperValues } from './templates/view.ts'

type Render = (values: object, tokens: Tokens) => string

const KNOWN = { card: true, plural: true, value: true, each: true, if: true, unless: true, with: true } as const
const FORMS = ['listing', 'full', 'line'] as const
const MOST_COMPILED = 100

/**
 * The templates of `folder`, which replace ours of the same name. Files are read at each rendering, so a change of one is
 * seen at once.
 */
export function createTemplates({ folder }: { folder?: string } = {}): Templates {
  const files = createTemplateFiles(folder)
  const compiled = new Map<string, Render>()

  async function render(name: string, values: object): Promise<readonly Block[]> {
    const tree = await readTree(name, await files.read(name), (partial) => files.read(partial, 'partial'))
    const known = compiled.get(tree.sources) ?? compileTree(tree.program)
    if (compiled.size >= MOST_COMPILED) compiled.clear()
    compiled.set(tree.sources, known)
    const tokens = createTokens()
    try {
      return blocksOf(known(values, tokens), tokens)
    } catch (error) {
      if (error instanceof ConfigError) throw error
      const line = lineOf(error)
      throw new ConfigError(`The template ${name} cannot be rendered${line === undefined ? '' : `: line ${line} is wrong`}.`, {
        hint: 'docs/templates.md says what may stand in it.',
        cause: error,
      })
    }
  }

  return {
    digest: (template, model) => render(template, digestValues(model)),
    alert: (model) => render('alert', alertValues(model)),
    names: () => files.names(),
  }
}

/** An instance of its own: nothing here touches the Handlebars that other code may use. */
function compileTree(program: hbs.AST.Program): Render {
  const handlebars = Handlebars.create()
  const options = { strict: true, knownHelpersOnly: true, knownHelpers: KNOWN as unknown as Record<string, boolean> }
  const template = handlebars.compile(program, options as unknown as CompileOptions)
  return (values, tokens) =>
    template(values, {
      helpers: {
        value: (value: unknown) => new handlebars.SafeString(tokens.text(value)),
        plural: (count: unknown, one: string, many: string) => (typeof count === 'number' ? counted(count, one, many) : ''),
        card: (paper: unknown, { hash }: { hash: { form?: unknown } }) =>
          new handlebars.SafeString(card(paper, hash.form, tokens)),
      },
    })
}

/** A card is a paragraph of its own, wherever it stands. */
function card(paper: unknown, form: unknown, tokens: Tokens): string {
  const known = FORMS.find((one) => one === (form ?? 'listing'))
  if (!known) throw new ConfigError(`A card’s form is ${FORMS.join(', ')}, not ${String(form)}.`)
  if (typeof paper !== 'object' || paper === null || !('source' in paper)) {
    throw new ConfigError('A template asks for the card of what is no paper.', {
      hint: 'For instance {{card this}} within {{#each papers}}.',
    })
  }
  return `\n\n${tokens.card(cardOf(paper as PaperValues, known))}\n\n`
}
