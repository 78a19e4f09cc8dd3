// The category a person means: arXiv's in any letter case or by its badge, or one that papers here carry.
import { UserInputError } from '#core/errors.ts'
import { categoriesCalled, categoryName, isKnownCategory, knownCategories, writtenCategory } from '#core/text/category.ts'
import { nearest } from '#core/text/nearest.ts'
import { enumerate } from './blocks.ts'
import type { Context } from './command.ts'

const LONGEST = 60
const NAMED = 3

/** As arXiv writes it, `lg` → `cs.LG`. UserInputError where it is none, or a badge that several categories have. */
export async function resolveCategory(text: string, { index, clock }: Pick<Context, 'index' | 'clock'>): Promise<string> {
  const category = writtenCategory(text)
  if (isKnownCategory(text)) {
    const all = knownCategories()
    const meant = all.filter((known) => known.endsWith(`.${category}`))
    const isBadge = !all.some((known) => known.startsWith(`${category}.`)) && meant.length > 0
    if (!isBadge) return category
    const [only, ...more] = meant
    if (only !== undefined && more.length === 0) return only
    throw new UserInputError(`“${text}” may be ${enumerate(meant, 'or')}.`, { hint: 'Say the whole category.' })
  }
  const { total } = await index.search(
    { expression: { kind: 'category', category }, sort: 'recent' },
    { offset: 0, limit: 1 },
    clock.now(),
  )
  if (total > 0) return category
  const called = categoriesCalled(text.slice(0, LONGEST)).map((meant) => `${meant} (${categoryName(meant)})`)
  const near = called.length > 0 ? called.slice(0, NAMED) : nearest(text.slice(0, LONGEST), knownCategories(), NAMED)
  throw new UserInputError(`“${text.slice(0, LONGEST)}” is not a category.`, {
    hint: near.length > 0 ? `Did you mean ${enumerate(near, 'or')}?` : 'A category is written like cs.LG, stat.ML or hep-th.',
  })
}
