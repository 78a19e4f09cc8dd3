// Tells mathematics between two dollars from two sums of money.

const SPACE = /\s/
const DIGIT = /\d/
/** What only TeX writes. */
export const MATH_MARK = /[\\^_{}]/
const MONEY = /^\d/
const PROSE = / (?:a|an|and|are|as|at|by|for|from|in|is|of|on|or|per|than|that|the|to|we|while|with) /
const MONEY_END = /(?:[-–(/]|\s[A-Z]{1,3})$/

/** Whether what stands between two dollars is mathematics rather than two sums of money; `after` is the character behind them. */
export function isMath(content: string, after: string): boolean {
  const trimmed = content.trim()
  if (trimmed === '') return false
  if (MATH_MARK.test(content)) return !(MONEY.test(trimmed) && PROSE.test(content))
  if (PROSE.test(content)) return false
  if (!MONEY.test(trimmed)) return true
  const isLopsided = SPACE.test(content.at(0) ?? '') !== SPACE.test(content.at(-1) ?? '')
  return !(isLopsided || DIGIT.test(after) || MONEY_END.test(trimmed))
}
