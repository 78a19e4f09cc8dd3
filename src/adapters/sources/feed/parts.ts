// A feed taken apart into its entries, each read by itself: whatever is broken in one, the others are there.
import { CUT } from '#adapters/formats/reader.ts'
import { folded } from '#adapters/formats/record.ts'
import { childText, childTexts, type XmlNode, xmlStream } from '#adapters/formats/xml.ts'
import type { Entry, ReadEntries } from './entry.ts'

const PARTS = new Set(['item', 'entry'])
const AROUND = new Set(['channel', 'feed', 'RDF', 'rss'])
const TEXTS = ['description', 'summary', 'encoded', 'content']
const DATES = ['pubDate', 'published', 'issued', 'created', 'date', 'publicationDate', 'updated', 'modified']

/** Never throws. `isWhole` is false where the text broke off. */
export function readParts(text: string, most: number): ReadEntries {
  const entries: Entry[] = []
  const broken: { where: string; why: string }[] = []
  let title: string | undefined
  let isWhole = true
  let more = 0
  const stream = xmlStream(PARTS, {
    part(node) {
      if (entries.length < most) entries.push(entryOf(node))
      else more++
    },
    outside({ name, text }, parent) {
      if (name === 'title' && AROUND.has(parent)) title ??= folded(text)
    },
    bad: (line) => broken.push({ where: `line ${line}`, why: 'Its XML is broken.' }),
    cut(line) {
      isWhole = false
      broken.push({ where: `line ${line}`, why: CUT })
    },
  })
  stream.write(text)
  stream.end()
  return { title, entries, broken, more, isWhole }
}

function entryOf(node: XmlNode): Entry {
  const link = linkOf(node)
  const id = childText(node, 'guid') ?? childText(node, 'id') ?? node.attributes['rdf:about']
  return {
    title: childText(node, 'title'),
    identifiers: [...childTexts(node, 'identifier'), childText(node, 'doi'), childText(node, 'DOI'), id, link].filter(isText),
    id,
    link,
    text: TEXTS.map((name) => folded(childText(node, name))).find(isText),
    authors: authorsOf(node),
    dates: DATES.flatMap((name) => childTexts(node, name)),
    categories: node.children
      .filter(({ name }) => name === 'category' || name === 'subject')
      .map(({ text, attributes }) => attributes.term ?? text),
  }
}

/** The page itself before what goes with it. */
function linkOf(node: XmlNode): string | undefined {
  const links = node.children.filter(({ name }) => name === 'link')
  const page = links.find(({ attributes: { rel = 'alternate' }, text }) => rel === 'alternate' || text.trim() !== '')
  const link = page ?? links[0]
  return folded(link?.attributes.href ?? link?.text) ?? node.attributes['rdf:about']
}

function authorsOf(node: XmlNode): string[] {
  const creators = childTexts(node, 'creator')
  if (creators.length > 0) return creators
  return node.children.flatMap((author) => (author.name === 'author' ? (childText(author, 'name') ?? author.text) : []))
}

function isText(text: string | undefined): text is string {
  return text !== undefined
}
