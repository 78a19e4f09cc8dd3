// The schema, as the steps that made it: each runs once, in one transaction; what is released never changes.
import { enrichments } from './migrations/enrichments.ts'
import { first } from './migrations/first.ts'
import { installations } from './migrations/installations.ts'
import { offers } from './migrations/offers.ts'
import { phrases } from './migrations/phrases.ts'
import { threads } from './migrations/threads.ts'

const orcids = [
  'CREATE TABLE paper_orcids (orcid TEXT NOT NULL, paper INTEGER NOT NULL, PRIMARY KEY (orcid, paper)) WITHOUT ROWID',
  `INSERT OR IGNORE INTO paper_orcids SELECT upper(substr(author.value ->> 'orcid', -19)), papers.number
    FROM papers, json_each(papers.body, '$.authors') AS author WHERE author.value ->> 'orcid' IS NOT NULL`,
] as const

/** Each step is a list of statements; the database's version is how many steps it has gone through. */
export const migrations: readonly (readonly string[])[] = [first, orcids, threads, offers, installations, phrases, enrichments]
