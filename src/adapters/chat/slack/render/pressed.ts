// What a button or a menu's option carries, and what it was once it is pressed: a command, and where its answer belongs.
import type { ButtonAction, OverflowAction } from '@slack/bolt'
import type { CommandAction } from '#core/reply.ts'

/** Ids of what runs a command, and of what opens a page. */
export const RUN = /^run:/
export const OPEN = /^open:/

/** Of what opens the form for following, which is the only one. */
const FORM = 'follow:open:'
const RUN_ASIDE = 'run:aside:'
const TURN = 'run:turn:'
const HERE = 'here '
const ASIDE = 'aside '

export interface Pressed {
  readonly command: string
  /** Whether the answer is to be shown beside the conversation, where that can be done. */
  readonly aside: boolean
  /** Whether the answer takes the place of the message. */
  readonly turns: boolean
}

/** The id of the button at this place among those of its block. */
export function buttonId({ aside, form, turns }: Pick<CommandAction, 'aside' | 'form' | 'turns'>, at: number): string {
  if (form) return `${FORM}${at}`
  if (turns) return `${TURN}${at}`
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
    const { action_id: id, value: command } = action
    return command === undefined ? undefined : { command, aside: id.startsWith(RUN_ASIDE), turns: id.startsWith(TURN) }
  }
  const { value } = action.selected_option
  if (value.startsWith(HERE)) return { command: value.slice(HERE.length), aside: false, turns: false }
  return value.startsWith(ASIDE) ? { command: value.slice(ASIDE.length), aside: true, turns: false } : undefined
}

/** What stood on what was pressed. */
export function labelOf(action: ButtonAction | OverflowAction): string {
  return action.type === 'button' ? action.text.text : (action.selected_option.text?.text ?? '')
}
