// follow author: one person, not all who bear the name; whose papers show that it is the right one.
import { z } from 'zod'
import { authorKey, familyKey } from '#core/author-name.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { firstDay, shownDate } from '#core/paper-view.ts'
import type { AuthorAnswer, AuthorProfile } from '#core/papers.ts'
import type { Block, Reply } from '#core/reply.ts'
import { profileLine, whichAuthor } from './author.ts'
import { bold, counted, enumerate, note, prose } from './blocks.ts'
import { type Context, defineCommand } from './command.ts'
import { choicesInWords, type FollowChoices, follow, followOptions } from './follow.ts'

export const followAuthor = defineCommand({
  path: ['follow', 'author'],
  summary: "Follow an author's new papers",
  examples: ['follow author Eric J. Michaud', 'follow author Max Tegmark --cadence now'],
  options: z.object({
    name: z.string().meta({ description: 'A name, an ORCID or an id' }),
    ...followOptions,
  }),
  positional: ['name'],
  completions: { name: 'author' },
  async run({ name, ...choices }, context): Promise<Reply> {
    const answer = await known(name, choices, context)
    if (answer.kind === 'candidates') {
      return whichAuthor(name, answer.candidates, (meant) => `follow author ${meant}${choicesInWords(choices)}`)
    }
    const { profile, others } = answer
    const [key] = profile.keys
    if (key === undefined)
      throw new UserInputError(`“${name}” names nobody.`, { hint: 'For example: follow author Eric J. Michaud' })
    return follow(
      {
        target: { kind: 'author', key, name: profile.name },
        choices,
        command: `follow author ${profile.name}`,
        shown: [
          ...whom(profile, context),
          ...(others.length === 0
            ? []
            : [note(`Not followed with it: ${enumerate(others.slice(0, 5).map((other) => other.name))}.`)]),
        ],
        latest:
          profile.papers.length === 0
            ? undefined
            : { label: 'Show the papers, latest first', command: `author ${profile.name} --order date` },
      },
      context,
    )
  },
})

/** A full name that no paper here carries yet may be followed all the same, on a second word. */
async function known(name: string, choices: FollowChoices, { papers }: Context): Promise<AuthorAnswer> {
  try {
    return await papers.author(name, 'date')
  } catch (error) {
    if (!(error instanceof NotFoundError) || authorKey(name) === familyKey(name)) throw error
    if (choices.confirm !== 'yes') {
      throw new NotFoundError(error.message, {
        hint: `${error.hint ?? ''} To follow the name all the same: follow author ${name}${choicesInWords(choices)} --confirm yes`.trim(),
      })
    }
    const profile = { name, keys: [authorKey(name)], papers: [], years: null, categories: [], orgs: [], coauthors: [] }
    return { kind: 'author', profile, others: [] }
  }
}

function whom(profile: AuthorProfile, { clock }: Context): Block[] {
  if (profile.papers.length === 0) return [prose(bold(profile.name), ' has no paper here yet.')]
  const now = clock.now()
  const yearAgo = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ years: 1 }).toString()
  const recent = profile.papers.filter((paper) => (firstDay(paper.published ?? '') ?? '') >= yearAgo).length
  const latest = profile.papers[0]?.published
  const coauthors = profile.coauthors.map((coauthor) => coauthor.name)
  return [
    prose(bold(profile.name), `: ${profileLine(profile)}`, coauthors.length > 0 ? `. Often with ${enumerate(coauthors)}.` : '.'),
    prose(
      `To expect: ${recent === 0 ? 'little, with no paper' : counted(recent, 'paper')} in the last twelve months`,
      latest === undefined ? '.' : `; the latest is of ${shownDate(latest, now)}.`,
    ),
  ]
}
