// The papers that a batch of records touches, while they are merged in memory: which are new, which change, which become one.
import { isDeepStrictEqual } from 'node:util'
import { type Merged, merge } from '#core/merge.ts'
import type { ComputedScore } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Stored } from '#core/ports/store.ts'
import type { PaperRow } from './paper-row.ts'

export interface Held {
  readonly number: number
  /** What is stored of it; undefined for a new one. */
  readonly before: Merged | undefined
  readonly storedFirstSeen: string | undefined
  merged: Merged
  /** `merged` as JSON. */
  body: string
  firstSeen: string
  computed: ComputedScore | undefined
  changed: boolean
  /** The paper that this one became part of. */
  into: Held | undefined
}

/** What there is to write, once every record is taken in. */
export interface BatchOutcome {
  readonly added: readonly Held[]
  readonly changed: readonly Held[]
  /** Stored papers that became part of others. */
  readonly gone: readonly { readonly number: number; readonly into: number; readonly before: Merged | undefined }[]
  /** Ids that lead to another paper than before, or to one for the first time. */
  readonly ids: [PaperId, number][]
}

export interface Batch {
  /** Merges what a record says into the paper that any of its ids names, or into a new one. */
  take(fresh: Merged): [Held, Stored['outcome']]
  final(held: Held): Held
  finalNumber(number: number): number
  outcome(): BatchOutcome
  /** How many new numbers were given. */
  numbersGiven(): number
}

/** `rows`: every stored paper that the batch's ids name; new numbers come after `lastNumber`. */
export function createBatch(rows: readonly PaperRow[], lastNumber: number, firstSeen: string): Batch {
  const byNumber = new Map(rows.map((row) => [row.number, stored(row)]))
  const byId = new Map<PaperId, Held>()
  const led = new Map<PaperId, Held>()
  for (const held of byNumber.values()) for (const id of held.merged.ids) byId.set(id, held)
  let next = lastNumber

  function add(fresh: Merged): Held {
    next++
    const body = JSON.stringify(fresh)
    const start = { before: undefined, storedFirstSeen: undefined, firstSeen, computed: undefined }
    const held: Held = { ...start, number: next, merged: fresh, body, changed: true, into: undefined }
    byNumber.set(next, held)
    return held
  }

  function join(held: Held, into: Held): void {
    into.merged = merge(into.merged, held.merged)
    if (held.firstSeen < into.firstSeen) into.firstSeen = held.firstSeen
    into.computed ??= held.computed
    into.changed = true
    held.into = into
  }

  function lead(held: Held): void {
    for (const id of held.merged.ids) {
      if (byId.get(id) === held) continue
      byId.set(id, held)
      led.set(id, held)
    }
  }

  function final(held: Held): Held {
    let last = held
    while (last.into !== undefined) last = last.into
    return last
  }

  return {
    final,
    take(record) {
      const fresh = withoutOthers(record, (id) => {
        const held = byId.get(id)
        return held && final(held).merged.ids
      })
      const named = new Set(fresh.ids.flatMap((id) => byId.get(id) ?? []).map(final))
      const [first, ...others] = [...named].sort((a, b) => a.number - b.number)
      if (first === undefined) {
        const held = add(fresh)
        lead(held)
        return [held, 'added']
      }
      for (const other of others) join(other, first)
      first.merged = merge(first.merged, fresh)
      const body = JSON.stringify(first.merged)
      const isSame = others.length === 0 && (body === first.body || isDeepStrictEqual(JSON.parse(body), JSON.parse(first.body)))
      if (isSame) return [first, 'unchanged']
      first.body = body
      first.changed = true
      lead(first)
      return [first, 'merged']
    },
    finalNumber(number) {
      const held = byNumber.get(number)
      return held === undefined ? number : final(held).number
    },
    outcome() {
      const all = [...byNumber.values()]
      const kept = all.filter(({ into, changed }) => into === undefined && changed)
      return {
        added: kept.filter(({ before }) => before === undefined),
        changed: kept.filter(({ before }) => before !== undefined),
        gone: all
          .filter(({ into, before }) => into !== undefined && before !== undefined)
          .map((held) => ({ number: held.number, into: final(held).number, before: held.before })),
        ids: [...led].map(([id, held]): [PaperId, number] => [id, final(held).number]).sort((a, b) => (a[0] < b[0] ? -1 : 1)),
      }
    },
    numbersGiven: () => next - lastNumber,
  }
}

function stored(row: PaperRow): Held {
  const merged = JSON.parse(row.body) as Merged
  return {
    number: row.number,
    before: merged,
    storedFirstSeen: row.first_seen,
    merged,
    body: row.body,
    firstSeen: row.first_seen,
    computed: row.computed_score === null ? undefined : JSON.parse(row.computed_score),
    changed: false,
    into: undefined,
  }
}

/**
 * The record without ids that lead to a paper of another arXiv id: what arXiv holds apart is not made one by a DOI that somebody
 * wrote to the wrong paper. The record's own arXiv ids count, else those of the paper that its strongest id leads to.
 */
function withoutOthers(record: Merged, idsOf: (id: PaperId) => readonly PaperId[] | undefined): Merged {
  const own = arxivIds(record.ids)
  const theirs = own.length > 0 ? own : record.ids.map((id) => arxivIds(idsOf(id) ?? [])).find(({ length }) => length > 0)
  if (theirs === undefined) return record
  const ids = record.ids.filter((id) => {
    const others = arxivIds(idsOf(id) ?? [])
    return others.length === 0 || others.some((other) => theirs.includes(other))
  })
  const [first, ...rest] = ids
  return first === undefined || ids.length === record.ids.length ? record : { ...record, ids: [first, ...rest] }
}

function arxivIds(ids: readonly PaperId[]): PaperId[] {
  return ids.filter((id) => id.startsWith('arxiv:'))
}
