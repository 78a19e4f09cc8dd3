// The name of an XML document's root, found without parsing it: what stands before the root is passed over.

const BLANK = /^[\s\ufeff]+/
const NAME = /^<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/
const INTERNAL_SUBSET = /^<!DOCTYPE[^[>]*\[/i

/** Without its prefix; `html` for any web page; undefined where the text does not begin as XML. */
export function rootName(start: string): string | undefined {
  let rest = start.replace(BLANK, '')
  while (rest.startsWith('<?') || rest.startsWith('<!')) {
    const end = endOf(rest)
    if (end === -1) return undefined
    rest = rest.slice(end).replace(BLANK, '')
  }
  const name = NAME.exec(rest)?.[1]
  return name?.toLowerCase() === 'html' ? 'html' : name
}

function endOf(text: string): number {
  const close = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : INTERNAL_SUBSET.test(text) ? ']>' : '>'
  const at = text.indexOf(close)
  return at === -1 ? -1 : at + close.length
}
