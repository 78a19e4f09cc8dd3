// A feed taken apart into its entries, each read by itself: whatever is broken in one, the others are there.
import { CUT } from '#adapters/formats/reader.ts'
import { folded } from '#adapters/formats/record.ts'
import { child, childText, childTexts, type XmlNode, xmlStream } from '#adapters/formats/xml.ts'
import type { Entry, ReadEntries } from './entry.ts'

const PARTS = new Set(['item', 'entry'])
const AROUND = new Set(['channel', 'feed', 'RDF', 'rss'])
const TEXTS = ['description', 'summary', 'encoded', 'content']
const DATES = ['pubDate', 'published', 'issued', 'created', 'date', 'publicationDate', 'coverDate', 'updated', 'modified']
/** What Atom says of a person besides the name. */
const PERSON = new Set(['name', 'email', 'uri', 'url', 'homepage'])

/** Never throws. `isWhole` is false where the text broke off. */
export function readParts(text: string, most: number): ReadEntries {
  const entries: Entry[] = []
  const broken: { where: string; why: string }[] = []
  let title: string | undefined
  let isWhole = true
  let more = 0
  const stream = xmlStream(PARTS, {
    part(node, around) {
      if (entries.length < most) entries.push(entryOf(node, around))
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

function entryOf(node: XmlNode, around: readonly XmlNode[]): Entry {
  const page = pageOf(node)
  const link = folded(page?.attributes.href ?? page?.text) ?? node.attributes['rdf:about']
  const id = childText(node, 'guid') ?? childText(node, 'id') ?? node.attributes['rdf:about']
  return {
    title: titleOf(node),
    identifiers: [...childTexts(node, 'identifier'), childText(node, 'doi'), childText(node, 'DOI'), id, link].filter(isText),
    id,
    link,
    bases: [...around, node, page].flatMap((element) => element?.attributes['xml:base'] ?? []),
    text: TEXTS.map((name) => folded(childText(node, name))).find(isText),
    authors: authorsOf(node),
    dates: DATES.flatMap((name) => childTexts(node, name)),
    categories: node.children
      .filter(({ name }) => name === 'category' || name === 'subject')
      .map(({ text, attributes }) => attributes.term ?? text),
  }
}

/** Atom 0.3 may write a text in base64. */
function titleOf(node: XmlNode): string | undefined {
  const title = child(node, 'title')
  return title?.attributes.mode === 'base64' ? Buffer.from(title.text, 'base64').toString() : title?.text
}

/** The link to the page itself, not to what goes with it. */
function pageOf(node: XmlNode): XmlNode | undefined {
  const links = node.children.filter(({ name }) => name === 'link')
  return links.find(({ attributes: { rel = 'alternate' }, text }) => rel === 'alternate' || text.trim() !== '')
}

function authorsOf(node: XmlNode): string[] {
  const creators = childTexts(node, 'creator')
  return creators.length > 0 ? creators : node.children.flatMap((author) => (author.name === 'author' ? nameOf(author) : []))
}

/** Atom's authors have names; RSS's are texts. */
function nameOf(author: XmlNode): string[] {
  return author.children.some(({ name }) => PERSON.has(name)) ? childTexts(author, 'name').slice(0, 1) : [author.text]
}

function isText(text: string | undefined): text is string {
  return text !== undefined
}
