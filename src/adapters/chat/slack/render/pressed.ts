// What a button or a menu's option carries, and what it was once it is pressed: a command, and whether its answer is shown aside.
import type { ButtonAction, OverflowAction } from '@slack/bolt'
import type { CommandAction } from '#core/reply.ts'

/** Ids of what runs a command, and of what opens a page. */
export const RUN = /^run:/
export const OPEN = /^open:/

/** Of what opens the form for following, which is the only one. */
const FORM = 'follow:open:'
const RUN_ASIDE = 'run:aside:'
const HERE = 'here '
const ASIDE = 'aside '

export interface Pressed {
  readonly command: string
  /** Whether the answer is to be shown beside the conversation, where that can be done. */
  readonly aside: boolean
}

/** The id of the button at this place among those of its block. */
export function buttonId({ aside, form }: Pick<CommandAction, 'aside' | 'form'>, at: number): string {
  if (form) return `${FORM}${at}`
  return aside ? `${RUN_ASIDE}${at}` : `run:${at}`
}

export function linkId(at: number): string {
  return `open:${at}`
}

/** The id of a block's menu. */
export const MENU = 'run:menu'

export function optionValue({ command, aside }: Pick<CommandAction, 'command' | 'aside'>): string {
  return `${aside ? ASIDE : HERE}${command.toWellFormed()}`
}

/** Undefined where what was pressed carries no command of ours. */
export function pressedOf(action: ButtonAction | OverflowAction): Pressed | undefined {
  if (action.type === 'button') {
    return action.value === undefined ? undefined : { command: action.value, aside: action.action_id.startsWith(RUN_ASIDE) }
  }
  const { value } = action.selected_option
  if (value.startsWith(HERE)) return { command: value.slice(HERE.length), aside: false }
  return value.startsWith(ASIDE) ? { command: value.slice(ASIDE.length), aside: true } : undefined
}

/** What stood on what was pressed. */
export function labelOf(action: ButtonAction | OverflowAction): string {
  return action.type === 'button' ? action.text.text : (action.selected_option.text?.text ?? '')
}
