import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserInputError } from '#core/errors.ts'
import { parseQuery } from '#core/query/parse.ts'
import { printQuery } from '#core/query/print.ts'

const printed = (text: string) => printQuery(parseQuery(text))

function errorOf(text: string): { message: string; hint: string | undefined } {
  try {
    parseQuery(text)
  } catch (error) {
    if (error instanceof UserInputError) return error
    throw error
  }
  throw new Error(`${text} parses`)
}

/** Pieces that mean something, in any order: far more telling than random characters alone. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['(', ')', '"', '“', '-', '--', ' ', ' ', ' ', 'OR', ' OR ', ' AND ', 'NOT ', 'graph', 'sparse-autoencoder', 'C++'],
        ...[
          'author:',
          'title:',
          'title:(',
          'cat:',
          'cat:(',
          'org:',
          'id:',
          'source:arxiv',
          'since:',
          'score:',
          'score>',
          'sort:recent',
        ],
        ...[
          'cs.LG',
          'lg',
          '"cell biology"',
          'ETH Zürich',
          '2303.13506',
          'doi:10.1016/0370-2693(92)90070-E',
          '2024-03',
          '30d',
          '80',
          ':',
        ],
        ...['https://arxiv.org/abs/hep-th/9901001v2', 'https://doi.org/10.1234/a%22b', 'Michaud, Eric', '表示学習', 'Gauss’s'],
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))

describe('properties', () => {
  test('any text parses or is refused with a UserInputError that has a hint', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        try {
          parseQuery(text)
        } catch (error) {
          expect(error).toBeInstanceOf(UserInputError)
          expect((error as UserInputError).hint).toBeTruthy()
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('what is printed parses to the query again', () => {
    let parsed = 0
    fc.assert(
      fc.property(pieces, (text) => {
        let query: ReturnType<typeof parseQuery>
        try {
          query = parseQuery(text)
        } catch {
          return
        }
        parsed++
        expect(parseQuery(printQuery(query))).toEqual(query)
      }),
      { numRuns: 4000 },
    )
    expect(parsed).toBeGreaterThan(300)
  })
})

test.each([
  ['graph  networks', 'graph networks'],
  ['a OR b c', 'a OR (b c)'],
  ['(a OR b) c', '(a OR b) c'],
  ['a AND (b AND c)', 'a b c'],
  ['this or that', 'this or that'],
  ['x NOT y', 'x -y'],
  ['x –y', 'x -y'],
  ['-(-x)', 'x'],
  ['-(a OR b)', '-(a OR b)'],
  ['“sparse autoencoder”', '"sparse autoencoder"'],
  ['au:Michaud ti:grokking', 'author:Michaud title:grokking'],
  ['author: "Eric J. Michaud"', 'author:"Eric J. Michaud"'],
  ['title:(a OR "b c")', 'title:a OR title:"b c"'],
  ['cat:(lg OR CS)', 'cat:LG OR cat:cs'],
  ['cat:"cell biology"', 'cat:"cell biology"'],
  ['org:"ETH Zürich"', 'org:eth-zurich'],
  ['org:MIT', 'org:mit'],
  ['https://arxiv.org/pdf/2303.13506v2', 'id:2303.13506'],
  ['arXiv:hep-th/9901001', 'id:hep-th/9901001'],
  ['id:10.1016/0370-2693(92)90070-E', 'id:"10.1016/0370-2693(92)90070-e"'],
  ['(id:2303.13506)', 'id:2303.13506'],
  ['since:2024/3 until:2024-03-15', 'since:2024-03 until:2024-03-15'],
  ['since:2w', 'since:14d'],
  ['score>80 score:≤90 score:5', 'score:>80 score:<=90 score:>=5'],
  ['a OR b sort:recent', '(a OR b) sort:recent'],
  ['Attention: is all you need', 'Attention: is all you need'],
  ['O(n log n)', 'O n log n'],
  ['a & b ++ ()', 'a b'],
  ['', ''],
  ['sort:score', 'sort:score'],
])('%s is written %s', (text, expected) => expect(printed(text)).toBe(expected))

test('a word is its terms, a hyphenated one a phrase, and punctuation is none', () => {
  const terms = (text: string) => {
    const { expression } = parseQuery(text)
    return expression?.kind === 'text' ? expression.terms : expression
  }
  expect(terms('C++')).toEqual(['c'])
  expect(terms('sparse-autoencoders')).toEqual(['spars', 'autoencod'])
  expect(terms('author:"Michaud, Eric J."')).toEqual(['eric', 'j', 'michaud'])
  expect(terms('GPT-4')).toEqual(['gpt', '4'])
})

test.each([
  ['autor:michaud', 'autor:” (character 1)', 'Did you mean author:?'],
  ['graph cat:cs.LX', 'cs.LX” (character 11)', 'cat:cs.LG'],
  ['since:lately', 'lately” (character 7)', 'since:30d'],
  ['until:2024-02-30', 'character 7', 'until:2024-03-15'],
  ['score:high', 'character 7', 'score:>80'],
  ['score:>101', 'character 7', '0 to 100'],
  ['sort:newest', 'character 6', 'sort:recent'],
  ['source:arxvi', 'character 8', 'arxiv'],
  ['id:moth', 'character 4', 'arXiv id'],
  ['title:', 'title: at character 1 needs a value', 'title:word'],
  ['a (b', 'The bracket at character 3', 'closing bracket'],
  ['a b)', 'The bracket at character 4', 'Take it out'],
  ['say "moth', 'The quote at character 5', 'Close it'],
  ['OR a', 'before OR (character 1)', 'small as a word'],
  ['a OR', 'after OR (character 3)', 'small as a word'],
  ['a OR OR b', 'after OR (character 3)', 'small as a word'],
  ['NOT', 'after NOT (character 1)', 'small as a word'],
  ['?!', 'no letter or digit', 'at least one word'],
])('%s is refused with its place and the mend', (text, place, mend) => {
  const { message, hint } = errorOf(text)
  expect(message).toContain(place)
  expect(hint).toContain(mend)
})

test('length and depth have bounds', () => {
  expect(errorOf('a '.repeat(501)).message).toContain('1000 are allowed')
  expect(errorOf(`abstract:(${'a '.repeat(400)})`).message).toContain('1000 are allowed')
  expect(errorOf(`${'('.repeat(60)}a${')'.repeat(60)}`).message).toContain('levels')
  expect(errorOf(`${'a (b OR '.repeat(21)}c${')'.repeat(21)}`).message).toContain('levels')
  expect(printed(`${'('.repeat(30)}a${')'.repeat(30)}`)).toBe('a')
})
