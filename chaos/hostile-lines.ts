// Command lines that nobody means well with: the examples of all commands, broken in many ways, and what has broken others.
import { commands } from '#core/commands/registry.ts'

/** Longer ones no platform lets through. */
const LONGEST = 8000
const SOUND = commands.flatMap(({ examples }) => [...examples])
const WORDS = SOUND.flatMap((line) => line.split(' '))

// biome-ignore format: a heap of small things
const BROKEN = [
  '"', "'", '“', '«', '`', '(', '((((((((((((((((', ')', '[', '{', '<', '>', '|', '&', ';', '\\', '\\"', '--', '---', '-', '=', '--=',
  '--for', '--for=me', '--for=', '--page=-1', '--page 99999999999999999999', '--limit=0', '--limit=1e309', '--cadence=never',
  '*', '**', 'a*', '*a', '?', '^', '$', '.*', '(a+)+$', 'NEAR(a b, 3)', 'AND', 'OR OR', 'NOT', 'NOT NOT a', 'a AND', '-a', 'author:', 'title:"',
  'category:', 'cs.', 'cs.*', 'before:', 'after:9999-99-99', 'since:-271821-04-20', 'year:0', 'date:2026-02-30', '99:99', '24:00', '-1', 'NaN',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'null', 'undefined', 'true', '[object Object]',
  "'; DROP TABLE papers; --", "' OR 1=1 --", '{{7*7}}', '{{#each this}}', '%s%n', '%00', '../../../etc/passwd', 'file:///etc/passwd',
  'http://127.0.0.1/', 'http://[::1]:80/', 'http://2130706433/', 'https://', 'javascript:alert(1)', 'http://a@b:c@d/', 'xn--', 'https://\u202e',
  '<!channel>', '<@U0ADA>', '<#C0LAB|lab>', '@everyone', '<https://a.example|b>', '*bold*', '~', ':smile:',
  '\u0000', '\u0007', '\u001b[2J', '\u200b', '\u202e', '\u2066', '\ufeff', '\ud800', '\udfff', 'e\u0301'.repeat(40), 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'ﷺ', 'İ', 'ß', 'ǅ', '١٢٣', '²',
  '\n', '\r\n', '\t', '\u2028', '\u00a0', '0', '00', '-0', '1e9', '0x10', '9007199254740993', '2303.13506v0', '2303.13506v999999', 'arXiv:', 'doi:10.',
]

/** `chance` gives numbers in [0, 1). */
export function hostileLine(chance: () => number): string {
  const line = hostile(chance)
  return line.length > LONGEST ? line.slice(0, LONGEST) : line
}

function hostile(chance: () => number): string {
  const one = <T>(of: readonly T[]) => of[Math.floor(chance() * of.length)] as T
  const upTo = (most: number) => Math.floor(chance() * most)
  const many = (most: number, make: () => string) => Array.from({ length: 1 + upTo(most) }, make).join(one([' ', '', '  ']))
  const kinds = [
    () => many(6, () => one(BROKEN)),
    () => `${one(SOUND)} ${many(4, () => one(BROKEN))}`,
    () => many(8, () => one([...BROKEN, ...WORDS])),
    () => wounded(one(SOUND), chance),
    () => `${one(SOUND)} ${one([...BROKEN, ...WORDS]).repeat(1 + upTo(3000))}`,
    () => `${one(['search', 'follow topic', 'author', 'help', 'why'])} ${'('.repeat(upTo(3000))}a${')'.repeat(upTo(3000))}`,
    () => `search ${many(400, () => one([...BROKEN, ...WORDS]))}`,
    () => many(200, () => String.fromCodePoint(upTo(0x11_0000))),
    () => one(SOUND).toUpperCase(),
  ]
  return one(kinds)()
}

/** With characters taken out, doubled, put elsewhere or exchanged. */
function wounded(line: string, chance: () => number): string {
  const characters = [...line]
  for (let wounds = 1 + Math.floor(chance() * 6); wounds > 0; wounds--) {
    const at = Math.floor(chance() * characters.length)
    const other = BROKEN[Math.floor(chance() * BROKEN.length)] ?? ''
    const become = [[], [characters[at] ?? '', characters[at] ?? ''], [other], [other, characters[at] ?? '']]
    characters.splice(at, 1, ...(become[Math.floor(chance() * become.length)] ?? []))
  }
  return characters.join('')
}
