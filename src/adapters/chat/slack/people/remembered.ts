// What Slack was asked of a workspace's person or channel, remembered: once at a time, for a while, and never without bound.

export interface Memory<Answer> {
  /** Of more, what was not asked for longest is forgotten. */
  readonly most: number
  /** For how long an answer counts; without, for ever. */
  readonly aging?: { readonly now: () => Temporal.Instant; keptFor(answer: Answer): Temporal.Duration }
}

/** The same question with a memory. What rejects is not remembered. */
export function remembered<Answer>(
  ask: (workspace: string, id: string) => Promise<Answer>,
  { most, aging }: Memory<Answer>,
): (workspace: string, id: string) => Promise<Answer> {
  // In the order in which they were asked for last.
  const kept = new Map<string, { readonly answer: Promise<Answer>; until?: Temporal.Instant }>()

  function fresh(key: string): Promise<Answer> | undefined {
    const known = kept.get(key)
    kept.delete(key)
    if (!known || (known.until && aging && Temporal.Instant.compare(aging.now(), known.until) >= 0)) return undefined
    kept.set(key, known)
    return known.answer
  }

  function askAnew(key: string, answer: Promise<Answer>): Promise<Answer> {
    const asked: { readonly answer: Promise<Answer>; until?: Temporal.Instant } = { answer }
    kept.set(key, asked)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    answer.then(
      (told) => {
        if (aging) asked.until = aging.now().add(aging.keptFor(told))
      },
      () => {
        if (kept.get(key) === asked) kept.delete(key)
      },
    )
    return answer
  }

  return (workspace, id) => {
    const key = `${workspace}:${id}`
    return fresh(key) ?? askAnew(key, ask(workspace, id))
  }
}
