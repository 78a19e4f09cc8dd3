// Text made shorter: never within a grapheme, nor, where that can be helped, within a word. Lengths are UTF-16 units.

const SPACE = /\s/
/** A word that is longer is cut. */
const LONGEST_WORD = 30
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** At most `length`; an ellipsis stands for what is cut off. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  return `${begun(text, Math.max(0, length - 1)).trimEnd()}…`
}

/** The longest beginning of whole graphemes, of whole words where they are of human length. */
export function begun(text: string, length: number): string {
  const kept = text.slice(0, wholeGraphemes(text, length))
  const space = SPACE.test(text[kept.length] ?? '') ? kept.length : kept.lastIndexOf(' ')
  return kept.length - space <= LONGEST_WORD && space > kept.length / 2 ? kept.slice(0, space) : kept
}

/** How long the longest beginning of whole graphemes is, up to `length`. */
export function wholeGraphemes(text: string, length: number): number {
  return graphemes.segment(text).containing(length)?.index ?? text.length
}
