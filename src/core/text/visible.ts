// Takes out of others' text what a reader cannot see but a screen obeys: control characters, bidi overrides, zero widths.

// Tab and line feed stay; so do the joiners U+200C and U+200D, which scripts and emoji need.
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** The text without control characters (escape sequences with them), bidi marks and overrides, and zero-width spaces; well-formed. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '').toWellFormed()
}
