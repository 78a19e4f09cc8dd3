// Papers as nobody should write them: markup of chat platforms, TeX, bidi overrides, halves of characters, endless words; from a seeded generator.
import type { Paper } from '#core/paper.ts'
import { aPaper } from '#test/builders.ts'

/** Pieces that ugly texts are put together of. */
export const UGLY: readonly string[] = [
  ...['<!channel>', '<!here|here>', '<!everyone>', '@channel', '@everyone', '<@U1>', '<@U0ALICE|alice>', '<#C0PAPERS>'],
  ...['<!subteam^S1>', '<https://evil.example|arxiv.org>', '<mailto:a@b.c>', '<javascript:alert(1)>', 'https://evil.example'],
  ...['&', '&amp;', '&lt;!channel&gt;', '<', '>', '> ', '*b*', '_i_', '~s~', '`c`', '```', ':smile:', '|', '"', "'", '“', '\\'],
  ...['$O(n^2)$', '$\\textbf{quanta}$', '\\emph{x}', '\\href{javascript:a}{b}', '\\url{https://a.b/<c>|d}', '$', '{', '}', '$$'],
  ...['\\frac{a}{b}', '\\"{o}', '---', '[a](https://b.c)', '[x](javascript:1)', '**x**', '# h', '- l', '\n', '\n\n', '\t', '\r'],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\u200c',
    '\u061c',
    '\ufeff',
    '\u00ad',
    '\u2028',
    '\u0000',
    '\u001b[31m',
    '\u009b',
  ],
  ...[
    '\ud800',
    '\udc00',
    '👩🏽‍🔬',
    '🏳️‍🌈',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '👍',
    'e\u0301',
    'a\u0300\u0301\u0302\u0303\u0304',
    '한국',
    '漢字',
    'עברית',
    'العربية',
    'ก็',
  ],
  ...['a', 'word', ' ', '  ', 'Moths', 'of', 'the', 'lamp', '.', ',', '0', '2026'],
]

const LONG = 400
const VERY_LONG = 6000

/** Always the same papers for the same random numbers in [0, 1). */
export function uglyPaper(random: () => number, number: number): Paper {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const upTo = (most: number) => Math.floor(random() ** 3 * (most + 1))
  const text = (most: number) => Array.from({ length: upTo(most) }, () => pick(UGLY)).join('')
  const long = () => (random() < 0.01 ? 'x'.repeat(upTo(20_000)) + text(VERY_LONG) : text(LONG))
  const maybe = <T>(value: () => T): T | undefined => (random() < 0.5 ? value() : undefined)
  const fields = {
    abstract: maybe(long),
    orgs: maybe(() => Array.from({ length: upTo(4) }, () => text(8))),
    comment: maybe(() => text(80)),
    journalRef: maybe(() => text(40)),
    tldr: maybe(long),
    doi: maybe(() => `10.1000/${text(6)}`),
    pdf: maybe(() =>
      pick(['https://a.example/x.pdf', 'javascript:1', `https://a.example/${text(20)}`, `https://a.example/${'y'.repeat(4000)}`]),
    ),
    code: maybe(() => `https://code.example/${text(6)}`),
    url: maybe(() => `https://page.example/${text(12)}`),
    score: maybe(() => random() * 100),
    published: pick(['2026-04-23', '2023-07', '2019', '<!channel>', text(20)]),
    categories: pick([['cs.LG'], ['stat.ML', 'cs.AI'], [], [text(6)]]),
  }
  return aPaper({
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    number,
    ids: [
      pick([
        `arxiv:2611.${String(number % 100_000).padStart(5, '0')}`,
        `doi:10.1000/${text(5)}`,
        `source:feed:${text(12)}`,
        'title:0123456789abcdef',
      ]),
    ],
    title: random() < 0.01 ? long() : text(24),
    authors: Array.from({ length: upTo(40) }, () => text(random() < 0.02 ? 120 : 4)),
  })
}
