// author: the author page, or which of several people is meant.
import { z } from 'zod'
import type { AuthorProfile } from '#core/papers.ts'
import type { KnownAuthor } from '#core/ports/store.ts'
import type { Reply } from '#core/reply.ts'
import { actions, bold, counted, enumerate, heading, list, listing, note, prose } from './blocks.ts'
import { paperActions } from './card-actions.ts'
import { defineCommand } from './command.ts'
import { pageOption, paging } from './paging.ts'
import { silenceNote } from './told-notes.ts'

const ORCID_ADDRESS = /^https?:\/\/orcid\.org\//
/** Most people's papers on one page. */
const PAGE = 20
const CHOICES = 5
const SHOWN = 10

export const author = defineCommand({
  path: ['author'],
  summary: "Show an author's papers, the ones with most impact first",
  examples: ['author Eric J. Michaud', 'author Max Tegmark --order date'],
  options: z.object({
    name: z.string().meta({ description: 'A name, an ORCID or an id' }),
    order: z.enum(['impact', 'date']).default('impact').meta({ description: 'Which papers come first: impact or date' }),
    page: pageOption,
  }),
  positional: ['name'],
  completions: { name: 'author' },
  async run({ name, order, page: number }, context): Promise<Reply> {
    const answer = await context.finder.author(name, order)
    if (answer.kind === 'candidates') return whichAuthor(name, answer.candidates, (meant) => `author ${meant}`)
    const { profile, others } = answer
    const command = `author ${profile.orcid ?? profile.name}${order === 'date' ? ' --order date' : ''}`
    const pages = paging(command, number, PAGE, profile.papers.length)
    const shown = profile.papers.slice(pages.page.offset, pages.page.offset + PAGE)
    const other = order === 'impact' ? 'date' : 'impact'
    return {
      visibility: 'public',
      lookedUp: true,
      blocks: [
        heading(profile.name),
        prose(profileLine(profile)),
        ...coauthorLine(profile),
        ...shown.map((paper) => listing(paper, { actions: paperActions(paper) })),
        ...(profile.papers.length > PAGE
          ? [note(`Papers ${pages.page.offset + 1}–${pages.page.offset + shown.length} of ${profile.papers.length}`)]
          : []),
        ...namesakes(others),
        ...silenceNote(answer.told),
        ...actions(
          ...pages.actions,
          { label: `Follow ${profile.name}`, command: `follow author ${profile.name}` },
          { label: `Order by ${other}`, command: `author ${profile.orcid ?? profile.name} --order ${other}`, turns: true },
        ),
      ],
      page: pages.page,
    }
  },
})

/** `15 papers · 2020–2026 · LG 13, AI 1, ML 1 · berkeley, deepmind`, with the ORCID where it is known. */
export function profileLine({ papers, years, categories, orgs, orcid }: AuthorProfile): string {
  return [
    counted(papers.length, 'paper'),
    years === null ? '' : years.first === years.last ? `${years.first}` : `${years.first}–${years.last}`,
    categories
      .slice(0, CHOICES)
      .map(({ category, papers }) => `${category} ${papers}`)
      .join(', '),
    orgs.join(', '),
    orcid === undefined ? '' : `ORCID ${orcid.replace(ORCID_ADDRESS, '')}`,
  ]
    .filter((part) => part !== '')
    .join(' · ')
}

function coauthorLine({ coauthors }: AuthorProfile) {
  return coauthors.length === 0
    ? []
    : [note(`Often with ${enumerate(coauthors.map(({ name, papers }) => `${name} (${papers})`))}`)]
}

function namesakes(others: readonly KnownAuthor[]) {
  if (others.length === 0) return []
  const names = others.slice(0, CHOICES).map(({ name, papers }) => `${name} (${counted(papers, 'paper')})`)
  return [note(`Not counted here, though the name would fit: ${enumerate(names)}.`)]
}

/** Asks which of several people is meant; `command` says what each name is for. */
export function whichAuthor(name: string, candidates: readonly KnownAuthor[], command: (name: string) => string): Reply {
  const shown = candidates.slice(0, SHOWN)
  return {
    visibility: 'private',
    blocks: [
      prose('Several people may be meant by ', bold(name), '. Which one?'),
      list(shown.map((candidate) => [bold(candidate.name), ` · ${counted(candidate.papers, 'paper')}`])),
      ...(candidates.length > shown.length ? [note('More people fit: type more of the name.')] : []),
      ...actions(...shown.map((candidate) => ({ label: candidate.name, command: command(candidate.name) }))),
    ],
  }
}
