// What a source says of papers that are known, so that it can be laid beside them: each record with an id of its paper.
import type { Paper, PaperRecord } from '#core/paper.ts'
import { compareIds, type PaperId } from '#core/paper-id.ts'

/**
 * Those of the records that share an id with a paper, one record a paper. Where the paper has a date, theirs is left out:
 * many sources write the first of January or of the month where they know no more, and the earliest date would win.
 */
export function additions(papers: readonly Paper[], records: readonly PaperRecord[]): PaperRecord[] {
  const byId = new Map<PaperId, Paper>(papers.flatMap((paper) => paper.ids.map((id) => [id, paper] as const)))
  const done = new Set<Paper>()
  return records.flatMap((record) => {
    const paper = record.ids.map((id) => byId.get(id)).find((known) => known !== undefined)
    if (paper === undefined || done.has(paper)) return []
    const added = addition(paper, record)
    if (added === undefined) return []
    done.add(paper)
    return added
  })
}

/**
 * What was answered for one paper, whatever id it now goes by: sources merge what they held for two. Undefined where it is of
 * another paper by its arXiv id.
 */
export function addition(paper: Paper, record: PaperRecord): PaperRecord | undefined {
  if (isOfAnother(paper, record)) return undefined
  const isKnown = record.ids.some((id) => paper.ids.includes(id))
  const [first, ...others] = isKnown ? record.ids : [...record.ids, paper.ids[0]].toSorted(compareIds)
  const { published, updated, version, ...rest } = record
  const dates = { ...(published !== undefined && { published }), ...(updated !== undefined && { updated }) }
  return { ...rest, ...(paper.published === undefined && dates), ids: [first ?? paper.ids[0], ...others] }
}

function isOfAnother(paper: Paper, record: PaperRecord): boolean {
  const [ours, theirs] = [paper, record].map(({ ids }) => ids.filter((id) => id.startsWith('arxiv:'))) as [PaperId[], PaperId[]]
  return ours.length > 0 && theirs.length > 0 && !theirs.some((id) => ours.includes(id))
}
