// The template that `--template` means: one by name, or a file wherever it lies, with the partials beside it.
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { knownTemplate } from '#core/commands/known-template.ts'
import { UserInputError } from '#core/errors.ts'
import type { Templates } from '#core/ports/templates.ts'
import type { App } from './app.ts'

const ENDING = '.md.hbs'
const SEPARATOR = /[\\/]/

/** A text with a slash or a template's ending is a file's. Rejects with UserInputError where there is none. */
export async function templateFrom(
  text: string,
  { templates, config }: Pick<App, 'templates' | 'config'>,
): Promise<{ readonly name: string; readonly templates: Pick<Templates, 'digest'> }> {
  if (!SEPARATOR.test(text) && !text.endsWith(ENDING)) return { name: await knownTemplate(text, templates), templates }
  if (!existsSync(text)) throw new UserInputError(`There is no file ${text}.`)
  if (!text.endsWith(ENDING)) {
    throw new UserInputError(`${text} is not named as a template is.`, { hint: 'For instance: short.md.hbs' })
  }
  const { createTemplates } = await import('#adapters/templates.ts')
  const folders = [dirname(text), ...(config.TEMPLATES_DIR === undefined ? [] : [config.TEMPLATES_DIR])]
  return { name: basename(text, ENDING), templates: createTemplates({ folders }) }
}
