// DOIs among a paper's ids, as sources are asked by them.
import type { PaperId } from '#core/paper-id.ts'

const DOI = /^doi:/
const ARXIV = /^arxiv:/

/** The DOI that an id names; of an arXiv id the one that arXiv registers for its papers. */
export function doiOf(id: PaperId): string | undefined {
  if (DOI.test(id)) return id.replace(DOI, '')
  return ARXIV.test(id) ? id.replace(ARXIV, '10.48550/arxiv.') : undefined
}

/** One segment of an address's path, whatever the text holds. */
export function pathSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
