// Documents that nobody means well with, in all formats that are read: the golden ones, broken in many ways and swollen up to the
// limits.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const GOLDEN = join(import.meta.dirname, '..', 'test', 'adapters', 'formats', 'golden')
/** Characters; nothing that is fetched is longer. */
const LONGEST = 5_000_000
/** Just within what one paper may take. */
const ENTRY = 480_000

// biome-ignore format: a heap of small things
const PIECES = [
  '<', '>', '&', '"', "'", '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE r [<!ENTITY a "', '">]>', '&a;', '&#0;', '&#x110000;', '&nbsp;', '&nope;',
  '<item>', '</item>', '<entry>', '</entry>', '<record>', '</record>', '<title>', '</title>', '<a>', '<a b="', '<dc:creator>A B</dc:creator>', '<author><name>A</name></author>',
  '{', '}', '[', ']', ',', ':', '{"a":', '[[', 'null', 'true', '1e999', '-0', '"\\ud800"', '"__proto__":', '{"title":"', '\\u0000', '\n{"title":"A"}\n',
  '@', '@article{', '@string{a="b"}', '@string{a=a # a}', '@comment{', '#', '\\', '\\"{', '{\\"a}', "\\'", '$', '$$', '\\frac{', '%', '~',
  'A, B and ', 'et al. ', '((1) B) ', '(', ')', '; ', '10.1000/', 'arXiv:', '2609.12345v', '9999-99-99', 'Thu, 99 Xyz 9999', '\0', '\ufeff', '\u202e', '\ud800', '\n', '\r', ' ', 'x',
]

export interface HostileText {
  /** The sound one that it was. */
  readonly from: string
  readonly bytes: Buffer
}

/** `chance` gives numbers in [0, 1); one text in `swollen` is as long as may be. */
export function hostileTexts(chance: () => number, swollen: number): () => HostileText {
  const sound = goldenTexts()
  return () => {
    const { from, text } = sound[Math.floor(chance() * sound.length)] ?? { from: '', text: '' }
    return { from, bytes: encoded(wounded(text, chance() * swollen < 1, chance), chance) }
  }
}

export function goldenTexts(): { from: string; text: string }[] {
  const names = readdirSync(GOLDEN).filter((name) => !name.endsWith('.json'))
  return names.map((from) => ({ from, text: readFileSync(join(GOLDEN, from), 'utf8') }))
}

function wounded(text: string, isSwollen: boolean, chance: () => number): string {
  const upTo = (most: number) => Math.floor(chance() * most)
  const piece = () => PIECES[upTo(PIECES.length)] ?? ''
  let hurt = text
  for (let wounds = 1 + upTo(8); wounds > 0; wounds--) {
    const at = upTo(hurt.length)
    const to = at + upTo(60)
    const [before, inside, after] = [hurt.slice(0, at), hurt.slice(at, to), hurt.slice(to)]
    const ways = [
      before,
      before + after,
      before + inside + inside + after,
      before + piece() + after,
      before + piece().repeat(upTo(50)) + after,
    ]
    hurt = ways[upTo(ways.length)] ?? ''
  }
  if (!isSwollen) return hurt
  const at = upTo(hurt.length)
  const swelling = piece() + (chance() < 0.5 ? piece() : '')
  const length = chance() < 0.5 ? ENTRY : LONGEST - hurt.length
  return hurt.slice(0, at) + swelling.repeat(Math.floor(length / swelling.length)) + hurt.slice(at)
}

function encoded(text: string, chance: () => number): Buffer {
  const ways = ['utf8', 'utf8', 'utf8', 'latin1', 'utf16le'] as const
  return Buffer.from(text, ways[Math.floor(chance() * ways.length)])
}
