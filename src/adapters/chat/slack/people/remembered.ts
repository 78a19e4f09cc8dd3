// What Slack was asked of a workspace's person or channel, remembered: once at a time, for a while, and never without bound.
import { createMemory } from '#core/memory.ts'

export interface Remembering<Answer> {
  /** Of more, what was not asked for longest is forgotten. */
  readonly most: number
  /** For how long an answer counts; without, for ever. */
  readonly aging?: { readonly now: () => Temporal.Instant; keptFor(answer: Answer): Temporal.Duration }
}

/** The same question with a memory. What rejects is not remembered. */
export function remembered<Answer>(
  ask: (workspace: string, id: string) => Promise<Answer>,
  { most, aging }: Remembering<Answer>,
): (workspace: string, id: string) => Promise<Answer> {
  const known = createMemory<string, { readonly answer: Promise<Answer>; until?: Temporal.Instant }>(most)

  function isOver(until: Temporal.Instant | undefined): boolean {
    return until !== undefined && aging !== undefined && Temporal.Instant.compare(aging.now(), until) >= 0
  }

  function askAnew(key: string, answer: Promise<Answer>) {
    const asked: { readonly answer: Promise<Answer>; until?: Temporal.Instant } = { answer }
    answer.then(
      (told) => {
        if (aging) asked.until = aging.now().add(aging.keptFor(told))
      },
      () => {
        if (known.get(key) === asked) known.delete(key)
      },
    )
    return asked
  }

  return (workspace, id) => {
    const key = `${workspace}:${id}`
    const before = known.get(key)
    const asked = before && !isOver(before.until) ? before : askAnew(key, ask(workspace, id))
    // What is asked for again is forgotten later.
    known.set(key, asked)
    return asked.answer
  }
}
