// The buttons of a paper in a list, and the words of a command that names it.
import type { Paper } from '#core/paper.ts'
import { displayId } from '#core/paper-id.ts'
import type { CommandAction } from '#core/reply.ts'
import type { AuthorTarget } from '#core/subscription.ts'

const WHITE_SPACE = /\s/
const FOLLOWED_AUTHORS = 3

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

/** As they stand under a paper of a list: few buttons, and a menu where there are menus. */
export function paperActions(paper: Pick<Paper, 'ids' | 'authors'>): CommandAction[] {
  const reference = referenceOf(paper)
  const more = [relatedAction(paper), bibtexAction(paper), ...followActions(paper)]
  return [
    { label: 'Details', command: `paper ${reference}` },
    saveAction(paper),
    { label: 'Vote', command: `vote ${reference}` },
    ...more.map((action) => ({ ...action, more: true as const })),
  ]
}

/** As they stand under the full card. */
export function fullCardActions(paper: Pick<Paper, 'ids' | 'authors'>): CommandAction[] {
  return [relatedAction(paper), saveAction(paper), bibtexAction(paper), ...followActions(paper)]
}

/** They ask whether the paper is by the person who is followed. */
export function themActions(paper: Pick<Paper, 'ids'>, { name, orcid }: AuthorTarget) {
  const command = `them ${referenceOf(paper)} --author ${orcid ?? `"${name.replaceAll('"', '')}"`}`
  return [
    { label: 'Yes, it is them', command: `${command} --answer yes` },
    { label: 'Not them', command: `${command} --answer no` },
  ] as const
}

function relatedAction(paper: Pick<Paper, 'ids'>): CommandAction {
  return { label: 'Related', command: `related ${referenceOf(paper)}` }
}

function saveAction(paper: Pick<Paper, 'ids'>): CommandAction {
  return { label: 'Save', command: `save ${referenceOf(paper)}` }
}

function bibtexAction(paper: Pick<Paper, 'ids'>): CommandAction {
  return { label: 'BibTeX', command: `export bibtex ${referenceOf(paper)}`, aside: true }
}

/** The first authors; all the others would be a page of buttons. */
function followActions({ authors }: Pick<Paper, 'authors'>): CommandAction[] {
  return authors.slice(0, FOLLOWED_AUTHORS).map(({ name }) => ({ label: `Follow ${name}`, command: `follow author ${name}` }))
}
