// What the feed collections say that a right reader finds in each entry: gofeed's and feedsmith's shapes brought into one.
import { existsSync, readFileSync } from 'node:fs'

export interface Told {
  readonly title: string | undefined
  readonly link: string | undefined
  /** Epoch milliseconds. */
  readonly date: number | undefined
  readonly authors: readonly string[]
}

interface Person {
  readonly name?: string
  readonly value?: string
}

/** An entry in any of the shapes. */
interface Shape {
  readonly title?: string | { readonly value?: string }
  readonly link?: string
  readonly links?: readonly (string | { readonly href?: string; readonly rel?: string })[]
  readonly author?: string | Person
  readonly authors?: readonly (string | Person)[]
  readonly published?: string
  readonly publishedParsed?: string
  readonly pubDate?: string
  readonly pubDateParsed?: string
  readonly updated?: string
  readonly updatedParsed?: string
  /** gofeed's names for what stands in Dublin Core and iTunes' elements, and feedsmith's. */
  readonly dcExt?: Readonly<Record<string, readonly string[]>>
  readonly itunesExt?: { readonly author?: string }
  readonly dc?: { readonly creators?: readonly string[]; readonly dates?: readonly string[] }
}

const FIRST_TITLE = /; first_title="(.*?)"(?:;|$)/
const TAG = /<[^<>]*>/g
const SPACES = /\s+/g
const WITH_ADDRESS = /^\S+@\S+ \((.+)\)$|^(.+?) \(?<?\S+@\S+?>?\)?$/
const LETTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

interface Known {
  /** The manifest's. */
  readonly facts: string
  readonly entries: number
  /** Where relative links begin. */
  readonly base: string
}

/** What is to be found of each entry; what is not stated is left out. */
export function expectedEntries(file: string, { facts, entries, base }: Known): Partial<Told>[] {
  const sibling = file.replace(/\.xml$/, '.json')
  if (!existsSync(sibling)) {
    const title = FIRST_TITLE.exec(facts)?.[1]
    return Array.from({ length: entries }, (_, at) => (at === 0 && title !== undefined ? { title: plain(title) } : {}))
  }
  const { items, entries: atoms } = JSON.parse(readFileSync(sibling, 'utf8'))
  const told = ((items ?? atoms ?? []) as Shape[]).map((shape) => toldBy(shape, base))
  // RSS 1.0 names an entry's page in rdf:about too, which gofeed leaves out.
  return facts.startsWith('root=RDF') ? told.map(({ link, ...of }) => ({ ...of, ...(link !== undefined && { link }) })) : told
}

function toldBy(shape: Shape, base: string): Told {
  const { title, publishedParsed, pubDateParsed, pubDate, published, updatedParsed, updated, dc } = shape
  const date = publishedParsed ?? pubDateParsed ?? published ?? pubDate ?? dc?.dates?.[0] ?? updatedParsed ?? updated
  const link = linkOf(shape)
  return {
    title: plain(typeof title === 'object' ? title.value : title),
    link: link === undefined ? undefined : URL.parse(link, base)?.href,
    date: date === undefined ? undefined : Date.parse(date),
    authors: authorsOf(shape),
  }
}

function linkOf({ link, links = [] }: Shape): string | undefined {
  if (link !== undefined) return link
  const page = links.find((one) => typeof one === 'string' || (one.rel ?? 'alternate') === 'alternate')
  return typeof page === 'string' ? page : page?.href
}

/** gofeed leaves all but the first of several creators to its extensions. */
function authorsOf({ author, authors, dc, dcExt, itunesExt }: Shape): string[] {
  const people = dc?.creators ?? dcExt?.creator ?? authors ?? [author ?? itunesExt?.author ?? '']
  return people.flatMap((person) => {
    const text = plain(typeof person === 'string' ? person : (person.name ?? person.value))
    if (text === undefined) return []
    const [, before, after] = WITH_ADDRESS.exec(text) ?? []
    const name = before ?? after ?? text
    return name.includes('@') ? [] : [name]
  })
}

function plain(html: string | undefined): string | undefined {
  const text = (html ?? '').replace(TAG, ' ').replace(/&(?:amp|lt|gt|quot|#39);/g, (letter) => LETTERS[letter] ?? letter)
  return text.replace(SPACES, ' ').trim() || undefined
}
