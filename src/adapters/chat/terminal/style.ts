// How a terminal marks text: ANSI styles where there is colour, nothing where there is none.

export interface Style {
  bold(text: string): string
  italic(text: string): string
  dim(text: string): string
  /** The score and what else should catch the eye. */
  accent(text: string): string
  /** A heading. */
  heading(text: string): string
  warning(text: string): string
}

/** `colour` false gives every text back as it is. */
export function terminalStyle(colour: boolean): Style {
  const mark = (open: number, close: number) => (text: string) =>
    colour && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text
  const bold = mark(1, 22)
  const cyan = mark(36, 39)
  return {
    bold,
    italic: mark(3, 23),
    dim: mark(2, 22),
    accent: mark(33, 39),
    heading: (text) => bold(cyan(text)),
    warning: mark(31, 39),
  }
}
