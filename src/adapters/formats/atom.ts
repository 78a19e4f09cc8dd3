// Atom: the answers of arXiv's API, arXiv's announcements as Atom, and any other Atom feed.
import type { Author, PaperRecord } from '#core/paper.ts'
import { arxivId } from '#core/paper-id.ts'
import { isoInstant } from './dates.ts'
import { feedRecord } from './feed-entry.ts'
import { CUT, type Format, type Reader, type Sink } from './reader.ts'
import { arxivCategories, folded, NO_TITLE, saysWithdrawn, toRecord } from './record.ts'
import { rootName } from './root.ts'
import { texLetters } from './tex-letters.ts'
import { childText, childTexts, type XmlNode, xmlStream } from './xml.ts'

const PARTS = new Set(['entry'])
const API_ERROR = /\/api\/errors#/
const ABS = /^https?:\/\/arxiv\.org\/abs\//
const COUNTS: Readonly<Record<string, 'total' | 'start' | 'perPage'>> = {
  totalResults: 'total',
  startIndex: 'start',
  itemsPerPage: 'perPage',
}

/** Field by field: https://info.arxiv.org/help/api/user-manual.html */
export const atom: Format = {
  name: 'Atom',
  detect: (start) => rootName(start) === 'feed',
  read,
}

function read(sink: Sink): Reader {
  return xmlStream(PARTS, {
    part(node) {
      const id = childText(node, 'id')?.trim() ?? ''
      const error = API_ERROR.test(id) ? (folded(childText(node, 'summary')) ?? 'an error') : undefined
      if (error !== undefined) {
        sink.envelope({ error })
        sink.skip(node.line, `arXiv answered: ${error}.`)
        return
      }
      const record = ABS.test(id) ? apiRecord(node, id) : announcedRecord(node, id)
      if (record === undefined) sink.skip(node.line, NO_TITLE)
      else sink.record(record)
    },
    outside({ name, text }, parent) {
      if (parent !== 'feed') return
      const count = COUNTS[name]
      if (count !== undefined && text.trim() !== '') sink.envelope({ [count]: Number(text) })
      if (name === 'title') sink.envelope({ title: folded(text) ?? '' })
      if (name === 'updated') sink.envelope({ day: text.trim().slice(0, 10) })
    },
    bad: (line) => sink.skip(line, 'Its XML is broken.'),
    cut(line) {
      sink.envelope({ cut: true })
      sink.skip(line, CUT)
    },
  })
}

function apiRecord(node: XmlNode, id: string): PaperRecord | undefined {
  const categories = node.children.filter(({ name }) => name === 'category').map(({ attributes }) => attributes.term)
  const primary = node.children.find(({ name }) => name === 'primary_category')?.attributes.term
  const comment = childText(node, 'comment')
  const abstract = childText(node, 'summary')
  return toRecord({
    source: 'arxiv-api',
    arxiv: arxivId(id.replace(ABS, '')),
    title: childText(node, 'title'),
    authors: authorsOf(node),
    abstract,
    published: isoInstant(childText(node, 'published')),
    updated: isoInstant(childText(node, 'updated')),
    categories: arxivCategories([primary, ...categories]),
    doi: folded(childText(node, 'doi'))?.split(' ', 1)[0],
    journalRef: childText(node, 'journal_ref'),
    comment,
    withdrawn: saysWithdrawn(comment, abstract),
  })
}

function authorsOf(node: XmlNode): Author[] {
  const authors: Author[] = []
  for (const author of node.children) {
    const name = author.name === 'author' ? folded(texLetters(childText(author, 'name') ?? '')) : undefined
    if (name === undefined) continue
    const affiliations = childTexts(author, 'affiliation').flatMap((text) => folded(texLetters(text)) ?? [])
    authors.push(affiliations.length > 0 ? { name, affiliations } : { name })
  }
  return authors
}

function announcedRecord(node: XmlNode, id: string): PaperRecord | undefined {
  const links = node.children.filter(({ name }) => name === 'link')
  const link = (links.find(({ attributes }) => (attributes.rel ?? 'alternate') === 'alternate') ?? links[0])?.attributes.href
  return feedRecord({
    title: childText(node, 'title'),
    ids: [id, link],
    link,
    description: childText(node, 'summary') ?? childText(node, 'content'),
    creators: [...childTexts(node, 'creator'), ...authorsOf(node).map(({ name }) => name)],
    categories: node.children.filter(({ name }) => name === 'category').map(({ attributes }) => attributes.term ?? ''),
    announced: childText(node, 'announce_type'),
    day: (childText(node, 'published') ?? childText(node, 'updated'))?.trim().slice(0, 10),
    doi: childText(node, 'DOI') ?? childText(node, 'doi'),
    journalRef: childText(node, 'journal_reference'),
  })
}
