// RSS 2.0: arXiv's daily announcements of a category, and any other feed.
import { mailDate, publicationDate } from './dates.ts'
import { feedRecord } from './feed-entry.ts'
import { CUT, type Envelope, type Format, type Reader, type Sink } from './reader.ts'
import { folded, NO_TITLE } from './record.ts'
import { rootName } from './root.ts'
import { childText, childTexts, type XmlNode, xmlStream } from './xml.ts'

const PARTS = new Set(['item'])

/** Field by field: https://info.arxiv.org/help/rss_specifications.html */
export const rss: Format = {
  name: 'RSS 2.0',
  detect: (start) => rootName(start) === 'rss',
  read,
}

function read(sink: Sink): Reader {
  return xmlStream(PARTS, {
    part(node) {
      const record = feedRecord({
        title: childText(node, 'title'),
        ids: [childText(node, 'guid'), childText(node, 'link')],
        link: childText(node, 'link'),
        description: childText(node, 'description'),
        creators: childTexts(node, 'creator'),
        categories: childTexts(node, 'category'),
        announced: childText(node, 'announce_type'),
        day: dayOf(node),
        doi: childText(node, 'DOI') ?? childText(node, 'doi'),
        journalRef: childText(node, 'journal_reference'),
      })
      if (record === undefined) sink.skip(node.line, NO_TITLE)
      else sink.record(record)
    },
    outside(node, parent) {
      if (parent === 'channel') tell(node, sink)
    },
    bad: (line) => sink.skip(line, 'Its XML is broken.'),
    cut(line) {
      sink.envelope({ cut: true })
      sink.skip(line, CUT)
    },
  })
}

function tell({ name, text }: XmlNode, sink: Sink): void {
  const facts: Envelope = {
    ...(name === 'title' && { title: folded(text) ?? '' }),
    ...(name === 'pubDate' && { day: mailDate(text)?.day ?? '' }),
  }
  if (facts.title || facts.day) sink.envelope(facts)
}

function dayOf(node: XmlNode): string | undefined {
  return mailDate(childText(node, 'pubDate'))?.day ?? publicationDate(childText(node, 'date'))
}
