// NDJSON: one paper a line as a JSON object, in our own words or in those of arXiv's metadata snapshot.
import type { Author, PaperRecord, SourceName } from '#core/paper.ts'
import { parsePaperId, sourceId } from '#core/paper-id.ts'
import { parseAuthors } from './authors.ts'
import { mailDate, publicationDate } from './dates.ts'
import { type Fields, jsonCount, jsonFields, jsonLabels, jsonLink, jsonList, jsonObjects, jsonText, parseJson } from './json.ts'
import { CUT, type Format, LONGEST_ENTRY, type Reader, type Sink } from './reader.ts'
import { folded, NO_TITLE, saysWithdrawn, toRecord } from './record.ts'
import { texLetters } from './tex-letters.ts'

const OBJECT = /^[\ufeff\s]{0,99}\{\s{0,9}(?:"|\}\s*$)/
const SPACES = /[\s,]+/

export const ndjson: Format = {
  name: 'NDJSON',
  detect: (start) => OBJECT.test(start) && (start.split('\n', 1)[0] ?? '').trim() !== '{',
  read: (sink) => ndjsonReader(sink, 'ndjson'),
}

/** The same for records of another source. */
export function ndjsonReader(sink: Sink, source: SourceName): Reader {
  let line = 0
  let held = ''
  let tooLong = false

  function take(text: string): void {
    line++
    if (tooLong) sink.skip(line, 'The line is too long for one paper.')
    else if (text.trim() !== '') takeLine(text, line, source, sink)
    tooLong = false
  }

  return {
    write(text) {
      const lines = (held + text).split('\n')
      held = lines.pop() ?? ''
      for (const whole of lines) take(whole)
      if (held.length > LONGEST_ENTRY) {
        tooLong = true
        held = ''
      }
    },
    end() {
      if (held === '' && !tooLong) return
      if (!tooLong && held.trimStart().startsWith('{') && parse(held) === undefined) {
        sink.envelope({ cut: true })
        sink.skip(line + 1, CUT)
      } else take(held)
    },
  }
}

function takeLine(text: string, line: number, source: SourceName, sink: Sink): void {
  const fields = parse(text)
  const record = fields && recordOf(fields, source)
  if (record !== undefined) sink.record(record)
  else sink.skip(line, fields === undefined ? 'The line is not one JSON object.' : NO_TITLE)
}

function parse(text: string): Fields | undefined {
  try {
    return jsonFields(parseJson(text.replace('\ufeff', '')))
  } catch {
    return undefined
  }
}

/** A field of the wrong type is left out as if it were unknown. */
function recordOf(fields: Fields, source: SourceName): PaperRecord | undefined {
  const id = jsonText(fields.id)
  const known = id === undefined ? undefined : parsePaperId(id)
  const isDoi = known?.id.startsWith('doi:')
  const versions = jsonObjects(fields.versions)
  const created = jsonText(versions[0]?.created)
  const comment = jsonText(fields.comment ?? fields.comments)
  const abstract = jsonText(fields.abstract)
  return toRecord({
    ...authorsOf(fields),
    source,
    arxiv: isDoi ? undefined : known,
    own: id === undefined || known !== undefined ? undefined : sourceId(source, id),
    title: jsonText(fields.title),
    abstract,
    comment,
    published: publicationDate(jsonText(fields.date ?? fields.published)) ?? mailDate(created)?.instant,
    updated: publicationDate(jsonText(fields.updated ?? fields.update_date)),
    version: jsonCount(fields.version) ?? (versions.length || undefined),
    categories: words(fields.categories),
    orgs: words(fields.orgs),
    doi: jsonText(fields.doi) ?? (isDoi ? id : undefined),
    journalRef: jsonText(fields.journal_ref ?? fields['journal-ref']),
    url: jsonLink(fields.url),
    pdf: jsonLink(fields.pdf),
    code: jsonLink(fields.code),
    tldr: jsonText(fields.tldr),
    citations: jsonCount(fields.citations),
    upvotes: jsonCount(fields.upvotes),
    score: percent(fields.score),
    rank: jsonCount(fields.rank),
    withdrawn: fields.withdrawn === true || saysWithdrawn(comment, abstract),
  })
}

function authorsOf(fields: Fields): { authors: readonly Author[]; authorsOmitted?: number } {
  const given = fields.authors
  const omitted = jsonCount(fields.authors_omitted)
  if (typeof given === 'string') return parseAuthors(given)
  const authors = jsonList(given).flatMap((value) => author(value) ?? [])
  return omitted ? { authors, authorsOmitted: omitted } : { authors }
}

/** A name, or an object with one: `{name, orcid, affiliations}`. */
function author(value: unknown): Author | undefined {
  const fields = jsonFields(value) ?? { name: value }
  const name = folded(texLetters(jsonText(fields.name) ?? ''))
  if (name === undefined) return undefined
  const orcid = jsonText(fields.orcid)
  const affiliations = jsonLabels(fields.affiliations)
  return { name, ...(orcid && { orcid }), ...(affiliations.length > 0 && { affiliations }) }
}

/** Words of a list, or of one text with spaces or commas between them. */
function words(value: unknown): string[] {
  if (typeof value === 'string') return value.split(SPACES).filter((word) => word !== '')
  return [...new Set(jsonLabels(value))]
}

function percent(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 100 ? value : undefined
}
