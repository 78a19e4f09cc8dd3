// Actions as rows of buttons and as menus; what Discord would refuse in a button is said in words below them.
import type { Action, CommandAction, Span } from '#core/reply.ts'
import { shortened } from '#core/text/shorten.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'
import { isBlank, webAddress } from './text.ts'

const WHAT_IT_IS_CALLED = 'Go'

/** Something to press before it has an id. */
export type Pressable = CommandAction | { readonly label: string; readonly url: string }

export interface Option {
  readonly label: string
  readonly command: string
  readonly description?: string
}

export interface ActionRows {
  readonly rows: readonly (readonly Pressable[])[]
  /** What no button can carry, to be copied: addresses that are too long or not of the web. */
  readonly words: readonly (readonly Span[])[]
}

/** Forms are left out, since Discord has none that a reply could open. */
export function rowsOf(actions: readonly Action[]): ActionRows {
  const offered = actions.filter((action) => !('form' in action && action.form))
  const pressable = offered.flatMap((action): Pressable[] => {
    if ('command' in action) return isBlank(action.command) ? [] : [action]
    const url = webAddress(action.url)
    return url === undefined ? [] : [{ label: action.label, url }]
  })
  return {
    rows: Array.from({ length: Math.ceil(pressable.length / LIMITS.buttons) }, (_, row) =>
      pressable.slice(row * LIMITS.buttons, (row + 1) * LIMITS.buttons),
    ),
    words: offered.flatMap((action) =>
      'url' in action && webAddress(action.url) === undefined ? [[{ text: `${action.label}: ${action.url}` }]] : [],
    ),
  }
}

/** The words on a button or in a menu, never none. */
export function labelOf(text: string, length: number): string {
  const seen = visible(text).replaceAll('\n', ' ')
  return isBlank(seen) ? WHAT_IT_IS_CALLED : shortened(seen.trim(), length)
}

/** As many as a menu holds; what would be offered twice is offered once. */
export function optionsOf(offered: readonly Option[]): Option[] {
  const seen = new Set<string>()
  return offered
    .filter(({ command }) => !isBlank(command) && !seen.has(command) && seen.add(command))
    .slice(0, LIMITS.selectOptions)
}
