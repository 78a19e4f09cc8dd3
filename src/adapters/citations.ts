// Papers as BibTeX, RIS and CSL-JSON: the papers become CSL-JSON here, and citation-js writes the rest.
import { plugins } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-ris'
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import type { Citations } from '#core/ports/citations.ts'
import { type CslEntry, toCsl } from './citations/csl.ts'
import { createKeys } from './citations/keys.ts'

const TITLE = /\n\ttitle = \{.*\},/
const RIS_ID = /^ID {2}- .*$/m
const HOW_PUBLISHED = /\n\thowpublished = \{.*\},/
const TEX = /[\\$]/
const MATH_OR_SIGN = /\$\$?[^$]*\$\$?|\\.|[&%#_]/g
const BRACES = /[{}]|\\+$/g
const LAST_BRACE = /\n?\}\s*$/

Object.assign(plugins.config.get('@bibtex').format, { useIdAsLabel: true, asciiOnly: false })

/** Writes through citation-js, https://citation.js.org; arXiv's ids go into `eprint`, as arXiv's own entries have them. */
export function createCitations(): Citations {
  return {
    async format(papers, as) {
      const keyOf = createKeys()
      const entries = papers.map((paper) => ({ paper, csl: toCsl(paper, keyOf(paper)) }))
      switch (as) {
        case 'csl':
          return JSON.stringify(
            entries.map(({ csl }) => csl),
            null,
            2,
          )
        case 'ris':
          return joined(entries.map(({ csl }) => risEntry(csl)))
        case 'bibtex':
          return joined(entries.map(({ paper, csl }) => bibtexEntry(paper, csl)))
      }
    },
  }
}

/** The whole key, which the library cuts at twenty characters. */
function risEntry(csl: CslEntry): string {
  return plugins.output.format('ris', [csl]).replace(RIS_ID, () => `ID  - ${csl.id}`)
}

/** A preprint is `misc` in BibTeX; CSL's own word for it, `article`, would say that it stood in a journal. No day: BibTeX has none. */
function bibtexEntry(paper: Paper, csl: CslEntry): string {
  const { abstract: _, number: __, issued, ...entry } = balanced(csl)
  const month = issued && { issued: { 'date-parts': issued['date-parts'].map((parts) => parts.slice(0, 2)) } }
  const written = withTexTitle(
    paper,
    plugins.output.format('bibtex', [{ ...entry, ...month, type: csl.type === 'article' ? 'document' : csl.type }]),
  )
  const arxiv = paper.ids.find((id) => id.startsWith('arxiv:'))
  if (arxiv === undefined) return written.replace(HOW_PUBLISHED, '')
  const primary = paper.categories?.[0]
  const fields = [
    `eprint = {${displayId(arxiv)}}`,
    'archiveprefix = {arXiv}',
    ...(primary === undefined ? [] : [`primaryclass = {${primary}}`]),
  ]
  return written.replace(HOW_PUBLISHED, '').replace(LAST_BRACE, () => `${fields.map((field) => `\n\t${field},`).join('')}\n}`)
}

/** A title in TeX goes back as it was, where its braces and dollars match. */
function withTexTitle({ title }: Paper, written: string): string {
  if (!TEX.test(title) || !bracesMatch(title) || title.split('$').length % 2 === 0) return written
  const escaped = title.replace(MATH_OR_SIGN, (sign) => (sign.length === 1 ? `\\${sign}` : sign))
  return written.replace(TITLE, () => `\n\ttitle = {${escaped}},`)
}

/** Texts without the braces and the last backslash that BibTeX could not pair. */
function balanced(csl: CslEntry): CslEntry {
  return JSON.parse(JSON.stringify(csl), (_, value: unknown) =>
    typeof value === 'string' && !bracesMatch(value) ? value.replace(BRACES, '') : value,
  )
}

function bracesMatch(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length && depth >= 0; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
  }
  return depth === 0 && !text.endsWith('\\')
}

function joined(entries: readonly string[]): string {
  return entries.length === 0 ? '' : `${entries.map((entry) => entry.trim()).join('\n\n')}\n`
}
