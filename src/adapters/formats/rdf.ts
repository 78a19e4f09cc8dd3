// RSS 1.0 (RDF): arXiv's announcements up to 2023, and bioRxiv's. What arXiv knows of a paper stands at its title's end.
import { publicationDate } from './dates.ts'
import { feedRecord } from './feed-entry.ts'
import { CUT, type Format, type Reader, type Sink } from './reader.ts'
import { folded, NO_TITLE } from './record.ts'
import { rootName } from './root.ts'
import { childText, childTexts, type XmlNode, xmlStream } from './xml.ts'

const PARTS = new Set(['item'])
/** `(arXiv:2106.00550v2 [math.GR] CROSS LISTED)` */
const TITLE_END = /^\(arXiv:(\S{4,40})(?: \[([^\]]{1,40})\])?(?: (UPDATED|CROSS LISTED))?\)$/
const ANNOUNCEMENTS: Readonly<Record<string, string>> = { UPDATED: 'replace', 'CROSS LISTED': 'cross' }

export const rdf: Format = {
  name: 'RSS 1.0 (RDF)',
  detect: (start) => rootName(start) === 'RDF',
  read,
}

function read(sink: Sink): Reader {
  let channelDay: string | undefined
  return xmlStream(PARTS, {
    part(node) {
      const record = feedRecord(entryOf(node, channelDay))
      if (record === undefined) sink.skip(node.line, NO_TITLE)
      else sink.record(record)
    },
    outside({ name, text }, parent) {
      if (parent !== 'channel') return
      if (name === 'title') sink.envelope({ title: folded(text) ?? '' })
      if (name !== 'date') return
      channelDay = publicationDate(text.trim().slice(0, 10))
      if (channelDay !== undefined) sink.envelope({ day: channelDay })
    },
    bad: (line) => sink.skip(line, 'Its XML is broken.'),
    cut(line) {
      sink.envelope({ cut: true })
      sink.skip(line, CUT)
    },
  })
}

function entryOf(node: XmlNode, channelDay: string | undefined): Parameters<typeof feedRecord>[0] {
  const link = childText(node, 'link') ?? node.attributes['rdf:about']
  const title = folded(childText(node, 'title')) ?? ''
  const at = title.lastIndexOf('(arXiv:')
  const [, id, category, flag = ''] = at === -1 ? [] : (TITLE_END.exec(title.slice(at)) ?? [])
  const bare = title.slice(0, at).trim()
  return {
    title: id === undefined ? title : bare.endsWith('.') ? bare.slice(0, -1) : bare,
    ids: [id, node.attributes['rdf:about'], link],
    link,
    description: childText(node, 'description'),
    creators: childTexts(node, 'creator'),
    categories: category === undefined ? childTexts(node, 'subject') : [category],
    announced: id === undefined ? undefined : (ANNOUNCEMENTS[flag] ?? 'new'),
    day: publicationDate(childText(node, 'date')) ?? channelDay,
    doi: childTexts(node, 'identifier').find((text) => text.trim().startsWith('doi:')) ?? childText(node, 'doi'),
  }
}
