// Which categories are watched: those of the operator and those anyone follows.
import { categoryName, normalCategory } from '#core/text/category.ts'
import type { TickDependencies } from './tick.ts'

export interface WatchedCategory {
  readonly feed: string
  /** When the first of those who follow it did so; absent where it is the operator's, and always watched. */
  readonly followedSince?: string
}

/** Each once; archives and badges are no feeds of their own. */
export async function watchedCategories({
  store,
  categories,
}: Pick<TickDependencies, 'store' | 'categories'>): Promise<WatchedCategory[]> {
  const watched = new Map(categories.map((feed): [string, WatchedCategory] => [normalCategory(feed), { feed }]))
  for (const { target, createdAt } of await store.subscriptions.ofKind('category')) {
    if (target.kind !== 'category' || categoryName(target.category) === undefined) continue
    const key = normalCategory(target.category)
    const known = watched.get(key)
    if (known === undefined) watched.set(key, { feed: target.category, followedSince: createdAt })
    else if (known.followedSince !== undefined && createdAt < known.followedSince) {
      watched.set(key, { ...known, followedSince: createdAt })
    }
  }
  return [...watched.values()]
}
