// An archive of papers that a test puts there, under the day on which they last changed: asked by category or by author, a page
// at a time, and failing where it is told to.
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { authorKey } from '#core/author-name.ts'
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Archive, ArchivePage } from '#core/ports/archive.ts'
import type { Subscription } from '#core/subscription.ts'
import { tick } from '#digests/tick.ts'
import { aWorld } from './world.ts'

const PAGE = 3

function anArchive() {
  const papers = new Map<string, { record: PaperRecord; day: string }>()
  const asked: string[] = []
  /** Called before each page: throws where that page fails, or lets time pass. */
  const hooks = { onPage: (_page: number) => {} }
  async function* pages(records: readonly PaperRecord[]): AsyncGenerator<ArchivePage, void> {
    for (let at = 0; at < records.length || at === 0; at += PAGE) {
      hooks.onPage(at / PAGE)
      const some = records.slice(at, at + PAGE)
      if (some.length > 0) yield { records: some, skipped: [] }
    }
  }
  const archive: Archive = {
    async *changed(category, from, until) {
      asked.push(`${category} ${from}..${until}`)
      const all = [...papers.values()].filter(
        ({ record, day }) => record.categories?.includes(category) && from <= day && day <= until,
      )
      yield* pages(all.map(({ record }) => record))
    },
    async *byAuthors(names, since) {
      asked.push(`${names.join(', ')} since ${since}`)
      const keys = new Set(names.map(authorKey))
      const all = [...papers.values()].map(({ record }) => record)
      yield* pages(
        all.filter(({ authors, published = '' }) => published >= since && authors.some(({ name }) => keys.has(authorKey(name)))),
      )
    },
  }
  return {
    archive,
    asked,
    hooks,
    /** A paper is there once, as it is now. */
    add: (day: string, ...records: readonly PaperRecord[]) => {
      for (const record of records) papers.set(record.ids[0], { record: { ...record, source: 'arxiv-oai' }, day })
    },
  }
}

/** A world with these subscriptions, whose ticks ask an archive. */
export async function aWorldWithArchive(...subscriptions: readonly Subscription[]) {
  const world = aWorld(await openSqliteStore(':memory:'))
  for (const subscription of subscriptions) await world.store.subscriptions.add(subscription)
  const archived = anArchive()
  Object.assign(world.dependencies, { archive: archived.archive })
  const run = () => tick(world.dependencies, Temporal.Instant.from(world.now()))
  return { ...world, archived, run }
}

export function noAnswer(): never {
  throw new SourceError('no answer')
}
