// Markdown → segments that mean the same read one by one as read together, so that equal ones are read once. A segment ends
// before a line that nothing open can go on into: one at the margin after an empty line, a row of a list, or what follows
// a fenced block. Where that is not certain, it goes on.

/** A row that holds a sentence, whatever comes before it; numbered ones begin a list only where no paragraph is open. */
const BULLET = /^[-*+] (?:\*{1,3}[^\s*]|\d{1,9}[^\d.)]|[^\s\d#>+*-])/
const NUMBERED = /^\d{1,9}[.)] (?:\*{1,3}[^\s*]|\d{1,9}[^\d.)]|[^\s\d#>+*-])/
/** A line at the margin that begins a block of its own after an empty line, whatever came before it. */
const AT_THE_MARGIN = /^(?:\*{1,3}[^\s*]|\d{1,9}[^\d.)]|[^\s\d*+-])/
const FENCE = /^(`{3,}|~{3,})(?!.*`)/
const FENCE_SOMEWHERE = /```|~~~/
const EMPTY = /^[ \t]*$/

export interface Segment {
  /** Where it begins in the whole text. */
  readonly at: number
  readonly text: string
}

/** Every character of the text is in one segment, in order. */
export function segmentsOf(markdown: string): Segment[] {
  const segments: Segment[] = []
  let from = 0
  let at = 0
  let before: 'nothing' | 'numbered' | 'other' = 'nothing'
  let fence: string | undefined

  function cut(): void {
    if (at > from) segments.push({ at: from, text: markdown.slice(from, at) })
    from = at
  }

  for (const line of markdown.split('\n')) {
    if (fence !== undefined) {
      if (closes(line, fence)) {
        fence = undefined
        at += line.length + 1
        cut()
        before = 'nothing'
        continue
      }
    } else if (EMPTY.test(line)) {
      before = 'nothing'
    } else if (FENCE_SOMEWHERE.test(line)) {
      fence = before === 'nothing' ? FENCE.exec(line)?.[1] : undefined
      // One within a list or a quotation: who knows what ends it.
      if (fence === undefined) break
      cut()
    } else {
      const numbered: boolean = NUMBERED.test(line) && before !== 'other'
      if (numbered || BULLET.test(line) || (before === 'nothing' && AT_THE_MARGIN.test(line))) cut()
      before = numbered ? 'numbered' : 'other'
    }
    at += line.length + 1
  }
  at = markdown.length
  cut()
  return segments
}

function closes(line: string, fence: string): boolean {
  const run = line.trim()
  const indent = line.length - line.trimStart().length
  return indent <= 3 && run.length >= fence.length && run === fence.slice(0, 1).repeat(run.length)
}
