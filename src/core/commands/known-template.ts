// The template a person names: one that is there, or an error that names the nearest.
import { UserInputError } from '#core/errors.ts'
import type { Templates } from '#core/ports/templates.ts'
import { nearest } from '#core/text/nearest.ts'
import { enumerate } from './blocks.ts'

/** The name itself. Rejects with UserInputError where there is no such template. */
export async function knownTemplate(name: string, templates: Pick<Templates, 'names'>): Promise<string> {
  const names = await templates.names()
  if (names.includes(name)) return name
  const near = nearest(name, names, 1)[0]
  throw new UserInputError(`There is no template “${name.slice(0, 60)}”.`, {
    hint: near ? `Did you mean ${near}?` : `There is: ${enumerate(names)}.`,
  })
}
