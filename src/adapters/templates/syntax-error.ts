// What Handlebars says of a text it cannot read → an error that names the file and the line to mend.
import { ConfigError } from '#core/errors.ts'
import { wrong } from './parts.ts'

/** Its parser gives the line in its message alone. */
const LINE = /^(?:Parse|Lexical) error on line (\d+)/
const AT_THE_END = /got 'EOF'$/
/** Comments, and where blocks begin and end. */
const TAG = /\{\{~?!--.*?--~?\}\}|\{\{~?![^}]*\}\}|\{\{\{*~?\s*(?:([#^])[*>]?|(\/))\s*([^\s}~]+)/gs

export function syntaxError(template: string, text: string, error: unknown): ConfigError {
  const { message = '', lineNumber } = error as { message?: string; lineNumber?: number }
  const open = AT_THE_END.test(message.trimEnd()) ? openBlock(text) : undefined
  if (open) return wrong({ template, line: open.line }, `begins the block “${open.name}”, which nothing ends`)
  const line = lineNumber ?? Number(LINE.exec(message)?.[1] ?? Number.NaN)
  if (Number.isNaN(line)) return new ConfigError(`The template ${template} cannot be read.`, { cause: error })
  return wrong({ template, line }, 'has something there that Handlebars cannot read')
}

/** The innermost block that is open where the text ends. */
function openBlock(text: string): { name: string; line: number } | undefined {
  const open: { name: string; line: number }[] = []
  for (const { 1: begins, 2: ends, 3: name = '', index } of text.matchAll(TAG)) {
    if (begins) open.push({ name, line: text.slice(0, index).split('\n').length })
    if (ends) open.pop()
  }
  return open.at(-1)
}
