// Authors as the names that papers carry: who wrote what, how much, and names completed from their beginnings.
import sql, { type RawValue } from 'sql-template-tag'
import { type AuthorKey, authorKey, familyKey } from '#core/author-name.ts'
import type { Author } from '#core/paper.ts'
import type { KnownAuthor } from '#core/ports/store.ts'
import { fold } from '#core/text/fold.ts'
import type { Database } from './database.ts'
import { insertRows, runWithin } from './lists.ts'

/** Above every text that begins so: no character comes after this one. */
const AFTER_ALL = '\u{10FFFF}'
const LIKE_SIGN = /[\\%_]/g
/** From so many candidates on the most prolific are looked through instead: among these one is found soon. */
const MANY_CANDIDATES = 2000
const MOST_NAMES = 20_000
/** Whoever is called longer is nobody, and no key of an index. */
const LONGEST_NAME = 400
/** Bare, it is the end of the link. */
const ORCID_LENGTH = 19

interface Name {
  readonly key: AuthorKey
  readonly family: string
}

export interface AuthorChange {
  readonly paper: number
  readonly before: readonly Author[]
  readonly after: readonly Author[]
}

/** Authors whose family name is this; the most prolific first. */
export function authorsByFamily(database: Database, family: string, limit: number): Promise<KnownAuthor[]> {
  return database.rows<KnownAuthor>(
    sql`SELECT key, name, papers FROM authors WHERE family = ${fold(family)} ORDER BY papers DESC, key LIMIT ${limit}`,
  )
}

/** Authors one of whose names begins so, or who are called so from one of their names on; the most prolific first. */
export async function authorsByPrefix(database: Database, prefix: string, limit: number): Promise<KnownAuthor[]> {
  const from = fold(prefix).trimStart()
  const to = from + AFTER_ALL
  const [candidates] = await database.rows<{ many: number }>(sql`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM authors WHERE key >= ${from} AND key < ${to} LIMIT ${MANY_CANDIDATES}) AS a)
      + (SELECT count(*) FROM (SELECT 1 FROM authors WHERE family >= ${from} AND family < ${to} LIMIT ${MANY_CANDIDATES}) AS b)
      AS many`)
  if ((candidates?.many ?? 0) >= MANY_CANDIDATES) {
    const beginning = `${from.replace(LIKE_SIGN, '\\$&')}%`
    const prolific = await database.rows<KnownAuthor>(sql`
      SELECT key, name, papers FROM authors
      WHERE papers > 2 AND (key LIKE ${beginning} ESCAPE '\\' OR key LIKE ${`% ${beginning}`} ESCAPE '\\')
      ORDER BY papers DESC, key LIMIT ${limit}`)
    if (prolific.length === limit) return prolific
  }
  return database.rows<KnownAuthor>(sql`
    SELECT key, name, papers FROM authors WHERE key IN (
      SELECT key FROM authors WHERE key >= ${from} AND key < ${to}
      UNION SELECT key FROM authors WHERE family >= ${from} AND family < ${to}
      UNION SELECT author FROM author_middles WHERE ending >= ${from} AND ending < ${to}
    ) ORDER BY papers DESC, key LIMIT ${limit}`)
}

/** Records who came and who went in papers' lists of authors. */
export async function changeAuthors(database: Database, changes: readonly AuthorChange[]): Promise<void> {
  const came: { name: string; key: AuthorKey; family: string; paper: number }[] = []
  const went: { key: AuthorKey; paper: number }[] = []
  for (const { paper, before, after } of changes) {
    const [old, now] = [namesOf(before), namesOf(after)]
    for (const [key, { name, family }] of now) if (!old.has(key)) came.push({ name, key, family, paper })
    for (const key of old.keys()) if (!now.has(key)) went.push({ key, paper })
  }
  await addAuthors(database, came)
  await changeOrcids(database, changes)
  for (const { key, paper } of went) {
    await database.run(sql`DELETE FROM paper_authors WHERE author = ${key} AND paper = ${paper}`)
    await database.run(sql`UPDATE authors SET papers = papers - 1 WHERE key = ${key}`)
  }
  const keys = [...new Set(went.map(({ key }) => key))]
  await runWithin(
    database,
    keys,
    (list) => sql`DELETE FROM author_middles WHERE author IN (SELECT key FROM authors WHERE papers <= 0 AND key IN (${list}))`,
  )
  await runWithin(database, keys, (list) => sql`DELETE FROM authors WHERE papers <= 0 AND key IN (${list})`)
}

async function addAuthors(
  database: Database,
  came: readonly { name: string; key: AuthorKey; family: string; paper: number }[],
): Promise<void> {
  const authors = new Map<string, [key: RawValue, name: RawValue, family: RawValue, papers: number]>()
  for (const { name, key, family } of came) {
    const row = authors.get(key)
    if (row === undefined) authors.set(key, [key, name, family, 1])
    else row[3]++
  }
  // In the order of the keys, so that neighbours in the tree are written together.
  const keys = [...authors.keys()].sort()
  const links = came.map(({ key, paper }): [string, number] => [key, paper]).sort((a, b) => (a[0] < b[0] ? -1 : 1))
  await insertRows(
    database,
    'authors (key, name, family, papers)',
    keys.map((key) => authors.get(key) ?? []),
    'ON CONFLICT (key) DO UPDATE SET papers = authors.papers + excluded.papers',
  )
  await insertRows(database, 'paper_authors (author, paper)', links)
  await insertRows(
    database,
    'author_middles (ending, author)',
    keys.flatMap((key) => middleEndings(key, String(authors.get(key)?.[2])).map((ending) => [ending, key])),
    'ON CONFLICT DO NOTHING',
  )
}

async function changeOrcids(database: Database, changes: readonly AuthorChange[]): Promise<void> {
  const came: [orcid: string, paper: number][] = []
  for (const { paper, before, after } of changes) {
    const [old, now] = [orcidsOf(before), orcidsOf(after)]
    for (const orcid of now.difference(old)) came.push([orcid, paper])
    for (const orcid of old.difference(now)) {
      await database.run(sql`DELETE FROM paper_orcids WHERE orcid = ${orcid} AND paper = ${paper}`)
    }
  }
  await insertRows(database, 'paper_orcids (orcid, paper)', came)
}

function orcidsOf(authors: readonly Author[]): Set<string> {
  return new Set(authors.flatMap(({ orcid }) => orcid?.slice(-ORCID_LENGTH).toUpperCase() ?? []))
}

/** The key from each of its words on but the first and that where the family name begins: `eric j michaud` → `j michaud`. */
function middleEndings(key: string, family: string): string[] {
  const endings: string[] = []
  for (let at = key.indexOf(' '); at !== -1; at = key.indexOf(' ', at + 1)) {
    const ending = key.slice(at + 1)
    if (ending !== family) endings.push(ending)
  }
  return endings
}

function namesOf(authors: readonly Author[]): Map<AuthorKey, { name: string; family: string }> {
  const names = new Map<AuthorKey, { name: string; family: string }>()
  for (const { name } of authors) {
    const { key, family } = nameOf(name)
    if (key !== '' && name.length <= LONGEST_NAME && !names.has(key)) names.set(key, { name, family })
  }
  return names
}

const known = new Map<string, Name>()

/** Kept for a while, since a batch's papers share authors. */
function nameOf(name: string): Name {
  let found = known.get(name)
  if (found === undefined) {
    found = { key: authorKey(name), family: familyKey(name) }
    if (known.size >= MOST_NAMES) known.clear()
    known.set(name, found)
  }
  return found
}
