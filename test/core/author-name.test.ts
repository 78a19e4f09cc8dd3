import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorKey, compatibleNames, familyKey, parseName } from '#core/author-name.ts'

describe('authorKey', () => {
  test.each([
    ['Eric J. Michaud', 'Michaud, Eric J.', 'eric j michaud'],
    ['Enric Boix-Adserà', 'Boix-Adsera, Enric', 'enric boix adsera'],
    ['Ludwig van Beethoven', 'van Beethoven, Ludwig', 'ludwig van beethoven'],
    ['Martin Luther King Jr.', 'King, Martin Luther, Jr.', 'martin luther king'],
    ['J.R.R. Tolkien', 'Tolkien, J. R. R.', 'j r r tolkien'],
    ['Wei Wang 0001', 'Wei Wang', 'wei wang'],
  ])('of %s is that of %s', (name, other, key) => {
    expect(authorKey(name)).toBe(key)
    expect(authorKey(other)).toBe(key)
  })

  test('keeps other scripts', () => {
    expect(authorKey('李 明')).toBe('李 明')
    expect(authorKey('Иван Петров')).toBe('иван петров')
  })

  test('is one key for a name in either order, for any two words', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{3,9}x$/)
    fc.assert(fc.property(word, word, (given, family) => authorKey(`${given} ${family}`) === authorKey(`${family}, ${given}`)))
  })

  test('takes anything, and 3,303 authors at once', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => typeof authorKey(name) === 'string'))
    const keys = new Set(
      Array.from({ length: 3303 }, (_, at) => authorKey(`Ada B. van der Lovelace ${String.fromCharCode(97 + (at % 26))}${at}`)),
    )
    expect(keys.size).toBe(3303)
  })
})

describe('parseName', () => {
  test('keeps a collaboration whole', () => {
    expect(parseName('The LIGO Scientific Collaboration')).toEqual({
      given: [],
      family: 'LIGO Scientific Collaboration',
      collaboration: true,
    })
    expect(parseName('on behalf of the ATLAS Collaboration').family).toBe('ATLAS Collaboration')
  })

  test('takes a single word for a family name', () => {
    expect(parseName('Plato')).toMatchObject({ given: [], family: 'Plato' })
  })

  test('finds particles, in capitals too', () => {
    expect(parseName('Luc Van Gool')).toMatchObject({ given: ['Luc'], family: 'Van Gool' })
    expect(familyKey('Edwin van den Berg')).toBe('van den berg')
  })
})

describe('compatibleNames', () => {
  test.each([
    ['Eric J. Michaud', 'Michaud, Eric J.', 'same'],
    ['E. Michaud', 'Eric J. Michaud', 'compatible'],
    ['E. J. Michaud', 'Eric Michaud', 'compatible'],
    ['Michaud', 'Eric J. Michaud', 'compatible'],
    ['Jean-Pierre Serre', 'J.-P. Serre', 'compatible'],
    ['A. Michaud', 'Eric J. Michaud', 'different'],
    ['Eric K. Michaud', 'Eric J. Michaud', 'different'],
    ['Eric Michel', 'Eric Michaud', 'different'],
    ['John Smith Jr.', 'John Smith Sr.', 'different'],
    ['ATLAS Collaboration', 'CMS Collaboration', 'different'],
  ])('%s and %s are %s', (a, b, verdict) => {
    expect(compatibleNames(a, b)).toBe(verdict)
    expect(compatibleNames(b, a)).toBe(verdict)
  })
})
