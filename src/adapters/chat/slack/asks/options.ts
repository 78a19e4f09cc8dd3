// What a select of a form offers for what is typed in it: the values that completion offers for a command's option.
import type { SlackOptionsMiddlewareArgs, types } from '@slack/bolt'
import { LIMITS } from '#adapters/chat/slack/render/limits.ts'
import { isBlank, label } from '#adapters/chat/slack/render/text.ts'
import type { OptionOf } from '#core/ports/platform.ts'
import { categoryName } from '#core/text/category.ts'
import type { Listener } from './desk.ts'
import { pressedIn, whoAsks } from './opened.ts'

/** `complete:follow author:name`. */
const COMPLETE = /^complete:([a-z ]{1,40}):([a-z]{1,20})$/

/** The action id of a select that completes the option. */
export function completing({ path, option }: OptionOf): string {
  return `complete:${path.join(' ')}:${option}`
}

export const listenToOptions: Listener = (app, { handlers, people }) => {
  app.options(COMPLETE, async ({ ack, body }: SlackOptionsMiddlewareArgs<'block_suggestion'>) => {
    const [, path = '', option = ''] = COMPLETE.exec(body.action_id) ?? []
    const opened = pressedIn(body)
    const values = opened
      ? await handlers.complete(
          { path: path.split(' '), option },
          body.value,
          await whoAsks(opened, body.user, people),
          LIMITS.selectOptions,
        )
      : []
    await ack({ options: optionsOf(values, body.value) })
  })
}

/** The values as a select shows them, a category with its name, and what was typed at the end: it may be one that is not known yet. */
export function optionsOf(values: readonly string[], typed: string): types.PlainTextOption[] {
  const all = [...new Set([...values.slice(0, LIMITS.selectOptions - 1), typed.trim()])]
  return all.flatMap((value) => {
    const text = label(value, LIMITS.optionLabel)
    // A value that were cut would be another one.
    if (isBlank(text.text) || value.length > LIMITS.optionValue) return []
    const name = categoryName(value)
    return [{ text, value, ...(name !== undefined && { description: label(name, LIMITS.optionLabel) }) }]
  })
}
