// A well-formed feed, read by rss-parser. It never gets an address, and runs in a thread of its own that may be ended.
import RssParser from 'rss-parser'
import { folded } from '#adapters/formats/record.ts'
import type { Entry, ReadEntries } from './entry.ts'

/** What the parser makes of an element: its text, or an object where it has attributes or markup in it. */
type Found = string | { readonly _?: string; readonly $?: Readonly<Record<string, string>>; readonly [name: string]: unknown }

const MANY = { keepArray: true }
const LISTS = [
  ['title', 'titles'],
  ['dc:title', 'dcTitles'],
  ['link', 'links'],
  ['guid', 'guids'],
  ['id', 'ids'],
  ['author', 'authors'],
  ['atom:author', 'atomAuthors'],
  ['dc:author', 'dcAuthors'],
  ['itunes:author', 'itunesAuthors'],
  ['dc:creator', 'creators'],
  ['dc:identifier', 'identifiers'],
  ['prism:doi', 'dois'],
  ['pubDate', 'pubDates'],
  ['published', 'published'],
  ['atom:published', 'atomPublished'],
  ['issued', 'issued'],
  ['created', 'created'],
  ['dc:date', 'dates'],
  ['prism:publicationDate', 'publicationDates'],
  ['prism:coverDate', 'coverDates'],
  ['updated', 'updated'],
  ['atom:updated', 'atomUpdated'],
  ['modified', 'modified'],
  ['description', 'descriptions'],
  ['summary', 'summaries'],
  ['content:encoded', 'encoded'],
  ['category', 'subjects'],
  ['dc:subject', 'dcSubjects'],
] as const
const DATES = [
  'pubDates',
  'published',
  'atomPublished',
  'issued',
  'created',
  'dates',
  'publicationDates',
  'coverDates',
  'updated',
  'atomUpdated',
  'modified',
] as const
/** What Atom says of a person. */
const PERSON = ['name', 'email', 'uri', 'url', 'homepage'].flatMap((name) => [name, `atom:${name}`])
const AUTHORS = ['authors', 'atomAuthors', 'dcAuthors', 'itunesAuthors'] as const
/** Which rss-parser knows nothing of: where relative links begin, and texts in base64. */
const UNKNOWN = /\s(?:xml:base|mode)\s{0,9}=/

type Item = { readonly [Name in (typeof LISTS)[number][1]]?: readonly Found[] } & {
  readonly content?: string
  readonly 'rdf:about'?: string
}

/**
 * Rejects where the text is no well-formed feed, or has what rss-parser reads wrongly: markup in place of a text, of which it
 * loses the order, xml:base, and base64.
 */
export async function readByLibrary(text: string, most: number): Promise<ReadEntries> {
  if (UNKNOWN.test(text)) throw new TypeError('more than rss-parser knows')
  const parser = new RssParser<Record<never, never>, Item>({
    customFields: { item: LISTS.map(([from, to]) => [from, to, MANY]) as never },
  })
  const { title, items } = await parser.parseString(text)
  return {
    title: title === undefined ? undefined : textOf(title),
    entries: items.slice(0, most).map(entryOf),
    broken: [],
    more: Math.max(0, items.length - most),
    isWhole: true,
  }
}

function entryOf(item: Item): Entry {
  const first = (name: Exclude<keyof Item, 'content' | 'rdf:about'>) => texts(item[name])[0]
  const link = linkOf(item.links ?? [])
  const id = first('guids') ?? first('ids') ?? item['rdf:about']
  const identifiers = [...texts(item.identifiers), ...texts(item.dois), id, link]
  const creators = texts(item.creators)
  return {
    title: first('titles') ?? first('dcTitles'),
    identifiers: identifiers.filter((text) => text !== undefined),
    id,
    link: link ?? item['rdf:about'],
    bases: [],
    text: first('descriptions') ?? first('summaries') ?? first('encoded') ?? item.content,
    authors: creators.length > 0 ? creators : AUTHORS.flatMap((name) => (item[name] ?? []).flatMap(nameOf)),
    dates: DATES.flatMap((name) => texts(item[name])),
    categories: [...(item.subjects ?? []), ...(item.dcSubjects ?? [])].flatMap(termOf),
  }
}

function texts(found: readonly Found[] | undefined): string[] {
  return (found ?? []).flatMap((one) => textOf(one) ?? [])
}

function textOf(found: Found): string | undefined {
  if (typeof found === 'string') return folded(found)
  if (Object.keys(found).some((name) => name !== '_' && name !== '$')) throw new TypeError('markup in place of a text')
  return folded(found._)
}

/** The link to the page itself, not to what goes with it. */
function linkOf(links: readonly Found[]): string | undefined {
  const page = links.find((link) => typeof link === 'string' || (link.$?.rel ?? 'alternate') === 'alternate' || textOf(link))
  return page === undefined || typeof page === 'string' ? page : (page.$?.href ?? textOf(page))
}

/** Atom's authors have names; RSS's are texts. */
function nameOf(author: Found): string[] {
  if (typeof author === 'string' || !PERSON.some((name) => name in author)) return texts([author])
  return texts((author.name ?? author['atom:name'] ?? []) as Found[]).slice(0, 1)
}

function termOf(category: Found): string[] {
  const term = typeof category === 'string' ? undefined : category.$?.term
  return term === undefined ? texts([category]) : [term]
}
