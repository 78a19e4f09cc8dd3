// Actions as a row of buttons with a menu at its end; what Slack would refuse in a button is said in words below them.
import type { types } from '@slack/bolt'
import type { Action, CommandAction, Span } from '#core/reply.ts'
import { visible } from '#core/text/visible.ts'
import { LIMITS } from './limits.ts'
import { buttonId, linkId, MENU, optionValue } from './pressed.ts'
import { elements, isBlank, label, shortenedSpans, webAddress } from './text.ts'

/** A menu of one is a button behind a door. */
const FEWEST_OPTIONS = 2
/** Characters of what stands below. */
const MOST_WORDS = 4000
const WHAT_IT_IS_CALLED = 'Go'

export interface ActionBlocks {
  readonly rows: readonly types.ActionsBlock[]
  /** What no button can carry, to be typed or copied: a command or an address that is too long, an address that is not of the web. */
  readonly words: readonly types.RichTextBlock[]
}

/** Those with `more` go behind the menu, as many as it holds and as fit an option; the others of them are buttons too. */
export function actionBlocks(actions: readonly Action[]): ActionBlocks {
  const pressable = actions.filter(isPressable).filter(isFirstOfItsKind)
  const options = menuOf(pressable)
  const buttons = pressable.filter((action) => !options.some((option) => option === action)).map(button)
  const elements = options.length === 0 ? buttons : [...buttons, menu(options)]
  return {
    rows: Array.from({ length: Math.ceil(elements.length / LIMITS.buttons) }, (_, row) => {
      return { type: 'actions', elements: elements.slice(row * LIMITS.buttons, (row + 1) * LIMITS.buttons) }
    }),
    words: actions.filter((action) => !isPressable(action)).map(inWords),
  }
}

function isPressable(action: Action): boolean {
  return 'url' in action
    ? webAddress(action.url) !== undefined
    : !isBlank(action.command) && action.command.length <= LIMITS.buttonValue
}

/** A menu's values have to differ: what it would run twice, for two people of one name, it offers once. */
function isFirstOfItsKind(action: Action, at: number, all: readonly Action[]): boolean {
  if (!('command' in action) || !action.more) return true
  return all.findIndex((other) => 'command' in other && optionValue(other) === optionValue(action)) === at
}

function menuOf(actions: readonly Action[]): CommandAction[] {
  const options = actions
    .flatMap((action) => ('command' in action && action.more ? [action] : []))
    .filter((action) => optionValue(action).length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
  return options.length < FEWEST_OPTIONS ? [] : options
}

function menu(of: readonly CommandAction[]): types.Overflow {
  const options = of.map((action) => ({ text: name(action, LIMITS.optionLabel), value: optionValue(action) }))
  return { type: 'overflow', action_id: MENU, options }
}

function button(action: Action, at: number): types.Button {
  const text = name(action, LIMITS.buttonLabel)
  if ('url' in action) return { type: 'button', text, url: webAddress(action.url) ?? '', action_id: linkId(at) }
  const primary = action.primary ? { style: 'primary' as const } : {}
  return { type: 'button', text, value: action.command.toWellFormed(), action_id: buttonId(action, at), ...primary }
}

function name({ label: text }: Action, length: number): types.PlainTextElement {
  return label(isBlank(visible(text)) ? WHAT_IT_IS_CALLED : text, length)
}

function inWords(action: Action): types.RichTextBlock {
  const what: Span = 'url' in action ? { text: action.url } : { text: `/papers ${action.command}`, code: true }
  const words = shortenedSpans([{ text: `${name(action, LIMITS.buttonLabel).text}: ` }, what], MOST_WORDS)
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: elements(words) }] }
}
