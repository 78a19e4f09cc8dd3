// Once a day: the scores of the last twelve months' papers, computed anew.
import type { Paper } from '#core/paper.ts'
import { scoring } from '#core/score.ts'
import type { TickDependencies } from './tick.ts'

const SCORED_AT = 'scored-at'
const READ = 500
const WRITTEN = 200

/** Scores where the last time was at least a day ago; answers how many papers were looked at. */
export async function rescore({ store, turn }: Pick<TickDependencies, 'store' | 'turn'>, now: Temporal.Instant): Promise<number> {
  const last = await store.meta.get(SCORED_AT)
  if (last !== undefined && Math.abs(now.since(last).total('hours')) < 24) return 0
  const papers = await papersOfTheYear({ store, turn }, now)
  const steps = scoring(papers, now, await store.votes.ofGroup())
  let step = steps.next()
  while (!step.done) {
    await turn?.()
    step = steps.next()
  }
  const scores = [...step.value]
  for (let at = 0; at < scores.length; at += WRITTEN) {
    await store.papers.setScores(new Map(scores.slice(at, at + WRITTEN)))
    await turn?.()
  }
  await store.meta.set(SCORED_AT, now.toString())
  return papers.length
}

/** Without their long texts, which no score looks at. */
async function papersOfTheYear(
  { store, turn }: Pick<TickDependencies, 'store' | 'turn'>,
  now: Temporal.Instant,
): Promise<Paper[]> {
  const since = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: 12 }).toString()
  const papers: Paper[] = []
  for (let offset = 0; ; offset += READ) {
    const page = await store.papers.newest({ since }, { offset, limit: READ })
    for (const { abstract, comment, tldr, ...paper } of page) papers.push(paper)
    if (page.length < READ) return papers
    await turn?.()
  }
}
