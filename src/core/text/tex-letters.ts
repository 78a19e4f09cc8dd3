// Letters as TeX shapes them: accents, superscripts and subscripts, alphabets, vulgar fractions; by Unicode where it has them.

const ALL_SPACE = /\s+/g
const SINGLE_LETTER = /^\p{L}\p{M}*$/u
const LETTERS_ONLY = /^[\p{L}\p{N}\p{M}]{1,4}$/u
const LETTER = /[\p{L}\p{N}]\p{M}*/gu
const PLAIN_WORD = /^(?:[\p{L}\p{Nd}\p{M}]+|.)$/u
/** What may stand above a fraction's stroke by itself, and below it or under a root. */
const WHOLE = /^(?:[\p{L}\p{N}\p{M}.∞∂∇ℓ|‖′*]*|\([^()]*\))$/u
const SINGLE = /^(?:\p{Nd}[\p{Nd}.,]*|[\p{L}∞][\p{M}\p{Lm}\p{No}′*]*|\|[^|]*\||‖[^‖]*‖[\p{Lm}\p{No}]*|\([^()]*\)|)$/u
const BRACKETED = /^\([^()]*\)$/

/** Combining characters by the accent commands of text and mathematics. */
export const ACCENTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '`': '\u0300',
    "'": '\u0301',
    '^': '\u0302',
    '~': '\u0303',
    '"': '\u0308',
    '=': '\u0304',
    '.': '\u0307',
    c: '\u0327',
    k: '\u0328',
    H: '\u030b',
    r: '\u030a',
    u: '\u0306',
    v: '\u030c',
    b: '\u0331',
    d: '\u0323',
    t: '\u0361',
    grave: '\u0300',
    acute: '\u0301',
    hat: '\u0302',
    widehat: '\u0302',
    tilde: '\u0303',
    widetilde: '\u0303',
    Tilde: '\u0303',
    bar: '\u0304',
    overline: '\u0304',
    breve: '\u0306',
    dot: '\u0307',
    ddot: '\u0308',
    mathring: '\u030a',
    check: '\u030c',
    vec: '\u20d7',
    overrightarrow: '\u20d7',
  }),
)

const SUPERSCRIPTS = characters(
  '0⁰ 1¹ 2² 3³ 4⁴ 5⁵ 6⁶ 7⁷ 8⁸ 9⁹ +⁺ -⁻ −⁻ =⁼ (⁽ )⁾ aᵃ bᵇ cᶜ dᵈ eᵉ fᶠ gᵍ hʰ iⁱ jʲ kᵏ lˡ mᵐ nⁿ oᵒ pᵖ rʳ sˢ tᵗ uᵘ vᵛ wʷ xˣ yʸ zᶻ ' +
    'Aᴬ Bᴮ Dᴰ Eᴱ Gᴳ Hᴴ Iᴵ Jᴶ Kᴷ Lᴸ Mᴹ Nᴺ Oᴼ Pᴾ Rᴿ Tᵀ Uᵁ Vⱽ Wᵂ αᵅ βᵝ γᵞ δᵟ εᵋ θᶿ φᵠ χᵡ ⊤ᵀ ∘° °° ′′ ** ∗* ⋆* †† ‡‡ ″″ ®®',
)
const SUBSCRIPTS = characters(
  '0₀ 1₁ 2₂ 3₃ 4₄ 5₅ 6₆ 7₇ 8₈ 9₉ +₊ -₋ −₋ =₌ (₍ )₎ aₐ eₑ hₕ iᵢ jⱼ kₖ lₗ mₘ nₙ oₒ pₚ rᵣ sₛ tₜ uᵤ vᵥ xₓ βᵦ γᵧ ρᵨ φᵩ χᵪ',
)

/** Characters of the alphabets that Unicode put elsewhere before it had the block. */
const EXCEPTIONS = characters('𝒝ℬ 𝒠ℰ 𝒡ℱ 𝒣ℋ 𝒤ℐ 𝒧ℒ 𝒨ℳ 𝒭ℛ 𝒺ℯ 𝒼ℊ 𝓄ℴ 𝔆ℭ 𝔋ℌ 𝔌ℑ 𝔕ℜ 𝔝ℨ 𝔺ℂ 𝔿ℍ 𝕅ℕ 𝕇ℙ 𝕈ℚ 𝕉ℝ 𝕑ℤ')
/** Where each alphabet's capitals, small letters and digits begin. */
const ALPHABETS: Readonly<Record<string, readonly [number, number, number]>> = {
  mathbb: [0x1d538, 0x1d552, 0x1d7d8],
  mathds: [0x1d538, 0x1d552, 0x1d7d8],
  mathbbm: [0x1d538, 0x1d552, 0x1d7d8],
  mathcal: [0x1d49c, 0x1d4b6, 0],
  mathscr: [0x1d49c, 0x1d4b6, 0],
  mathfrak: [0x1d504, 0x1d51e, 0],
}

const FRACTIONS = characters('1/2½ 1/3⅓ 2/3⅔ 1/4¼ 3/4¾ 1/5⅕ 2/5⅖ 3/5⅗ 4/5⅘ 1/6⅙ 5/6⅚ 1/7⅐ 1/8⅛ 3/8⅜ 5/8⅝ 7/8⅞ 1/9⅑ 1/10⅒')
const ROOTS: Readonly<Record<string, string>> = { '': '√', '2': '√', '3': '∛', '4': '∜' }

/** The text with the accent on it: on a letter, on each of a few, else in words (`hat(abcde)`), so that nothing is lost. */
export function accented(text: string, command: string): string {
  const mark = ACCENTS.get(command) ?? ''
  if (text === '' || mark === '') return text
  const letters = text.replace('ı', 'i').replace('ȷ', 'j')
  if (SINGLE_LETTER.test(letters)) return `${letters}${mark}`.normalize('NFC')
  if (LETTERS_ONLY.test(letters)) return letters.replace(LETTER, (letter) => `${letter}${mark}`).normalize('NFC')
  return [...text].length === 1 ? `${text}${mark}` : `${command}(${text})`
}

/** `n`, `^` → ⁿ; where a character has no such form, `^x`, or `^(a, b)` for more than a word; empty stays empty. */
export function script(text: string, sign: '^' | '_'): string {
  const table = sign === '^' ? SUPERSCRIPTS : SUBSCRIPTS
  const shown = text.trim()
  const raised = [...shown.replace(ALL_SPACE, '')].map((character) => table.get(character))
  if (raised.every((character) => character !== undefined)) return raised.join('')
  return PLAIN_WORD.test(shown) || BRACKETED.test(shown) ? `${sign}${shown}` : `${sign}(${shown})`
}

/** The text in one of TeX's alphabets (`mathbb`: ℝ); characters the alphabet lacks stay. */
export function lettersOf(alphabet: string, text: string): string {
  const starts = ALPHABETS[alphabet]
  if (starts === undefined) return text
  const shifted = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0
    if (code >= 65 && code <= 90) return String.fromCodePoint(starts[0] + code - 65)
    if (code >= 97 && code <= 122) return String.fromCodePoint(starts[1] + code - 97)
    return code >= 48 && code <= 57 && starts[2] > 0 ? String.fromCodePoint(starts[2] + code - 48) : character
  })
  return shifted.map((character) => EXCEPTIONS.get(character) ?? character).join('')
}

/** ½ where Unicode has it, else `a/b`, brackets around what would be misread without them. */
export function fraction(above: string, below: string): string {
  return FRACTIONS.get(`${above}/${below}`) ?? `${WHOLE.test(above) ? above : `(${above})`}/${bracketed(below)}`
}

/** √x, ∛x, √(x + 1). */
export function root(degree: string, text: string): string {
  const sign = ROOTS[degree]
  return sign === undefined ? `${script(degree, '^')}√${bracketed(text)}` : `${sign}${bracketed(text)}`
}

/** In brackets, unless it is one number, one letter with its scripts or bracketed already: √(dT), 1/(2n). */
function bracketed(text: string): string {
  return SINGLE.test(text) ? text : `(${text})`
}

function characters(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(' ').map((pair) => {
      const letters = [...pair]
      return [letters.slice(0, -1).join(''), letters.at(-1) ?? ''] as const
    }),
  )
}
