// Sources that know papers by single ids, people, or what is alike, as people who look something up ask them.
import { requireNameServer } from '#adapters/http/names.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Catalogue, Question } from '#core/ports/catalogue.ts'
import type { Lookup, People, Recommender } from '#core/ports/lookup.ts'

/** Each paper is a request of its own, so that more would keep a person waiting. */
const MOST_IDS = 5
const MOST_BY_AUTHOR = 50
const MOST_RELATED = 20

export interface Knowing {
  /** As people call the source. */
  readonly name: string
  readonly lookup: Lookup
  /** The kinds of ids that it is asked for, of those that it knows: `doi:`. */
  readonly kinds: readonly string[]
  readonly people?: People | undefined
  readonly recommender?: Recommender | undefined
}

export function catalogueOf({ name, lookup, kinds, people, recommender }: Knowing): Catalogue {
  const isAsked = (id: PaperId) => lookup.knows(id) && kinds.some((kind) => id.startsWith(kind))
  return {
    name,
    takes(question) {
      switch (question.kind) {
        case 'papers':
          return someOf(question.ids.filter(isAsked))
        case 'author':
          return people && question
        case 'related':
          return recommender && question.paper.ids.some(lookup.knows) ? question : undefined
        case 'search':
          return undefined
      }
    },
    async ask(question, signal) {
      if (question.kind === 'author') return (await people?.author(question.name, MOST_BY_AUTHOR, signal)) ?? []
      if (question.kind === 'related') return (await recommender?.related(question.paper, MOST_RELATED, signal)) ?? []
      if (question.kind === 'search') return []
      const found: PaperRecord[] = []
      for (const id of question.ids) found.push(...(await lookup.paper(id, signal)))
      return found
    },
  }
}

/** The same, which says soon where no name server knows a way to the source's address. */
export function reached(address: string, catalogue: Catalogue): Catalogue {
  return {
    ...catalogue,
    async ask(question, signal) {
      await requireNameServer(address)
      return catalogue.ask(question, signal)
    },
  }
}

function someOf(ids: readonly PaperId[]): Question | undefined {
  return ids.length === 0 ? undefined : { kind: 'papers', ids: ids.slice(0, MOST_IDS) }
}
