// A command and its options as a line that says the same.
import { type Command, commandName } from './command.ts'

const QUOTES = /["“”„‟«»＂]/g

/** `follow topic "sparse autoencoder" --for me`: what takes the rest of a line stands as it is, all else is named. */
export function spelled(command: Command, options: Readonly<Record<string, unknown>>): string {
  const rest = command.positional.at(-1)
  const given = Object.entries(options).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const [free, named] = [given.filter(([name]) => name === rest), given.filter(([name]) => name !== rest)]
  return [
    commandName(command),
    ...free.map(([, value]) => value),
    ...named.map(([name, value]) => `--${name} ${word(value)}`),
  ].join(' ')
}

function word(value: unknown): string {
  const text = String(value)
  return text.includes(' ') ? `"${text.replaceAll(QUOTES, '')}"` : text
}
