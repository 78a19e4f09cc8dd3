// The buttons of a paper in a list, and the words of a command that names it.
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import type { Action } from '#core/reply.ts'
import type { AuthorTarget } from '#core/subscription.ts'

const WHITE_SPACE = /\s/

/** What names the paper in a command: its id as people write it, canonical where that would not be read back. */
export function referenceOf(paper: Pick<Paper, 'ids'>): string {
  const [id] = paper.ids
  const shown = displayId(id)
  return id.startsWith('arxiv:') || id.startsWith('doi:') || id.startsWith('openalex:')
    ? shown
    : WHITE_SPACE.test(id)
      ? `"${id}"`
      : id
}

/** As they stand under a paper of a list. */
export function paperActions(paper: Pick<Paper, 'ids'>): Action[] {
  const reference = referenceOf(paper)
  return [
    { label: 'Details', command: `paper ${reference}` },
    { label: 'Save', command: `save ${reference}` },
    { label: 'Vote', command: `vote ${reference}` },
  ]
}

/** They ask whether the paper is by the person who is followed. */
export function themActions(paper: Pick<Paper, 'ids'>, { name, orcid }: AuthorTarget) {
  const command = `them ${referenceOf(paper)} --author ${orcid ?? `"${name.replaceAll('"', '')}"`}`
  return [
    { label: 'Yes, it is them', command: `${command} --answer yes` },
    { label: 'Not them', command: `${command} --answer no` },
  ] as const
}
