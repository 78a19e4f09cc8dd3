// OAI-PMH: arXiv's records in the forms arXivRaw (with every version), arXiv (with parted names) and oai_dc.
import type { Author, PaperRecord } from '#core/paper.ts'
import { arxivId, sourceId } from '#core/paper-id.ts'
import { parseAuthors } from './authors.ts'
import { mailDate, publicationDate } from './dates.ts'
import { CUT, type Format, type Reader, type Sink } from './reader.ts'
import { arxivCategories, folded, NO_TITLE, saysWithdrawn, toRecord } from './record.ts'
import { rootName } from './root.ts'
import { texLetters } from './tex-letters.ts'
import { child, childText, childTexts, type XmlNode, xmlStream } from './xml.ts'

const PARTS = new Set(['record'])
const ROOT = /^(?:OAI-PMH|ListRecords|GetRecord|records?)$/
const SPACES = /\s+/
const DOI = /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)?(10\.\d{4,9}\/\S+)$/i
/** The source type of a version without a source: its authors withdrew the paper. */
const EMPTIED = 'I'
/** `2026-09-24`, also where an archive gives the second. */
const DAY = 10
const COMMENT = /^comment:\s*/i

/** The envelope: https://www.openarchives.org/OAI/openarchivesprotocol.html, the forms: https://info.arxiv.org/help/oa/ */
export const oai: Format = {
  name: 'OAI-PMH',
  detect: (start) => ROOT.test(rootName(start) ?? ''),
  read,
}

function read(sink: Sink): Reader {
  let reached = ''
  let inOrder = true
  return xmlStream(PARTS, {
    part(node) {
      const header = child(node, 'header')
      const changed = (header && childText(header, 'datestamp')?.trim()) ?? ''
      inOrder &&= changed >= reached
      reached = changed
      const form = child(node, 'metadata')?.children[0]
      if (header?.attributes.status === 'deleted') sink.skip(node.line, 'Its archive deleted it.')
      else if (form === undefined) sink.skip(node.line, 'It has no metadata.')
      else {
        const record = recordOf(form, header)
        if (record === undefined) sink.skip(node.line, NO_TITLE)
        else sink.record(record)
      }
    },
    outside({ name, text, attributes, line }) {
      if (name === 'ListRecords' && inOrder && reached !== '') sink.envelope({ reached: reached.slice(0, DAY) })
      if (name === 'resumptionToken') {
        const token = text.trim()
        const total = Number(attributes.completeListSize ?? Number.NaN)
        sink.envelope({ ...(token !== '' && { resumptionToken: token }), ...(Number.isFinite(total) && { total }) })
      }
      if (name !== 'error') return
      const error = folded(text) ?? attributes.code ?? 'an error'
      sink.envelope({ error, ...(attributes.code !== undefined && { errorCode: attributes.code }) })
      sink.skip(line, `The archive answered: ${error}.`)
    },
    bad: (line) => sink.skip(line, 'Its XML is broken.'),
    cut(line) {
      sink.envelope({ cut: true })
      sink.skip(line, CUT)
    },
  })
}

function recordOf(form: XmlNode, header: XmlNode | undefined): PaperRecord | undefined {
  if (form.name === 'dc') return dublinCore(form, header)
  const id = childText(form, 'id') ?? (header && childText(header, 'identifier')) ?? ''
  const comment = childText(form, 'comments')
  const abstract = childText(form, 'abstract')
  const versions = form.children.filter(({ name }) => name === 'version').toSorted((a, b) => versionNumber(a) - versionNumber(b))
  const [first, last] = [versions[0], versions.at(-1)]
  const emptied = last !== undefined && childText(last, 'source_type')?.includes(EMPTIED)
  return toRecord({
    ...(form.children.some(({ name }) => name === 'authors') && authorsOf(form)),
    source: 'arxiv-oai',
    arxiv: arxivId(id),
    title: childText(form, 'title'),
    abstract,
    comment,
    published: first ? mailDate(childText(first, 'date'))?.instant : publicationDate(childText(form, 'created')),
    updated: last ? mailDate(childText(last, 'date'))?.instant : publicationDate(childText(form, 'updated')),
    version: last && versionNumber(last),
    categories: arxivCategories((childText(form, 'categories') ?? '').split(SPACES)),
    doi: folded(childText(form, 'doi'))?.split(' ', 1)[0],
    journalRef: childText(form, 'journal-ref'),
    withdrawn: emptied || saysWithdrawn(comment, abstract),
  })
}

/** Versions come ordered as texts: v1, v10, v2. */
function versionNumber(version: XmlNode): number {
  return Number(version.attributes.version?.slice(1)) || 1
}

/** arXivRaw has one text, the form arXiv a name in parts each. */
function authorsOf(form: XmlNode): { authors: readonly Author[]; authorsOmitted?: number } {
  const list = child(form, 'authors')
  const parted = list?.children.filter(({ name }) => name === 'author') ?? []
  if (parted.length === 0) return parseAuthors(list?.text ?? '')
  const authors = parted.flatMap((author) => {
    const parts = [childText(author, 'forenames'), childText(author, 'keyname'), childText(author, 'suffix')]
    const name = folded(texLetters(parts.filter((part) => part !== undefined).join(' ')))
    const affiliations = childTexts(author, 'affiliation').flatMap((text) => folded(texLetters(text)) ?? [])
    if (name === undefined) return []
    return affiliations.length > 0 ? { name, affiliations } : { name }
  })
  return { authors }
}

/** The first description is the abstract, those marked so are comments; the dates go from the first submission on. */
function dublinCore(form: XmlNode, header: XmlNode | undefined): PaperRecord | undefined {
  const identifiers = childTexts(form, 'identifier').map((text) => text.trim())
  const oaiId = (header && childText(header, 'identifier')?.trim()) ?? ''
  const arxiv = [oaiId, ...identifiers].map(arxivId).find((parsed) => parsed !== undefined)
  const descriptions = childTexts(form, 'description').flatMap((text) => folded(text) ?? [])
  const abstract = descriptions.find((text) => !COMMENT.test(text))
  const comment = descriptions.find((text) => COMMENT.test(text))?.replace(COMMENT, '')
  const dates = childTexts(form, 'date').flatMap((text) => publicationDate(text) ?? [])
  return toRecord({
    source: arxiv === undefined ? 'feed' : 'arxiv-oai',
    arxiv,
    own: arxiv === undefined && oaiId !== '' ? sourceId('oai', oaiId) : undefined,
    title: childText(form, 'title'),
    authors: childTexts(form, 'creator').flatMap((text) => familyLast(text) ?? []),
    abstract,
    comment,
    published: dates.toSorted()[0],
    updated: dates.length > 1 ? dates.toSorted().at(-1) : undefined,
    categories: header && setCategories(childTexts(header, 'setSpec')),
    doi: identifiers.map((text) => DOI.exec(text)?.[1]).find((doi) => doi !== undefined),
    withdrawn: saysWithdrawn(comment, abstract),
  })
}

/** `Hoel, Erik` → `Erik Hoel`, `Davis, Sammy, Jr.` → `Sammy Davis Jr.` */
function familyLast(text: string): Author | undefined {
  const [family = '', given = '', ...suffix] = texLetters(text)
    .split(',')
    .map((part) => part.trim())
  const name = folded([given, family, ...suffix].join(' '))
  return name === undefined ? undefined : { name }
}

/** `cs:cs:LG` is cs.LG; sets of whole groups and archives say less than a category. */
function setCategories(sets: readonly string[]): string[] {
  return arxivCategories(
    sets.map((set) => {
      const [group = '', archive = '', name] = set.trim().split(':')
      if (name !== undefined) return name === archive ? archive : `${archive}.${name}`
      return group === 'physics' && archive !== '' ? archive : undefined
    }),
  )
}
