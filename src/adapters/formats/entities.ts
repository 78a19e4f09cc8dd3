// Character references: the named letters of Latin-1 that XML itself does not know, and HTML inside of texts.

const NAMES =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
  'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
  'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d{0,2}));/gi
/** Any name, known or not. */
const XML_REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z_][\w.-]{0,30}));/gi
const LINK = /<a\s[^<>]{0,200}?href="([^"<>]{0,2000})"[^<>]{0,200}>(this (?:https?|ftp) URL)<\/a>/g
const TAG = /<\/?(?:p|a|br|i|b|em|strong|sub|sup|div|span)(?:\s[^<>]{0,2000})?\/?>/gi

/** By name, as in HTML 4 (ISO 8859-1 from 160 on). https://www.w3.org/TR/html4/sgml/entities.html */
const latinEntities = NAMES.split(' ').map((name, at): [string, string] => [name, String.fromCodePoint(160 + at)])

/** A Map: the names are strangers', and every object has a `toString`. */
const entities: ReadonlyMap<string, string> = new Map([
  ...latinEntities,
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** Character references turned into characters, once; what names none stays. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    return (name === undefined ? characterOf(decimal, hex) : entities.get(name)) ?? whole
  })
}

/** Undefined where the number is no character's, or a control character's. */
function characterOf(decimal: string | undefined, hex: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  return code > 0x1f && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined
}

/** A text of XML with its references resolved; `isBad` is called for each that names no character, which stays. */
export function xmlText(text: string, isBad: () => void): string {
  return text.replace(XML_REFERENCE, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    const character = name === undefined ? characterOf(decimal, hex) : entities.get(name)
    if (character === undefined) isBad()
    return character ?? whole
  })
}

/** The text of a fragment of HTML: inline and paragraph tags gone, arXiv's "this URL" links replaced by their addresses. */
export function htmlText(html: string): string {
  return decodeReferences(!html.includes('<') ? html : html.replace(LINK, '$1').replace(TAG, ' '))
}
