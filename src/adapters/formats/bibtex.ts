// BibTeX and BibLaTeX: an entry of a bibliography as a record of its paper.
import { givenFirst } from '#core/author-name.ts'
import type { Author, PaperRecord } from '#core/paper.ts'
import { arxivId, parsePaperId } from '#core/paper-id.ts'
import { type BibtexEntry, bibtexStream } from './bibtex-syntax.ts'
import { monthNumber, publicationDate } from './dates.ts'
import { CUT, type Format, type Reader, type Sink } from './reader.ts'
import { arxivCategories, folded, NO_TITLE, saysWithdrawn, toRecord } from './record.ts'
import { texLetters } from './tex-letters.ts'

const START =
  /(?:^|\n)[ \t]{0,20}@\s{0,99}(?:%[^\n]{0,999}\n\s{0,99}){0,9}[A-Za-z]{1,40}\s{0,99}(?:%[^\n]{0,999}\n\s{0,99}){0,9}[{(]/
const YEAR = /^\d{4}$/
const RANGE = /\/.*$/
const DAY = /^\d{1,2}$/
const ARXIV_IN_TEXT = /\barxiv[:.]\s?([a-z-]{0,20}\/?\d[\d.]{3,10}(?:v\d{1,3})?)/i
const ARXIV_JOURNAL = /^(?:arxiv|corr\b)/i

export const bibtex: Format = {
  name: 'BibTeX',
  detect: (start) => START.test(start),
  read,
}

function read(sink: Sink): Reader {
  return bibtexStream({
    entry(entry) {
      const record = recordOf(entry)
      if (record === undefined) sink.skip(entry.line, NO_TITLE)
      else sink.record(record)
    },
    bad: (line, why) => sink.skip(line, why),
    cut(line) {
      sink.envelope({ cut: true })
      sink.skip(line, CUT)
    },
  })
}

function recordOf({ fields }: BibtexEntry): PaperRecord | undefined {
  const arxiv = arxivOf(fields)
  const doi = fields.doi ?? (parsePaperId(fields.url ?? '')?.id.startsWith('doi:') ? fields.url : undefined)
  const doiId = doi === undefined ? undefined : parsePaperId(plain(doi) ?? '')
  const abstract = plain(fields.abstract)
  const comment = plain(fields.note)
  const [primary, ...others] = [fields.primaryclass, fields.eprintclass, ...(fields.categories ?? '').split(' ')]
  return toRecord({
    ...authorsOf(fields),
    source: 'bibtex',
    arxiv,
    title: plain(fields.title),
    abstract,
    comment,
    published: dateOf(fields),
    categories: arxivCategories([primary, ...others]),
    doi: doiId?.id.startsWith('doi:') ? doiId.id.slice('doi:'.length) : undefined,
    journalRef: journalRef(fields),
    url: arxiv === undefined && URL.canParse(fields.url ?? '') ? fields.url : undefined,
    withdrawn: saysWithdrawn(comment, abstract),
  })
}

/** Texts lose protective braces and accents; mathematics stays TeX. */
function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : folded(texLetters(folded(unwrapped(text)) ?? ''))
}

/** Braces around the whole: `{{Trajectory Pattern Mining}}`. */
function unwrapped(text: string): string {
  let bare = text.trim()
  for (let times = 0; times < 3 && bare.startsWith('{') && bare.endsWith('}'); times++) {
    let depth = 0
    const whole = [...bare].every((sign, at) => {
      depth += sign === '{' ? 1 : sign === '}' ? -1 : 0
      return depth > 0 || at === bare.length - 1
    })
    if (!whole) break
    bare = bare.slice(1, -1).trim()
  }
  return bare
}

/** By `eprint`, else by what journal, note or address say. */
function arxivOf(fields: BibtexEntry['fields']): ReturnType<typeof arxivId> {
  const archive = (fields.archiveprefix ?? fields.eprinttype ?? 'arxiv').trim().toLowerCase()
  const eprint = archive === 'arxiv' ? arxivId(fields.eprint ?? '') : undefined
  if (eprint !== undefined) return eprint
  const inText = [fields.journal, fields.note, fields.howpublished, fields.volume]
    .map((text) => ARXIV_IN_TEXT.exec(text ?? '')?.[1])
    .find((text) => text !== undefined)
  return [inText, fields.doi, fields.url]
    .map((text) => (text === undefined ? undefined : parsePaperId(text)))
    .find((parsed) => parsed?.id.startsWith('arxiv:'))
}

/** Names at " and " outside of braces; "others" at the end leaves some out, at least one. */
function authorsOf(fields: BibtexEntry['fields']): { authors: readonly Author[]; authorsOmitted?: number } {
  const names = splitAnd(folded(fields.author ?? fields.editor) ?? '')
  const omitted = names.at(-1) === 'others'
  const authors = (omitted ? names.slice(0, -1) : names).flatMap((name) => {
    const bare = folded(texLetters(unwrapped(name)))
    if (bare === undefined) return []
    return { name: name.startsWith('{') && unwrapped(name) !== name ? bare : givenFirst(bare) }
  })
  return omitted ? { authors, authorsOmitted: 1 } : { authors }
}

function splitAnd(text: string): string[] {
  const names: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (depth === 0 && text[at] === ' ' && text.slice(at, at + 5).toLowerCase() === ' and ') {
      names.push(text.slice(from, at))
      from = at + 5
      at += 3
    }
  }
  return [...names, text.slice(from)].map((name) => name.trim()).filter((name) => name !== '')
}

/** `date` of BibLaTeX (the start of a range), else year, month and day as far as they are known. */
function dateOf(fields: BibtexEntry['fields']): string | undefined {
  const exact = publicationDate(fields.date?.trim().replace(RANGE, ''))
  if (exact !== undefined) return exact
  const year = plain(fields.year) ?? ''
  if (!YEAR.test(year)) return undefined
  const named = plain(fields.month) ?? ''
  const month = DAY.test(named) ? Number(named) : monthNumber(named)
  const day = plain(fields.day) ?? ''
  const withMonth = month === undefined ? year : `${year}-${String(month).padStart(2, '0')}`
  const withDay = month !== undefined && DAY.test(day) ? `${withMonth}-${day.padStart(2, '0')}` : withMonth
  return publicationDate(withDay) ?? publicationDate(withMonth) ?? year
}

/** `Bulletin of Volcanology 62, 493–518 (2001)`; nothing for a journal that is arXiv itself. */
function journalRef(fields: BibtexEntry['fields']): string | undefined {
  const name = plain(fields.journal ?? fields.journaltitle ?? fields.booktitle)
  if (name === undefined || ARXIV_JOURNAL.test(name)) return undefined
  const volume = plain(fields.volume)
  const pages = plain(fields.pages)?.replaceAll('--', '–')
  const year = plain(fields.year)
  return [volume ? `${name} ${volume}` : name, pages ? `, ${pages}` : '', year ? ` (${year})` : ''].join('')
}
