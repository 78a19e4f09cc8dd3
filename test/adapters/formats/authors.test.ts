import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAuthors } from '#adapters/formats/authors.ts'

const names = (text: string) => parseAuthors(text).authors.map(({ name }) => name)

test.for([
  ['commas', 'A. One, B. Two', ['A. One', 'B. Two']],
  ['"and" and "&"', 'A. One, B. Two, and C. Three & D. Four', ['A. One', 'B. Two', 'C. Three', 'D. Four']],
  ['semicolons', 'A. One; B. Two', ['A. One', 'B. Two']],
  ['names that hold "and"', 'Andrew Anderson and Ferdinand Land', ['Andrew Anderson', 'Ferdinand Land']],
  ['a suffix', 'Quirino M. Sugon Jr., Carlo B. Fernandez, Jr.', ['Quirino M. Sugon Jr.', 'Carlo B. Fernandez Jr.']],
  ['a collaboration', 'LHCb collaboration: R. Aaij, B. Two', ['LHCb collaboration', 'R. Aaij', 'B. Two']],
  ['family names first', 'Kukla, D., Crampton, A. B.', ['D. Kukla', 'A. B. Crampton']],
  [
    'TeX accents',
    'Benedek Valk\\\'o, Matti J\\"arvinen, S. Bae{\\ss}ler, Gra\\c{c}a Rocha, Ferenc Sz\\"oll\\H{o}si',
    ['Benedek Valkó', 'Matti Järvinen', 'S. Baeßler', 'Graça Rocha', 'Ferenc Szöllősi'],
  ],
  ['nothing', ' , , ', []],
] as const)('parts authors at %s', ([, text, expected]) => {
  expect(names(text)).toEqual(expected)
})

test('takes affiliations from parentheses, by name or by number', () => {
  expect(parseAuthors('A. One (MIT, Cambridge), B. Two').authors).toEqual([
    { name: 'A. One', affiliations: ['MIT, Cambridge'] },
    { name: 'B. Two' },
  ])
  expect(parseAuthors('A. One (1), B. Two (1 and 2) ((1) Here, (2) There)').authors).toEqual([
    { name: 'A. One', affiliations: ['Here'] },
    { name: 'B. Two', affiliations: ['Here', 'There'] },
  ])
})

test.for([
  ['A. One, et al.', 1],
  ['Y.-W. Chang, M.-Z. Wang et al', 1],
  ['R. Aaij, et al. (909 additional authors not shown)', 909],
  ['G. Lead, for the Hall A Collaboration (164 authors)', 164],
] as const)('counts who is left out: %s', ([text, omitted]) => {
  expect(parseAuthors(text).authorsOmitted).toBe(omitted)
})

test('gives back any list of plain names', () => {
  const name = fc.stringMatching(/^[A-Z]\. [A-Z][a-z]{3,9}son$/)
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (list) => {
      expect(names(list.join(', '))).toEqual(list)
      expect(names(list.join(' and '))).toEqual(list)
    }),
  )
})

test('reads a hundred thousand authors, or as many brackets, in a moment', () => {
  expect(parseAuthors('A. One, '.repeat(100_000)).authors).toHaveLength(100_000)
  expect(parseAuthors('('.repeat(500_000)).authors).toEqual([])
  expect(names(`${' '.repeat(500_000)}A. One`)).toEqual(['A. One'])
})
