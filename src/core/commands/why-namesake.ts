// Whether the author of a paper is who is followed, in words: how they were recognised, or why it is a namesake.
import type { Judgement } from '#core/identity.ts'
import { type Judged, judgementsOf } from '#core/judged.ts'
import type { Paper } from '#core/paper.ts'
import type { AuthorTarget, Match, Subscription } from '#core/subscription.ts'
import { bold, enumerate } from './blocks.ts'
import { themActions } from './card-actions.ts'
import type { Context } from './command.ts'
import { type Finding, finding } from './finding.ts'
import type { PlaceMeant } from './place.ts'

interface Known {
  readonly paper: Paper
  readonly subscriptions: readonly Subscription[]
  readonly matches: readonly Match[]
  readonly place: PlaceMeant
}

/** A finding for everybody who is followed and has the name of one of the authors, and whom the name alone does not tell. */
export async function namesakes({ paper, subscriptions, matches, place }: Known, { store }: Context): Promise<Finding[]> {
  const all = await judgementsOf(paper, subscriptions, store)
  const verdicts = await store.subscriptions.verdicts(all.map(({ subscription }) => subscription.id))
  return all.flatMap(({ subscription, target, judgement }: Judged) => {
    const [yes, no] = all.length === 1 ? themActions(paper, target) : named(target, themActions(paper, target))
    const word = verdicts.find((verdict) => verdict.paper === paper.number && verdict.subscription === subscription.id)
    const because = groundOf(judgement, word?.by.name)
    const name = bold(target.name)
    if (judgement.answer === 'not-them')
      return [finding(['By a namesake of ', name, `, who is followed ${place.words}: `, ...because], yes)]
    if (judgement.answer === 'possibly') {
      const isSelected = matches.some((match) => match.subscription === subscription.id)
      return isSelected ? [finding(['Possibly by a namesake of ', name, ': nothing tells yet whether it is them'], yes, no)] : []
    }
    return because.length === 0 ? [] : [finding(['By the ', name, ` who is followed ${place.words}: `, ...because], no)]
  })
}

/** Several people are asked about: each button says whom it means. */
function named({ name }: AuthorTarget, [yes, no]: ReturnType<typeof themActions>) {
  return [
    { ...yes, label: `${yes.label}: ${name}` },
    { ...no, label: `${no.label}: ${name}` },
  ] as const
}

/** Nothing where the name was enough. */
function groundOf({ answer, by, shared }: Judgement, person = 'somebody'): string[] {
  switch (by) {
    case 'word':
      return [`${person} said so`]
    case 'orcid':
      return [answer === 'them' ? 'the ORCID is theirs' : 'the ORCID is another one']
    case 'coauthors':
      return [`with ${enumerate(shared)}, as on papers ${answer === 'them' ? 'of theirs' : 'that were not theirs'}`]
    case 'orgs':
      return [`from ${enumerate(shared)}, where they were before`]
    default:
      return []
  }
}
