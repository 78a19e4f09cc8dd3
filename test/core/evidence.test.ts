import { describe, expect, test } from 'vitest'
import { authorKey } from '#core/author-name.ts'
import { bearersOf, evidenceOf, evidenceToKeep } from '#core/evidence.ts'
import type { Paper } from '#core/paper.ts'
import { aPaper } from '#test/builders.ts'

const LI = authorKey('Jun Li')
const ERIC = authorKey('Eric J. Michaud')
let number = 0
const by = (authors: Parameters<typeof aPaper>[0] extends infer P ? NonNullable<P> : never) =>
  aPaper({ number: ++number, ...authors })
const numbers = (papers: readonly Paper[]) => papers.map((paper) => paper.number)

describe('evidence', () => {
  test('puts first who is met most, and a co-author of few before one of many', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => `Author Number${at}`)
    const papers = [
      by({ authors: ['Jun Li', ...crowd], categories: ['cs.CV'] }),
      by({ authors: ['Jun Li', 'Max Tegmark'], categories: ['cs.LG', 'cs.CV'], orgs: ['mit'] }),
    ]
    const { coauthors, categories, orgs } = evidenceToKeep(papers, LI, false)
    expect(coauthors[0]).toBe('max tegmark')
    expect(coauthors).toHaveLength(50)
    expect(categories).toEqual(['cs.CV', 'cs.LG'])
    expect(orgs).toEqual(['mit'])
  })

  test("takes the author's own organisation where the paper says whose it is", () => {
    const paper = by({ authors: [{ name: 'Jun Li', affiliations: ['ETH Zürich'] }, 'Ada Byron'], orgs: ['mit', 'eth-zurich'] })
    expect(evidenceOf([paper], LI).orgs).toEqual(['eth-zurich'])
  })

  test('of several people of a common name is their field alone', () => {
    const papers = [by({ authors: ['Jun Li', 'Ada Byron'] }), by({ authors: ['Jun Li', 'Max Tegmark'] })]
    expect(evidenceToKeep(papers, LI, true)).toEqual({ coauthors: [], categories: ['cs.LG'], orgs: [], several: true })
  })
})

describe('people of one name', () => {
  test('are told apart by their co-authors where the name is common', () => {
    const [a, b, c] = [
      by({ authors: ['Jun Li', 'Ada Byron'] }),
      by({ authors: ['Jun Li', 'Max Tegmark'] }),
      by({ authors: ['Jun Li', 'Ada Byron', 'Wei Zhang'] }),
    ] as const
    expect(bearersOf([a, b, c], LI).map(({ papers }) => numbers(papers))).toEqual([numbers([a, c]), numbers([b])])
  })

  test('are one where the name is rare, whatever they write about', () => {
    const cs = by({ authors: ['Eric J. Michaud', 'Ada Byron'], categories: ['cs.LG'] })
    const stars = by({ authors: ['Eric J. Michaud', 'Vera Rubin'], categories: ['astro-ph.GA'] })
    expect(bearersOf([cs, stars], ERIC)).toHaveLength(1)
  })

  test('are never one with two ORCIDs, and one with the same', () => {
    const first = { name: 'Eric J. Michaud', orcid: 'https://orcid.org/0000-0001-0000-000x' }
    const second = { name: 'Eric J. Michaud', orcid: '0000-0002-0000-0002' }
    const papers = [
      by({ authors: [first, 'Ada Byron'], categories: ['cs.LG'] }),
      by({ authors: [second, 'Ada Byron'], categories: ['cs.LG'] }),
      by({ authors: [first], categories: ['astro-ph.GA'] }),
      by({ authors: ['Eric J. Michaud', 'Ada Byron'], categories: ['cs.LG'] }),
    ]
    const people = bearersOf(papers, ERIC)
    expect(people.map(({ orcid }) => orcid)).toEqual(['0000-0001-0000-000X', '0000-0002-0000-0002'])
    expect(people.map((one) => one.papers.length)).toEqual([2, 1])
  })
})
