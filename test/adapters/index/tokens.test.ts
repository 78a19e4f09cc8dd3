import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexedTexts, token, valueToken } from '#adapters/index/tokens.ts'
import { analyse } from '#core/text/analyse.ts'

const database = new Database(':memory:')
database.exec(`CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='ascii');
  CREATE VIRTUAL TABLE vocabulary USING fts5vocab(texts, instance)`)

/** What FTS5 itself makes of a text. */
function tokenized(text: string): unknown[] {
  database.exec('DELETE FROM texts')
  database.prepare('INSERT INTO texts (text) VALUES (?)').run(text)
  return database.prepare('SELECT term FROM vocabulary ORDER BY "offset"').pluck().all()
}

describe('tokens', () => {
  test('come out of the tokenizer as they went in', () => {
    const values = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(token), {
      minLength: 1,
      maxLength: 8,
    })
    fc.assert(fc.property(values, (tokens) => void expect(tokenized(tokens.join(' '))).toEqual(tokens)))
  })

  test('differ where ASCII texts differ', () => {
    const ascii = fc.string({ unit: 'binary-ascii', minLength: 1 })
    fc.assert(fc.property(ascii, ascii, (a, b) => void expect(token(a) === token(b)).toBe(a === b)))
  })

  test('of the analyser’s terms are the terms themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(analyse(text).map(token)).toEqual(analyse(text))),
    )
  })

  test('of values are equal to no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => void expect(analyse(text)).not.toContain(valueToken('org', text))),
    )
  })
})

test('two authors stay apart, values stand together', () => {
  const none = { abstract: [], published: null, score: null, sources: [], ids: [] }
  const texts = indexedTexts({
    ...none,
    title: ['harbour'],
    authors: [['mira', 'feld'], ['jona']],
    categories: ['cs'],
    orgs: ['mit'],
  })
  expect(tokenized(texts.authors)).toHaveLength(4)
  expect(tokenized(texts.values)).toEqual([valueToken('cat', 'cs'), valueToken('org', 'mit')])
})
