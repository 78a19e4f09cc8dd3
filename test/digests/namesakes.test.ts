import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { authorKey } from '#core/author-name.ts'
import { evidenceToKeep } from '#core/evidence.ts'
import type { Paper } from '#core/paper.ts'
import type { PaperId } from '#core/paper-id.ts'
import type { Action } from '#core/reply.ts'
import type { AuthorTarget, Subscription } from '#core/subscription.ts'
import { createDigests } from '#digests/digests.ts'
import { tick } from '#digests/tick.ts'
import { whySpans } from '#digests/why.ts'
import { aDestination, aPaper, aRecord, aSubscription } from '#test/builders.ts'
import { aWorld } from './world.ts'

const JUN = 'Jun Li'
const key = authorKey(JUN)
const target: AuthorTarget = {
  kind: 'author',
  key,
  name: JUN,
  evidence: evidenceToKeep([aPaper({ authors: [JUN, 'Ada Byron'] })], key, false),
}
const jun = aSubscription({ id: 'jun', target })

let world: ReturnType<typeof aWorld>
beforeEach(async () => {
  world = aWorld(await openSqliteStore(':memory:'))
})
afterEach(() => world.store.close())

async function follow(...subscriptions: readonly Subscription[]) {
  for (const subscription of subscriptions) await world.store.subscriptions.add(subscription)
}
async function tickWith(at: number, ...authors: string[]): Promise<Paper> {
  const id = `arxiv:2611.0000${at}` as PaperId
  await world.store.papers.put([aRecord({ ids: [id], title: `Paper ${at}`, authors })], world.pass({ minutes: 20 }).toString())
  await tick(world.dependencies, Temporal.Instant.from(world.now()))
  return (await world.store.papers.byIds([id]))[0] as Paper
}
const say = (paper: Paper, isThem: boolean) =>
  world.store.subscriptions.setVerdict(aDestination(), {
    subscription: 'jun',
    paper: paper.number,
    isThem,
    by: { id: 'ada', name: 'Ada' },
    at: world.now(),
  })
/** `Paper 1: by Jun Li | Details, Save` for each card posted. */
const posted = () =>
  world.platform.posted.flatMap(({ blocks }) =>
    blocks.flatMap((block) => {
      if (block.kind !== 'card') return []
      const why = (block.why ?? []).map(({ text }) => text).join('')
      return [`${block.paper.title}: ${why}${asked(block.actions ?? []) ? ' | asked' : ''}`]
    }),
  )
const asked = (actions: readonly Action[]) => actions.some((action) => 'command' in action && action.command.startsWith('them '))

test('a possible paper says so and asks, one with their co-author comes as theirs', async () => {
  await follow(jun)
  await tickWith(1, JUN, 'Bo Chen')
  await tickWith(2, JUN, 'Ada Byron')
  expect(posted()).toEqual(['Paper 1: possibly by Jun Li | asked', 'Paper 2: by Jun Li'])
  expect(JSON.stringify(world.platform.posted[0]?.blocks)).toContain('them 2611.00001 --author \\"Jun Li\\" --answer no')
})

test('after a word on one paper the next of its co-authors comes, or comes no more', async () => {
  await follow(jun)
  await say(await tickWith(1, JUN, 'Max Tegmark'), true)
  await say(await tickWith(2, JUN, 'Vera Rubin'), false)
  await tickWith(3, JUN, 'Max Tegmark')
  await tickWith(4, JUN, 'Vera Rubin')
  expect(posted().slice(2)).toEqual(['Paper 3: by Jun Li'])
})

test('two people of one name are followed side by side, each gets the own papers', async () => {
  const [first, second] = ['0000-0001-0000-0001', '0000-0002-0000-0002']
  await follow({ ...jun, target: { ...target, orcid: first } }, { ...jun, id: 'other', target: { ...target, orcid: second } })
  const author = { name: JUN, orcid: second }
  await world.store.papers.put([aRecord({ authors: [author] })], world.pass({ minutes: 20 }).toString())
  await tick(world.dependencies, Temporal.Instant.from(world.now()))
  const matches = await world.store.subscriptions.matchesOfPaper(aDestination(), 1)
  expect(matches.map(({ subscription }) => subscription)).toEqual(['other'])
  expect(posted()).toEqual(['A paper about representations: by Jun Li'])
})

test('the digest goes by what was said since: who was refused does not come, who was confirmed is not possible any more', async () => {
  await follow({ ...jun, cadence: 'digest' })
  await say(await tickWith(1, JUN, 'Max Tegmark'), true)
  await say(await tickWith(2, JUN, 'Vera Rubin'), false)
  await tickWith(3, JUN, 'Bo Chen')
  const { papers } = await createDigests({ store: world.store }).preview(aDestination(), Temporal.Instant.from(world.now()))
  const words = papers.map(({ paper, why, actions = [] }) => {
    return `${paper.title}: ${why.map(({ text }) => text).join('')}${asked(actions) ? ' | asked' : ''}`
  })
  expect(words.toSorted()).toEqual(['Paper 1: by Jun Li', 'Paper 3: possibly by Jun Li | asked'])
})

test('a reason is kept without the evidence', async () => {
  await follow(jun)
  const paper = await tickWith(1, JUN, 'Bo Chen')
  const [match] = await world.store.subscriptions.matchesOfPaper(aDestination(), paper.number)
  expect(match?.reason).toEqual({
    subscription: 'jun',
    target: { kind: 'author', key, name: JUN },
    words: [JUN],
    possibly: true,
  })
})

test('a name that one subscription is sure of is not possible by another', () => {
  const reason = { subscription: 'jun', target, words: [JUN] }
  const words = whySpans([{ ...reason, possibly: true }, reason]).map(({ text }) => text)
  expect(words.join('')).toBe('by Jun Li')
})
