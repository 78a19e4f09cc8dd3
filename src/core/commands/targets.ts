// What is followed, in words: the same everywhere a reply names it.
import { authorKey } from '#core/author-name.ts'
import { bareOrcid } from '#core/orcid.ts'
import type { Span } from '#core/reply.ts'
import type { AuthorTarget, Cadence, Target } from '#core/subscription.ts'
import { bold } from './blocks.ts'

/** `the topic “sparse autoencoder”`. */
export function targetInWords(target: Target): string {
  const { kind, name } = targetParts(target)
  return kind === 'author' ? name : kind === 'topic' ? `the topic “${name}”` : `the ${kind} ${name}${withoutOthers(target)}`
}

/** The same with its name in bold, and the ORCID that tells people of one name apart. */
export function targetSpans(target: Target): Span[] {
  const { kind, name } = targetParts(target)
  if (target.kind === 'author') return [bold(name), ...(target.orcid === undefined ? [] : [{ text: ` (ORCID ${target.orcid})` }])]
  const without = withoutOthers(target)
  return [{ text: `the ${kind} ` }, bold(name), ...(without === '' ? [] : [{ text: without }])]
}

function withoutOthers(target: Target): string {
  return target.kind === 'category' && target.primaryOnly ? ' without cross-listed papers' : ''
}

/** Whether a text, an ORCID or the name in any order, means this author. */
export function isCalled({ key, orcid }: AuthorTarget, text: string): boolean {
  const asked = bareOrcid(text)
  return asked === undefined ? key === authorKey(text) : asked === orcid
}

/** What kind it is, and what a person would type for it. */
export function targetParts(target: Target): { kind: Target['kind']; name: string } {
  switch (target.kind) {
    case 'author':
      return { kind: 'author', name: target.name }
    case 'topic':
      return { kind: 'topic', name: target.query }
    case 'category':
      return { kind: 'category', name: target.category }
    case 'feed':
      return { kind: 'feed', name: target.name }
  }
}

export function cadenceInWords(cadence: Cadence): string {
  return { now: 'at once', digest: 'in the digest', both: 'at once and in the digest' }[cadence]
}
