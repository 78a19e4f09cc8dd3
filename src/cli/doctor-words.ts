// What the doctor found, in words: a line a check, how to mend it below, and a sentence at the end. Never a secret.
import { styleText } from 'node:util'
import { variables } from '#config'
import { counted } from '#core/commands/blocks.ts'
import type { Check } from '#core/ports/platform.ts'
import { visible } from '#core/text/visible.ts'
import { isTerminal } from './out.ts'

const SECRET_NAME = /TOKEN|SECRET|KEY/
/** What is shorter may stand in any text. */
const SHORTEST_SECRET = 6
/** Slack's tokens, whichever kind they are of. */
const TOKEN = /\b(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{1,300}/g
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

/** The values that Paperboy's own variables have in these settings and nobody may read. */
export function secretsIn(...settings: readonly Readonly<Record<string, unknown>>[]): string[] {
  const names = variables.map(({ name }) => name).filter((name) => SECRET_NAME.test(name))
  const values = settings.flatMap((one) => names.map((name) => one[name]))
  return values.filter((value) => typeof value === 'string').filter((value) => value.length >= SHORTEST_SECRET)
}

/** The checks, each text on one line and without what nobody may read or a screen obeys. */
export function withoutSecrets(checks: readonly Check[], secrets: readonly string[]): Check[] {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length)
  const clean = (text: string) =>
    longestFirst
      .reduce((said, secret) => said.replaceAll(secret, '…'), visible(text.replaceAll(LINE_BREAKS, ' ')))
      .replaceAll(TOKEN, '…')
  return checks.map(({ about, state, found, mend }) => ({
    about: clean(about),
    state,
    found: clean(found),
    ...(mend !== undefined && { mend: clean(mend) }),
  }))
}
