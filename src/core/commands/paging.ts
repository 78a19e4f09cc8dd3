// Pages of long answers: where a page starts, and the commands that show its neighbours.
import { z } from 'zod'
import { UserInputError } from '#core/errors.ts'
import type { Action, Page } from '#core/reply.ts'
import { counted } from './blocks.ts'

/** The `page` option of every command that pages. */
export const pageOption = z.coerce
  .number()
  .int()
  .min(1)
  .max(100_000)
  .default(1)
  .meta({ description: 'Which page to show, from 1' })

export interface Paging {
  readonly page: Page
  readonly actions: readonly Action[]
}

/**
 * The neighbours of page `number` of `size` among `total`, as `command --page n`.
 * A page behind the last one is a UserInputError that names the last.
 */
export function paging(command: string, number: number, size: number, total: number): Paging {
  const last = Math.max(1, Math.ceil(total / size))
  const at = (page: number) => (page === 1 ? command : `${command} --page ${page}`)
  if (number > last) {
    throw new UserInputError(`There is no page ${number}: this answer has ${counted(last, 'page')}.`, {
      hint: `Type: ${at(last)}`,
    })
  }
  const next = number < last ? at(number + 1) : null
  const previous = number > 1 ? at(number - 1) : null
  return {
    page: { offset: (number - 1) * size, total, next, previous },
    actions: [
      ...(previous === null ? [] : [{ label: 'Previous', command: previous, turns: true as const }]),
      ...(next === null ? [] : [{ label: 'Next', command: next, primary: true, turns: true as const }]),
    ],
  }
}
