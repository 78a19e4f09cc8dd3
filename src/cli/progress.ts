// A line on a terminal that says how far long work is; silent in pipes and logs.
import { grouped } from '#core/text/grouped.ts'

const EVERY_MS = 100
const ERASE_LINE = '\r\u001b[K'

export interface Progress {
  /** `Reading 12,000 papers`, at most ten times a second. */
  show(doing: string, papers: number): void
  /** Takes the line away. */
  clear(): void
}

/** Progress on this stream, where it is a terminal. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show(doing, papers) {
      const now = performance.now()
      if (!stream.isTTY || now - shownAt < EVERY_MS) return
      shownAt = now
      stream.write(`${ERASE_LINE}${doing} ${grouped(papers)} papers …`)
    },
    clear() {
      if (shownAt > Number.NEGATIVE_INFINITY) stream.write(ERASE_LINE)
    },
  }
}
