// What is told is planned by what was told before, and recorded afterwards. Two processes may plan at once: one that stood still does
// not know yet that another has taken over. The ledger claims each paper once; this keeps a message from showing it again among others.
import { StoreError } from '#core/errors.ts'
import type { Store, StoreParts } from '#core/ports/store.ts'

const MOST_TRIES = 5

/**
 * Plans, and records what was planned in one transaction. Where another process recorded news meanwhile, nothing of the plan is
 * recorded, and it is made anew. Undefined where there is nothing to plan. Rejects with StoreError where others record again and
 * again, or with what either rejects with.
 */
export async function decided<Plan extends object, Result>(
  store: Store,
  plan: () => Promise<Plan | undefined>,
  record: (parts: StoreParts, planned: Plan) => Promise<Result>,
): Promise<Result | undefined> {
  for (let tried = 1; tried <= MOST_TRIES; tried++) {
    const before = await store.ledger.latestNews()
    const planned = await plan()
    if (planned === undefined) return undefined
    const recorded = await store.transaction(async (parts) => {
      const isAsBefore = (await parts.ledger.latestNews()) === before
      return isAsBefore ? { result: await record(parts, planned) } : undefined
    })
    if (recorded) return recorded.result
  }
  throw new StoreError('Others record so much that nothing can be decided.', { hint: 'The next pass tries again.' })
}
