// What a person at the terminal may type besides commands: next, previous, the number of an offered action, yes and no.
import type { Action, Reply } from '#core/reply.ts'

const PREFIX = /^\/?papers\b\s*/i
const NUMBER = /^[1-9]\d{0,2}$/

export interface Session {
  /** The command a line stands for, given what was answered last; undefined for a line that says nothing. */
  interpret(line: string): string | undefined
  /** Remembers what was offered. */
  answered(reply: Reply): void
  /** The commands offered last, in the order of their numbers. */
  offered(): readonly { label: string; command: string }[]
}

/** A session with nothing offered yet. What a menu would hold, and a form, has no number, as render.ts shows none. */
export function createSession(): Session {
  let last: Reply | undefined
  const offered = () =>
    last
      ? actionsOf(last)
          .filter((action) => 'command' in action)
          .filter(({ more, form }) => !more && !form)
      : []
  return {
    interpret(line) {
      const word = line.trim().replace(PREFIX, '').toLowerCase()
      if (word === '' && line.trim() === '') return undefined
      if (word === 'next' || word === 'n') return last?.page?.next ?? 'next'
      if (word === 'previous' || word === 'p') return last?.page?.previous ?? 'previous'
      if (word === 'yes' || word === 'y') return offered().find((action) => action.primary)?.command ?? line
      if (NUMBER.test(word)) return offered()[Number(word) - 1]?.command ?? line
      return line
    },
    answered(reply) {
      last = reply
    },
    offered,
  }
}

function actionsOf(reply: Reply): readonly Action[] {
  return reply.blocks.flatMap((block) => {
    if (block.kind === 'actions') return block.actions
    return block.kind === 'card' ? (block.actions ?? []) : []
  })
}
