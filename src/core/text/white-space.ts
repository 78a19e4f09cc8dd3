// White space: one space between words, none at the ends.

const WHITE_SPACE = /\s+/g

/** Runs of white space, line breaks included, become one space; none is left at the ends. */
export function foldWhiteSpace(text: string): string {
  return text.replace(WHITE_SPACE, ' ').trim()
}
