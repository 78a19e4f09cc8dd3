// What subscriptions select by an author, judged: a namesake's paper is left out, a possible one's is marked.
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import { type Judgement, judge, type Said } from '#core/identity.ts'
import type { Paper } from '#core/paper.ts'
import type { StoreParts } from '#core/ports/store.ts'
import type { AuthorTarget, Reason, Subscription } from '#core/subscription.ts'

type Parts = Pick<StoreParts, 'papers' | 'subscriptions'>

/** A subscription of an author and a paper of that name, with what there is to say of them. */
export interface Judged {
  readonly subscription: Subscription
  readonly target: AuthorTarget
  readonly judgement: Judgement
}

interface Selection {
  readonly subscription: Subscription
  readonly paper: Paper
  readonly reason: Reason
}

/** The selections that stand, in their order, in the light of all that people said so far. */
export async function judged<T extends Selection>(selected: readonly T[], store: Parts): Promise<T[]> {
  const said = await saidOf(
    selected.filter(({ subscription }) => subscription.target.kind === 'author').map(({ subscription }) => subscription.id),
    store,
  )
  return selected.flatMap((selection) => {
    const { subscription, paper, reason } = selection
    if (subscription.target.kind !== 'author') return [selection]
    const { answer } = judge(subscription.target, paper, said.get(subscription.id) ?? [])
    return answer === 'not-them' ? [] : [{ ...selection, reason: reasonOf(reason, subscription.target, answer) }]
  })
}

/** Reasons that were recorded, judged anew: people may have said more since. Those of what is followed no more stay as they are. */
export async function judgedAgain<T extends { readonly paper: number; readonly reason: Reason }>(
  matches: readonly T[],
  subscriptions: readonly Subscription[],
  store: Parts,
): Promise<T[]> {
  const byId = new Map(subscriptions.map((subscription) => [subscription.id, subscription]))
  const byAuthors = matches.filter(({ reason }) => byId.get(reason.subscription)?.target.kind === 'author')
  const papers = await store.papers.byNumbers([...new Set(byAuthors.map(({ paper }) => paper))])
  const byNumber = new Map(papers.map((paper) => [paper.number, paper]))
  const selections = byAuthors.flatMap((match) => {
    const [subscription, paper] = [byId.get(match.reason.subscription), byNumber.get(match.paper)]
    return subscription && paper ? [{ match, subscription, paper, reason: match.reason }] : []
  })
  const standing = new Map((await judged(selections, store)).map(({ match, reason }) => [match, reason]))
  const asked = new Set(selections.map(({ match }) => match))
  return matches.flatMap((match) => {
    if (!asked.has(match)) return [match]
    const reason = standing.get(match)
    return reason ? [{ ...match, reason }] : []
  })
}

/** What the subscriptions of an author of the paper come to, in their order. */
export async function judgementsOf(paper: Paper, subscriptions: readonly Subscription[], store: Parts): Promise<Judged[]> {
  const keys = new Set<AuthorKey>(paper.authors.map(({ name }) => authorKey(name)))
  const followed = subscriptions.flatMap((subscription) => {
    const { target } = subscription
    return target.kind === 'author' && keys.has(target.key) ? [{ subscription, target }] : []
  })
  const said = await saidOf(
    followed.map(({ subscription }) => subscription.id),
    store,
  )
  return followed.map(({ subscription, target }) => {
    return { subscription, target, judgement: judge(target, paper, said.get(subscription.id) ?? []) }
  })
}

/** By subscription, what people said of which papers. */
export async function saidOf(
  subscriptions: readonly string[],
  { papers, subscriptions: store }: Parts,
): Promise<Map<string, Said[]>> {
  const verdicts = subscriptions.length === 0 ? [] : await store.verdicts([...new Set(subscriptions)])
  const known = new Map((await papers.byNumbers(verdicts.map(({ paper }) => paper))).map((paper) => [paper.number, paper]))
  const said = new Map<string, Said[]>()
  for (const { subscription, paper: number, isThem } of verdicts) {
    const paper = known.get(number)
    if (paper) said.set(subscription, [...(said.get(subscription) ?? []), { paper, isThem }])
  }
  return said
}

/** The evidence stays with the subscription: a reason is kept for every paper. */
function reasonOf(reason: Reason, target: AuthorTarget, answer: 'them' | 'possibly'): Reason {
  const { evidence, ...bare } = target
  const { possibly, ...rest } = reason
  return { ...rest, target: bare, ...(answer === 'possibly' && { possibly: true }) }
}
