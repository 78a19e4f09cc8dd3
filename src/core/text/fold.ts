// Folding: the one form in which texts are compared, without letter case, accents and typographic variants.

const ASCII_ONLY = /^[\0-\x7f]*$/
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}\p{Number}])\p{Mark}+/gu
const SPECIAL = /[øłđðþßæœıħŧŋȷς]/g

/** Letters that Unicode does not decompose. */
const SPECIAL_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ȷ: 'j',
  ς: 'σ',
}

/**
 * Lower case, compatibility forms made plain, Latin and Greek letters without accents: `Boix-Adserà` → `boix-adsera`.
 * Other scripts keep their marks, which are letters' parts there. Idempotent; white space and punctuation stay.
 */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTED, '$1')
    .replace(SPECIAL, (letter) => SPECIAL_LETTERS[letter] ?? letter)
    .normalize('NFKC')
}
