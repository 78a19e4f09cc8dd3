// A person's word on whose paper it is. It counts for the channel with its threads, and more than anything else that Paperboy
// knows.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import { NotFoundError, UserInputError } from '#core/errors.ts'
import { areEnough, coauthorsOf, evidenceOf, orcidsOf } from '#core/evidence.ts'
import type { Said } from '#core/identity.ts'
import { saidOf } from '#core/judged.ts'
import type { Paper } from '#core/paper.ts'
import type { Reply } from '#core/reply.ts'
import type { AuthorTarget, Subscription } from '#core/subscription.ts'
import { texToText } from '#core/text/tex.ts'
import { actions, bold, enumerate, note, prose, subject } from './blocks.ts'
import { referenceOf, themActions } from './card-actions.ts'
import type { Context } from './command.ts'
import { followedIn } from './following.ts'
import { placeOf } from './place.ts'
import { isCalled } from './targets.ts'
import { withAnswer } from './them-answered.ts'

const SHOWN = 5

export async function sayWhether(
  {
    paper: reference,
    author,
    answer,
  }: { readonly paper: string; readonly author?: string | undefined; readonly answer: 'yes' | 'no' },
  context: Context,
): Promise<Reply> {
  const paper = await context.papers.paper(reference)
  const { target, subscriptions } = await meant(paper, author, context)
  const { store, person, clock } = context
  const isThem = answer === 'yes'
  for (const { id, destination } of subscriptions) {
    const verdict = { subscription: id, paper: paper.number, isThem, by: person, at: clock.now().toString() }
    await store.subscriptions.setVerdict(destination, verdict)
  }
  const said = await saidOf(
    subscriptions.map(({ id }) => id),
    store,
  )
  await withAnswer(paper, { target, isThem, subscriptions }, context)
  const [yes, no] = themActions(paper, target)
  return {
    visibility: 'public',
    blocks: [
      prose(
        subject(person),
        ' said that ',
        bold(texToText(paper.title)),
        isThem ? ' is by the ' : ' is by another ',
        bold(target.name),
        isThem ? ' who is followed here.' : ' than the one who is followed here.',
      ),
      note(consequence(paper, { target, isThem, said: said.get(subscriptions[0]?.id ?? '') ?? [] })),
      ...actions(
        isThem ? no : yes,
        { label: 'Why', command: `why ${referenceOf(paper)}` },
        { label: 'Following', command: 'following' },
      ),
    ],
  }
}

/** One person, who may be followed in the channel and in several of its threads. */
async function meant(
  paper: Paper,
  author: string | undefined,
  context: Context,
): Promise<{ target: AuthorTarget; subscriptions: Subscription[] }> {
  const here = await followedIn(await placeOf(context, 'here'), context)
  const keys = new Set(paper.authors.map(({ name }) => authorKey(name)))
  const followed = here.flatMap(({ target, ...rest }) => {
    return target.kind === 'author' && keys.has(target.key) && (author === undefined || isCalled(target, author))
      ? [{ ...rest, target }]
      : []
  })
  const people = [...Map.groupBy(followed, ({ target }) => `${target.key} ${target.orcid ?? ''}`).values()]
  const [subscriptions, ...others] = people
  const [first] = subscriptions ?? []
  if (!subscriptions || !first) {
    throw new NotFoundError(
      author === undefined
        ? 'None of the authors of this paper is followed here.'
        : `Nobody called “${author}” who wrote this paper is followed here.`,
      { hint: 'To see who is, type: following' },
    )
  }
  if (others.length > 0) {
    const names = people.flatMap(([one]) => (one ? [one.target.orcid ?? `"${one.target.name}"`] : []))
    throw new UserInputError('Several people who are followed here may have written this paper.', {
      hint: `Say which: them ${referenceOf(paper)} --author ${enumerate(names, 'or')}`,
    })
  }
  return { target: first.target, subscriptions }
}

/** What follows for the next papers of that name, as judge (identity.ts) will have it. */
function consequence(
  paper: Paper,
  { target, isThem, said }: { target: AuthorTarget; isThem: boolean; said: readonly Said[] },
): string {
  const comes = isThem ? 'come without asking' : 'do not come'
  const [orcid] = orcidsOf([paper], target.key)
  if (orcid !== undefined) return `From now on papers of that name with the ORCID ${orcid} ${comes}.`
  const opposite = coauthorsSaid(target, !isThem, said)
  const coauthors = [...coauthorsOf(paper, target.key)].filter(([coauthor]) => !opposite.has(coauthor))
  const telling = coauthors.filter(([coauthor]) => areEnough([coauthor], paper))
  const names = (some: typeof coauthors) => some.slice(0, SHOWN).map(([, name]) => name)
  if (telling.length > 0) return `From now on papers of that name with ${enumerate(names(telling), 'or')} ${comes}.`
  const keys = coauthors.map(([coauthor]) => coauthor)
  if (areEnough(keys, paper)) return `From now on papers of that name with two of ${enumerate(names(coauthors))} ${comes}.`
  return 'None of its co-authors tells the two apart, so the next papers are asked about.'
}

/** Who wrote with the one who is followed or, where `areTheirs` is false, with those who are not. */
function coauthorsSaid({ key, evidence }: AuthorTarget, areTheirs: boolean, said: readonly Said[]): ReadonlySet<AuthorKey> {
  const papers = said.filter(({ isThem }) => isThem === areTheirs).map((one) => one.paper)
  const { coauthors } = evidenceOf(papers, key)
  return new Set(areTheirs ? [...coauthors, ...(evidence?.coauthors ?? [])] : coauthors)
}
