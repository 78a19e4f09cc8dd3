// Answers in JSON that nobody means well with: what each source would answer about a paper, with values that are not what they
// should be, too many, too long or nested too deeply.

const DOI = '10.1000/chaos.1'
const TITLE = 'What Nobody Foresaw'

/** By the name of the source: an answer about one paper, as far as it is read. */
const SOUND: Readonly<Record<string, unknown>> = {
  openalex: {
    meta: { count: 1 },
    results: [
      {
        id: 'https://openalex.org/W1000001',
        doi: `https://doi.org/${DOI}`,
        title: TITLE,
        publication_date: '2026-09-01',
        publication_year: 2026,
        cited_by_count: 3,
        abstract_inverted_index: { We: [0], foresaw: [1], it: [2] },
        locations: [{ landing_page_url: 'https://arxiv.org/abs/2609.10001' }],
        best_oa_location: { pdf_url: 'https://example.org/a.pdf' },
        authorships: [
          {
            raw_author_name: 'Lovelace, Ada',
            author: {
              id: 'https://openalex.org/A1',
              display_name: 'Ada Lovelace',
              orcid: 'https://orcid.org/0000-0002-1825-0097',
            },
            institutions: [{ display_name: 'University of London' }],
            raw_affiliation_strings: ['University of London'],
          },
        ],
      },
    ],
  },
  'semantic-scholar': [
    {
      paperId: 'a'.repeat(40),
      externalIds: { ArXiv: '2609.10001', DOI },
      title: TITLE,
      abstract: 'We foresaw it.',
      tldr: { text: 'Foreseen.' },
      journal: { name: 'Journal of Chaos' },
      publicationDate: '2026-09-01',
      year: 2026,
      citationCount: 3,
      openAccessPdf: { url: 'https://example.org/a.pdf' },
      authors: [{ name: 'Ada Lovelace', externalIds: { ORCID: '0000-0002-1825-0097' }, affiliations: ['London'] }],
    },
  ],
  'hugging-face': {
    id: '2609.10001',
    title: TITLE,
    summary: 'We foresaw it.',
    ai_summary: 'Foreseen.',
    publishedAt: '2026-09-01T00:00:00.000Z',
    githubRepo: 'https://github.com/a/b',
    upvotes: 3,
    organization: { fullname: 'University of London', name: 'london' },
    authors: [{ name: 'Ada Lovelace', hidden: false }],
  },
  biorxiv: {
    messages: [{ status: 'ok' }],
    collection: [
      {
        doi: DOI,
        title: TITLE,
        authors: 'Lovelace, A.; Noether, E.',
        date: '2026-09-01',
        version: '1',
        type: 'new results',
        abstract: 'It.',
        published: 'NA',
      },
    ],
  },
  crossref: {
    message: {
      items: [
        {
          DOI,
          type: 'journal-article',
          title: [TITLE],
          abstract: '<jats:p>We foresaw it.</jats:p>',
          issued: { 'date-parts': [[2026, 9, 1]] },
          'container-title': ['Journal of Chaos'],
          'is-referenced-by-count': 3,
          author: [
            {
              given: 'Ada',
              family: 'Lovelace',
              ORCID: 'https://orcid.org/0000-0002-1825-0097',
              affiliation: [{ name: 'London' }],
            },
          ],
        },
      ],
    },
  },
}
const LONGEST = 4_900_000

const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e300,
  0.5,
  '',
  ' ',
  'null',
  '\u0000',
  '\ud800',
  '<b>x</b>',
  '&amp;',
  '$\\frac{',
  '{\\"a}',
  '9999-99-99',
  'https://[',
  'javascript:1',
  [],
  {},
  [[]],
  [null],
  { title: {} },
  { __proto__: null, name: 1 },
  ['a', 1, null, {}],
  'a; b, c and d',
]
const PIECES = [
  '[',
  '{"a":',
  '1,',
  '"A B",',
  '{},',
  '[null],',
  '\\u0041',
  'A, B and ',
  '((1) B) ',
  '{\\\\\\"a}',
  '<b>',
  '&lt;',
  'a; ',
  '10.1000/',
]

/** `kind` is the name of a source; `chance` gives numbers in [0, 1). */
export function hostileJson(kind: string, chance: () => number): string {
  const upTo = (most: number) => Math.floor(chance() * most)
  const one = <T>(of: readonly T[]) => of[upTo(of.length)] as T
  const sound = SOUND[kind] ?? {}
  const places: (() => string)[] = [
    () => JSON.stringify(one(VALUES)),
    () => JSON.stringify(changed(sound, one(VALUES), upTo(40))),
    () => JSON.stringify(sound).slice(0, upTo(2000)),
    () => `${JSON.stringify(sound)}${one(PIECES)}`,
    () => grown(JSON.stringify(changed(sound, '\u0001', upTo(40))), one(PIECES), one([100, 480_000, LONGEST])),
  ]
  return one(places)()
}

/** The same with another value at the nth place, counted through the whole. */
function changed(value: unknown, instead: unknown, nth: number): unknown {
  let left = nth
  return JSON.parse(JSON.stringify(value), (_, inner) => (left-- === 0 ? instead : inner))
}

/** In place of the mark: as many of the piece as make the length, nested, in a list, or as a text. */
function grown(text: string, piece: string, length: number): string {
  return text.replace(JSON.stringify('\u0001'), () => {
    const closing = { '[': ']', '{"a":': '}' }[piece]
    const times = Math.ceil(length / (piece.length + (closing?.length ?? 0)))
    if (closing !== undefined) return `${piece.repeat(times)}1${closing.repeat(times)}`
    const last = { '1,': '1', '"A B",': '"A B"', '{},': '{}', '[null],': '[null]' }[piece]
    return last === undefined ? `"${piece.repeat(times)}"` : `[${piece.repeat(times)}${last}]`
  })
}
