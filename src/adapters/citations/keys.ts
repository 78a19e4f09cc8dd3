// The keys of a bibliography's entries: `michaud2023quantization`, told apart by a letter where two are equal.
import { familyKey } from '#core/author-name.ts'
import type { Paper } from '#core/paper.ts'
import { fold } from '#core/text/fold.ts'
import { texToText } from '#core/text/tex.ts'

const NOT_KEY = /[^a-z0-9]+/g
const NO_TELLING_WORD = new Set(
  'a an and are as at by can do does for from how in into is it not of on or that the this to towards toward via what when why will with'.split(
    ' ',
  ),
)

/** First author's family name, year, first telling word of the title; unique among the keys of one call of createKeys. */
export function createKeys(): (paper: Paper) => string {
  const given = new Map<string, number>()
  const taken = new Set<string>()
  return (paper) => {
    const key = plainKey(paper)
    for (;;) {
      const times = given.get(key) ?? 0
      given.set(key, times + 1)
      const unique = `${key}${letters(times)}`
      if (taken.has(unique)) continue
      taken.add(unique)
      return unique
    }
  }
}

function plainKey({ authors, published, title }: Paper): string {
  const family = ascii(familyKey(authors[0]?.name ?? ''))
  const year = published?.slice(0, 4) ?? ''
  const words = fold(texToText(title)).split(NOT_KEY)
  const word = words.find((word) => word.length > 2 && !NO_TELLING_WORD.has(word)) ?? ''
  return `${family}${year}${word}` || 'paper'
}

function ascii(text: string): string {
  return fold(text).replace(NOT_KEY, '')
}

/** 0 → nothing, 1 → b, 25 → z, 26 → ba. */
function letters(times: number): string {
  if (times === 0) return ''
  const last = String.fromCharCode(97 + (times % 26))
  return times < 26 ? last : letters(Math.floor(times / 26)) + last
}
