// Categories as people ask for them and as papers carry them: `cs.LG`, its badge `LG`, its archive `cs`.
import { CATEGORY_NAMES } from './category-names.ts'
import { fold } from './fold.ts'

const SPACES = /\s+/g
const NO_WORD = /[^a-z]+/
/** Fewer letters begin too many names. */
const NAME_BEGUN = 3
/** An archive and a subject class, folded: `cond-mat.mes-hall`. */
const ARCHIVE_AND_CLASS = /^([a-z][a-z-]*)\.([a-z][a-z-]*)$/

/** Folded form by which categories are compared: `CS.LG` → `cs.lg`, ` Cell  Biology ` → `cell biology`. */
export function normalCategory(text: string): string {
  return fold(text).trim().replace(SPACES, ' ')
}

/** Every folded form a paper's category answers to: `cs.LG` → `cs.lg`, `lg`, `cs`; `hep-th` → `hep-th`. */
export function categoryForms(category: string): string[] {
  const normal = normalCategory(category)
  const parts = ARCHIVE_AND_CLASS.exec(normal)
  return parts?.[1] && parts[2] ? [normal, parts[2], parts[1]] : [normal]
}

/** arXiv's categories, its archives and the badges that stand for a category; by normal form, as arXiv writes them. */
const written = new Map<string, string>()
for (const category of CATEGORY_NAMES.keys()) {
  const [archive = '', badge] = category.split('.')
  written.set(normalCategory(category), category)
  if (badge === undefined) continue
  if (!written.has(archive)) written.set(archive, archive)
  if (!written.has(normalCategory(badge))) written.set(normalCategory(badge), badge)
}

/** Whether arXiv has such a category, archive or badge, in any letter case. */
export function isKnownCategory(text: string): boolean {
  return written.has(normalCategory(text))
}

/** The category as arXiv writes it (`cs.lg` → `cs.LG`, `lg` → `LG`, `CS` → `cs`); one it does not know stays, white space folded. */
export function writtenCategory(text: string): string {
  return written.get(normalCategory(text)) ?? text.trim().replace(SPACES, ' ')
}

/** All that isKnownCategory knows, as arXiv writes it: for completion and for the nearest one to a mistyped one. */
export function knownCategories(): readonly string[] {
  return [...written.values()]
}

/** arXiv's name of a category: `cs.LG` → `Machine Learning`; undefined for archives, badges and others'. */
export function categoryName(text: string): string | undefined {
  return CATEGORY_NAMES.get(writtenCategory(text))
}

/** The categories, archives and badges that begin so, whole categories first, then those with a name of which a word does. */
export function categoriesBegun(begun: string): string[] {
  const start = normalCategory(begun)
  const codes = knownCategories().filter((category) => normalCategory(category).startsWith(start))
  const named =
    start.length < NAME_BEGUN ? [] : [...CATEGORY_NAMES].filter(([, name]) => ` ${normalCategory(name)}`.includes(` ${start}`))
  const whole = codes.filter((category) => CATEGORY_NAMES.has(category))
  return [...new Set([...whole, ...named.map(([category]) => category), ...codes])]
}

/** arXiv's categories whose name has these words, those called just so before others: `machine learning` → `cs.LG`, `stat.ML`. */
export function categoriesCalled(text: string): string[] {
  const words = normalCategory(text).split(' ')
  const called = [...CATEGORY_NAMES].filter(([, name]) => {
    const own = normalCategory(name).split(NO_WORD)
    return words.every((word) => own.includes(word))
  })
  const isExact = (name: string) => normalCategory(name) === words.join(' ')
  return called.toSorted(([, a], [, b]) => Number(isExact(b)) - Number(isExact(a))).map(([category]) => category)
}
