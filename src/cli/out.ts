// What a call writes: answers on standard output, complaints on standard error, in the form each of them can show.
import type { WriteStream } from 'node:tty'
import type { TerminalFormat } from '#adapters/chat/terminal/render.ts'

/** Lets a reader go before all is written, as `head` does: what is under way is finished, and nobody hears the rest. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}

/** A line on standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** A line on standard error. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** The one object of `--json`. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value))
}

/** Resolves once the stream has taken the text; rejects where it cannot. */
export function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => stream.write(text, (error) => (error ? reject(error) : resolve())))
}

/** Colour and width of a terminal; plain and unwrapped where the stream is a pipe or a file. */
export function formatOf(stream: NodeJS.WritableStream, now: Temporal.Instant): TerminalFormat {
  if (!isTerminal(stream)) return plain(now)
  return { colour: stream.hasColors(), width: stream.columns || null, now }
}

/** No colour, no wrapping. */
export function plain(now: Temporal.Instant): TerminalFormat {
  return { colour: false, width: null, now }
}

/** Whether somebody looks at it, and not a pipe or a file. */
export function isTerminal(stream: NodeJS.WritableStream): stream is WriteStream {
  return 'isTTY' in stream && stream.isTTY === true
}
