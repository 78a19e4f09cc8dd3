// What `why` finds out, in words, and what can be done about it.
import type { Action } from '#core/reply.ts'
import type { Words } from './blocks.ts'

export interface Finding {
  readonly words: readonly Words[]
  /** Commands that change it, the most fitting first. */
  readonly repairs?: readonly Action[]
}

export function finding(words: readonly Words[], ...repairs: readonly (Action | undefined)[]): Finding {
  return { words, repairs: repairs.filter((repair) => repair !== undefined) }
}
