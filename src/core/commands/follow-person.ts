// Whom a follow of an author means, and by what they will be recognised; whose papers show that it is the right one.
import { type AuthorKey, authorKey, isFullName } from '#core/author-name.ts'
import { profileFrom } from '#core/author-page.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { type Bearer, bearersOf, bothEvidence, coauthorsOf, evidenceToKeep } from '#core/evidence.ts'
import type { Finder } from '#core/finder.ts'
import { bareOrcid } from '#core/orcid.ts'
import { firstDay, shownDate } from '#core/paper-view.ts'
import type { AuthorProfile } from '#core/papers.ts'
import type { Block, Reply } from '#core/reply.ts'
import type { AuthorTarget, Evidence, Subscription } from '#core/subscription.ts'
import { profileLine, whichAuthor } from './author.ts'
import { actions, bold, counted, enumerate, note, prose } from './blocks.ts'
import type { Context } from './command.ts'
import { choicesInWords, type FollowChoices, follow } from './follow.ts'
import { type PlaceMeant, placeOf } from './place.ts'
import { recognisedBy } from './recognised.ts'
import { silenceNote } from './told-notes.ts'
import { whichBearer } from './which-bearer.ts'
import { hasFields } from './written.ts'

const SENTENCE = /[.?!]$/

export async function followPerson(
  { name, with: coauthor, ...choices }: FollowChoices & { readonly name: string; readonly with?: string | undefined },
  context: Context,
): Promise<Reply> {
  const answer = await known(name, choices, context)
  if (answer.kind === 'nobody') return nobody(answer.error, nameAllTheSame(name, choices))
  if (answer.kind === 'candidates') {
    return whichAuthor(name, answer.candidates, (meant) => `follow author ${meant}${choicesInWords(choices)}`)
  }
  const { profile, others, told } = answer
  const [key] = profile.keys
  if (key === undefined)
    throw new UserInputError(`“${name}” names nobody.`, { hint: 'For example: follow author Eric J. Michaud' })
  const people = bearersOf(profile.papers, key)
  const chosen = bearerMeant(name, coauthor, people, key)
  if (!chosen && choices.confirm !== 'yes' && people.length > 1)
    return whichBearer(profile.name, people, key, (who) => `follow author ${who}${choicesInWords(choices)}`)
  const bearer: Bearer = chosen ?? { papers: profile.papers }
  const evidence = evidenceToKeep(bearer.papers, key, !chosen && people.length > 1)
  const place = await placeOf(context, choices.for)
  const namesakes = await followedNamesakes(key, place, context)
  const orcid = people.length > 1 || namesakes.length === 0 ? bearer.orcid : namesakes[0]?.target.orcid
  const target: AuthorTarget = { kind: 'author', key, name: profile.name, ...(orcid !== undefined && { orcid }), evidence }
  const same = namesakes.find((one) => one.target.orcid === orcid)
  const isLearned = same && (coauthor !== undefined || same.target.evidence === undefined)
  if (isLearned) await learn(same, evidence, context)
  const who = coauthor === undefined ? (bareOrcid(name) ?? profile.name) : `${profile.name} --with "${coauthor}"`
  const reply = await follow(
    {
      target,
      choices,
      command: `follow author ${who}`,
      shown: [
        ...whom(chosen && people.length > 1 ? profileFrom(profile.name, [key], chosen.papers) : profile, context),
        prose(recognisedBy(target, bearer.papers)),
        ...alsoFollowed(target, namesakes),
        ...(others.length === 0
          ? []
          : [note(`Not followed with it: ${enumerate(others.slice(0, 5).map((other) => other.name))}.`)]),
        ...silenceNote(told),
      ],
      latest:
        profile.papers.length === 0
          ? undefined
          : { label: 'Show the papers, latest first', command: `author ${profile.name} --order date` },
    },
    context,
  )
  return isLearned ? { ...reply, blocks: [...reply.blocks, note(recognisedBy(target, bearer.papers))] } : reply
}

/** Whom the ORCID, the co-author or, of a name that one person has, the name means; undefined where nothing says. */
function bearerMeant(name: string, coauthor: string | undefined, people: readonly Bearer[], key: AuthorKey): Bearer | undefined {
  const orcid = bareOrcid(name)
  const [only, ...more] = people
  if (coauthor !== undefined) return withCoauthor(coauthor, people, key)
  if (orcid !== undefined)
    return people.find((one) => one.orcid === orcid) ?? { orcid, papers: people.flatMap(({ papers }) => papers) }
  return more.length === 0 ? only : undefined
}

function withCoauthor(coauthor: string, people: readonly Bearer[], key: AuthorKey): Bearer {
  const found = people.filter(({ papers }) => papers.some((paper) => coauthorsOf(paper, key).has(authorKey(coauthor))))
  const [first, ...more] = found
  if (!first) throw new UserInputError(`No paper here is by both of them: “${coauthor}” is no co-author.`)
  return more.length === 0 ? first : { papers: found.flatMap(({ papers }) => papers) }
}

type Namesake = Subscription & { readonly target: AuthorTarget }

/** Who of that name is followed in the place already. */
async function followedNamesakes(key: AuthorKey, { destination }: PlaceMeant, { store }: Context): Promise<Namesake[]> {
  const followed = await store.subscriptions.ofDestination(destination)
  return followed.flatMap(({ target, ...rest }) => (target.kind === 'author' && target.key === key ? [{ ...rest, target }] : []))
}

/** What is followed already is known by this evidence too. */
async function learn({ id, destination, target }: Namesake, evidence: Evidence, { store }: Context): Promise<void> {
  await store.subscriptions.setTarget(destination, id, { ...target, evidence: bothEvidence(target.evidence, evidence) })
}

function alsoFollowed({ name, orcid }: AuthorTarget, namesakes: readonly Namesake[]): Block[] {
  const isByName = namesakes.some(({ target }) => target.orcid === undefined)
  if (orcid !== undefined && isByName)
    return [
      note(`${name} is followed by the name alone as well, which brings namesakes too: unfollow that to hear of this one only.`),
    ]
  if (orcid === undefined && !isByName && namesakes.length > 0)
    return [note(`${name} is followed by ORCID already; by the name alone namesakes come as well.`)]
  return []
}

/** A full name that no paper here carries yet may be followed all the same, on a second word: by a button where none can be typed. */
async function known(
  name: string,
  choices: FollowChoices,
  { finder, destination }: Context,
): Promise<Awaited<ReturnType<Finder['author']>> | { readonly kind: 'nobody'; readonly error: NotFoundError }> {
  try {
    return await finder.author(name, 'date')
  } catch (error) {
    if (!(error instanceof NotFoundError) || !isFullName(name)) throw error
    if (choices.confirm !== 'yes') {
      if (hasFields(destination.platform)) return { kind: 'nobody', error }
      throw new NotFoundError(error.message, {
        hint: `${sentence(error.hint)}To follow the name all the same: ${nameAllTheSame(name, choices)}`,
      })
    }
    const profile = { name, keys: [authorKey(name)], papers: [], years: null, categories: [], orgs: [], coauthors: [] }
    return { kind: 'author', profile, others: [], told: [] }
  }
}

function nameAllTheSame(name: string, choices: FollowChoices): string {
  return `follow author ${name}${choicesInWords(choices)} --confirm yes`
}

function nobody({ message, hint }: NotFoundError, command: string): Reply {
  return {
    visibility: 'private',
    blocks: [prose(message), ...(hint === undefined ? [] : [note(hint)]), ...actions({ label: 'Follow all the same', command })],
  }
}

/** To stand before another one. */
function sentence(text = ''): string {
  return text === '' || SENTENCE.test(text) ? `${text} `.trimStart() : `${text}. `
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
