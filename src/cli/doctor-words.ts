// What the doctor found, in words: a line a check, how to mend it below, and a sentence at the end. Never a secret.
import { styleText } from 'node:util'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import { visible } from '#core/text/visible.ts'
import { isTerminal } from './out.ts'
import { hider } from './secrets.ts'

const LINE_BREAKS = /\s+/g
const MARKS = { fine: '✓', warning: '!', wrong: '✗' } as const
const COLOURS = { fine: 'green', warning: 'yellow', wrong: 'red' } as const
const WIDTH = 'warning'.length

/** Marks where somebody looks, in colour where that can be; plain words in a pipe. */
export function inWords(checks: readonly Check[], stream: NodeJS.WriteStream): string {
  const hasMarks = isTerminal(stream)
  const indent = ' '.repeat(hasMarks ? 2 : WIDTH + 2)
  const lines = checks.flatMap(({ about, state, found, mend }) => {
    const mark = hasMarks ? `${styleText(COLOURS[state], MARKS[state], { stream })} ` : `${state.padEnd(WIDTH)}  `
    return [`${mark}${about}: ${found}`, ...(mend === undefined ? [] : [`${indent}${mend}`])]
  })
  return [...lines, '', summary(checks)].join('\n')
}

function summary(checks: readonly Check[]): string {
  const count = (state: Check['state']) => checks.filter((check) => check.state === state).length
  const [wrong, warnings] = [count('wrong'), count('warning')]
  const worth = `${counted(warnings, 'warning is', 'warnings are')} worth a look`
  if (wrong === 0) return warnings === 0 ? 'Everything is in order.' : `Paperboy works; ${worth}.`
  const mended = `${counted(wrong, 'thing has', 'things have')} to be mended`
  return `${warnings === 0 ? mended : `${mended}, and ${worth}`}. Then run paperboy doctor again.`
}

/** The checks, each text on one line and without what nobody may read or a screen obeys. */
export function withoutSecrets(checks: readonly Check[], secrets: readonly string[]): Check[] {
  const hide = hider(secrets)
  const clean = (text: string) => hide(visible(text.replaceAll(LINE_BREAKS, ' ')))
  return checks.map(({ about, state, found, mend }) => ({
    about: clean(about),
    state,
    found: clean(found),
    ...(mend !== undefined && { mend: clean(mend) }),
  }))
}
