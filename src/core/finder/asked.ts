// What sources were asked lately and have answered, and which of them want to be left alone: kept in the store, so that a process
// that answers once and ends asks no more often than one that stays.
import { authorKey } from '#core/author-name.ts'
import type { Question } from '#core/ports/catalogue.ts'
import type { Store } from '#core/ports/store.ts'
import { printQuery } from '#core/query/print.ts'
import { fnv1a } from '#core/text/fnv1a.ts'
import type { Silence } from './told.ts'

const KEY = 'asked'
/** Questions beyond so many are forgotten, the oldest first. */
const MOST = 500
/** Seconds for which an answer holds. */
const HOLDS: Readonly<Record<Question['kind'], number>> = { papers: 3600, author: 86_400, related: 86_400, search: 3600 }

export interface Asked {
  /** What is left of the question to ask the source: of several papers those it was not asked for; undefined where that is nothing. */
  left(source: string, question: Question): Promise<Question | undefined>
  /** Remembers that the source has answered it. */
  answered(source: string, question: Question): Promise<void>
  /** Why the source is left alone now; undefined where it is not. */
  silence(source: string): Promise<Silence | undefined>
  /** Has it left alone for so many seconds. */
  leaveAlone(source: string, silence: Silence, seconds: number): Promise<void>
}

/** In epoch seconds. */
interface Memory {
  readonly answers: readonly (readonly [key: string, at: number])[]
  readonly alone: Readonly<Record<string, { readonly silence: Silence; readonly from: number; readonly until: number }>>
}

const NOTHING: Memory = { answers: [], alone: {} }

export function createAsked(store: Store, now: () => Temporal.Instant): Asked {
  const seconds = () => Math.floor(now().epochMilliseconds / 1000)
  const remembered = async ({ meta }: Pick<Store, 'meta'> = store): Promise<Memory> =>
    JSON.parse((await meta.get(KEY)) ?? 'null') ?? NOTHING
  /** Several sources answer at once, and several processes may ask. */
  const change = (changed: (memory: Memory) => Memory) =>
    store.transaction(async ({ meta }) => meta.set(KEY, JSON.stringify(changed(await remembered({ meta })))))

  /** Whether this was answered no longer ago than an answer holds; a clock that was put back makes nothing hold for longer. */
  function holds({ answers }: Memory, key: string, kind: Question['kind']): boolean {
    return answers.some(([known, at]) => known === key && at <= seconds() && seconds() < at + HOLDS[kind])
  }

  return {
    async left(source, question) {
      const memory = await remembered()
      if (question.kind !== 'papers')
        return holds(memory, keysOf(source, question)[0] ?? '', question.kind) ? undefined : question
      const ids = question.ids.filter((id) => !holds(memory, keyOf(source, id), 'papers'))
      return ids.length === 0 ? undefined : { kind: 'papers', ids }
    },
    async answered(source, question) {
      const keys = keysOf(source, question)
      const fresh = keys.map((key) => [key, seconds()] as const)
      await change(({ answers, alone: { [source]: _, ...alone } }) => {
        const others = answers.filter(([key]) => !keys.includes(key))
        return { answers: [...others, ...fresh].slice(-MOST), alone }
      })
    },
    async silence(source) {
      const one = (await remembered()).alone[source]
      return one !== undefined && one.from <= seconds() && seconds() < one.until ? one.silence : undefined
    },
    async leaveAlone(source, silence, lasts) {
      const from = seconds()
      const silent = { silence, from, until: from + lasts }
      await change(({ answers, alone }) => ({ answers, alone: { ...alone, [source]: silent } }))
    },
  }
}

/** Equal for questions that ask the same. */
export function keysOf(source: string, question: Question): string[] {
  switch (question.kind) {
    case 'papers':
      return question.ids.map((id) => keyOf(source, id))
    case 'author':
      return [keyOf(source, `author ${authorKey(question.name)}`)]
    case 'related':
      return [keyOf(source, `related ${question.paper.ids[0]}`)]
    case 'search':
      return [keyOf(source, `search ${printQuery(question.query)}`)]
  }
}

function keyOf(source: string, what: string): string {
  return fnv1a(`${source} ${what}`)
}
