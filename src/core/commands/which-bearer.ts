// Which of several people of one name is meant: each with what tells them apart, and a button.
import type { AuthorKey } from '#core/author-name.ts'
import { type Bearer, coauthorsOf, evidenceOf } from '#core/evidence.ts'
import type { Reply } from '#core/reply.ts'
import { actions, bold, counted, enumerate, list, note, prose, type Words } from './blocks.ts'

/** With the button for all of that name, as many as any platform shows in a row. */
const SHOWN = 4
const COAUTHORS = 3
const CATEGORIES = 3

/** `command` says what a word that names somebody is for: an ORCID, or the name with a co-author. */
export function whichBearer(name: string, people: readonly Bearer[], key: AuthorKey, command: (who: string) => string): Reply {
  const choices = people.flatMap((bearer): Choice[] => choiceOf(bearer, people, { name, key }))
  const shown = choices.slice(0, SHOWN)
  return {
    visibility: 'private',
    blocks: [
      prose('Several people here seem to be called ', bold(name), '. Which one?'),
      list(shown.map(({ row }) => row)),
      note(
        choices.length > shown.length || people.length > choices.length ? 'There are more than these. ' : '',
        `Of all called ${name}, each paper is asked about, and the answers are remembered.`,
      ),
      ...actions(...shown.map(({ label, who }) => ({ label, command: command(who) })), {
        label: `All called ${name}`,
        command: `${command(name)} --confirm yes`,
      }),
    ],
  }
}

interface Choice {
  readonly label: string
  readonly who: string
  readonly row: readonly Words[]
}

/** Nothing where neither an ORCID nor a co-author tells them from the others. */
function choiceOf(
  { orcid, papers }: Bearer,
  people: readonly Bearer[],
  { name, key }: { name: string; key: AuthorKey },
): Choice[] {
  const { coauthors, categories } = evidenceOf(papers, key)
  const names = new Map(papers.flatMap((paper) => [...coauthorsOf(paper, key)]))
  const others = new Set(people.filter((one) => one.papers !== papers).flatMap((one) => evidenceOf(one.papers, key).coauthors))
  const own = coauthors.filter((coauthor) => !others.has(coauthor)).map((coauthor) => names.get(coauthor) ?? coauthor)
  const [first] = own
  const details = ` · ${counted(papers.length, 'paper')} · ${categories.slice(0, CATEGORIES).join(', ')}`
  const company = own.length > 0 ? ` · with ${enumerate(own.slice(0, COAUTHORS))}` : ''
  if (orcid !== undefined) return [{ label: `ORCID ${orcid}`, who: orcid, row: [bold(`ORCID ${orcid}`), details, company] }]
  if (first === undefined) return []
  return [
    {
      label: `With ${first}`,
      who: `${name} --with "${first.replaceAll('"', '')}"`,
      row: [bold(`With ${enumerate(own.slice(0, COAUTHORS))}`), details],
    },
  ]
}
