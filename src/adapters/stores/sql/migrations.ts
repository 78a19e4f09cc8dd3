// The schema, as the steps that made it: each runs once, in one transaction; what is released never changes.
import { deliveriesByMessage } from './migrations/deliveries-by-message.ts'
import { enrichments } from './migrations/enrichments.ts'
import { first } from './migrations/first.ts'
import { installations } from './migrations/installations.ts'
import { leases } from './migrations/leases.ts'
import { offers } from './migrations/offers.ts'
import { orcids } from './migrations/orcids.ts'
import { phrases } from './migrations/phrases.ts'
import { threads } from './migrations/threads.ts'

/** In SQLite's words, which PostgreSQL's store puts in its own (postgres/words.ts); in both where that does not do. */
export type Statement = string | { readonly sqlite: string; readonly postgres: string }

/** Each step is a list of statements; the database's version is how many steps it has gone through. */
export const migrations: readonly (readonly Statement[])[] = [
  first,
  orcids,
  threads,
  offers,
  installations,
  phrases,
  enrichments,
  leases,
  deliveriesByMessage,
]
