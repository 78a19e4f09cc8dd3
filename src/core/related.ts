// The papers nearest to one, and why: the words and the people they share.
import { authorKey } from '#core/author-name.ts'
import type { Paper } from '#core/paper.ts'
import type { RelatedPaper } from '#core/papers.ts'
import type { PaperIndex } from '#core/ports/paper-index.ts'
import type { Store } from '#core/ports/store.ts'
import { termsOf } from '#core/query/terms.ts'
import { analyse, wordsOf } from '#core/text/analyse.ts'
import { texToText } from '#core/text/tex.ts'

const SHOWN_WORDS = 5

/** Words that say nothing of what two papers share; a small store finds them rare all the same. */
const EMPTY_WORDS = new Set(
  (
    'a about after all already also among an and another any appears are as at author authors be been before between both but by can do ' +
    'does down each even for from had has have how however if in into is it its many may more most much must no not of often on one only or ' +
    'other our out over own paper papers rather same several should show so some start still such than that the their them then there these ' +
    'they this those through to under until up use used using very was we well were what when where whether which while who whose why will ' +
    'with within without would'
  ).split(' '),
)

/** Nearest by rare shared terms first; where these do not fill the list, the newest papers of the same people. */
export async function relatedPapers(
  paper: Paper,
  limit: number,
  { store, index }: { store: Store; index: PaperIndex },
): Promise<readonly RelatedPaper[]> {
  const similar = await index.similar(termsOf(paper), paper.number, limit)
  const shared = new Map(similar.map((hit) => [hit.number, hit.shared]))
  const near = await store.papers.byNumbers(similar.map((hit) => hit.number))
  const known = new Set([paper.number, ...near.map((other) => other.number)])
  const byPeople = near.length < limit ? await store.papers.byAuthors(paper.authors.map((author) => authorKey(author.name))) : []
  const more = byPeople.filter((other) => !known.has(other.number)).slice(0, limit - near.length)
  const words = wordsByTerm(paper)
  return [...near, ...more].map((other) => ({
    paper: other,
    sharedWords: (shared.get(other.number) ?? []).flatMap((term) => words.get(term) ?? []).slice(0, SHOWN_WORDS),
    sharedAuthors: sharedAuthors(paper, other),
  }))
}

/** A term's first word as it stands in the paper, so that a reason shows words and not stems. */
function wordsByTerm(paper: Paper): Map<string, string> {
  const words = new Map<string, string>()
  for (const word of wordsOf(`${texToText(paper.title)} ${texToText(paper.abstract ?? '')}`)) {
    const [term] = EMPTY_WORDS.has(word) ? [] : analyse(word)
    if (term !== undefined && !words.has(term)) words.set(term, word)
  }
  return words
}

function sharedAuthors(paper: Paper, other: Paper): string[] {
  const keys = new Set(other.authors.map((author) => authorKey(author.name)))
  return paper.authors.filter((author) => keys.has(authorKey(author.name))).map((author) => author.name)
}
