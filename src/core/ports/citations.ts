// Papers as the entries a reference manager reads.
import type { Paper } from '#core/paper.ts'

export const citationFormats = ['bibtex', 'ris', 'csl'] as const
export type CitationFormat = (typeof citationFormats)[number]

export interface Citations {
  /** One entry a paper, in order, under a key that is unique within this call; `''` for no papers (`[]` in CSL-JSON). */
  format(papers: readonly Paper[], as: CitationFormat): Promise<string>
}
