import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authorKey } from '#core/author-name.ts'
import { evidenceToKeep } from '#core/evidence.ts'
import { type Judgement, judge, type Said } from '#core/identity.ts'
import type { Author, Paper } from '#core/paper.ts'
import type { AuthorTarget } from '#core/subscription.ts'
import { aPaper } from '#test/builders.ts'

let number = 1
const by = (authors: readonly (string | Author)[], categories = ['cs.LG'], orgs?: string[]) =>
  aPaper({ number: ++number, authors, categories, ...(orgs && { orgs }) })

/** Somebody followed after these papers. */
function followed(name: string, papers: readonly Paper[], parts: Partial<AuthorTarget> = {}): AuthorTarget {
  const key = authorKey(name)
  return { kind: 'author', key, name, evidence: evidenceToKeep(papers, key, false), ...parts }
}

const eric = followed('Eric J. Michaud', [by(['Eric J. Michaud', 'Max Tegmark'])])
const jun = followed('Jun Li', [by(['Jun Li', 'Ada Byron', 'Wei Zhang', 'Yang Liu'], ['cs.LG'], ['mit'])])
const yes = (paper: Paper): Said => ({ paper, isThem: true })
const no = (paper: Paper): Said => ({ paper, isThem: false })
const ofJudge = (target: AuthorTarget, paper: Paper, said: readonly Said[] = []) => {
  const { answer, by } = judge(target, paper, said)
  return `${answer} by ${by}`
}

describe('whoever is followed', () => {
  test('a name that few bear is enough in its field, in another it is asked about', () => {
    expect(ofJudge(eric, by(['Eric J. Michaud', 'Nobody Known'], ['cs.AI']))).toBe('them by name')
    expect(ofJudge(eric, by(['Eric J. Michaud', 'Nobody Known'], ['astro-ph.GA']))).toBe('possibly by nothing')
    expect(ofJudge(eric, by(['Eric J. Michaud', 'Max Tegmark'], ['astro-ph.GA']))).toBe('them by coauthors')
  })

  test('a common name is asked about, unless a co-author or the place with the field is theirs', () => {
    expect(ofJudge(jun, by(['Jun Li', 'Bo Chen']))).toBe('possibly by nothing')
    expect(ofJudge(jun, by(['Jun Li', 'Ada Byron'], ['astro-ph.GA']))).toBe('them by coauthors')
    expect(ofJudge(jun, by(['Jun Li'], ['cs.LG'], ['mit']))).toBe('them by orgs')
    expect(ofJudge(jun, by(['Jun Li'], ['astro-ph.GA'], ['mit']))).toBe('possibly by nothing')
  })

  test('one co-author of a common name says nothing, two do, and among hundreds not even they', () => {
    const crowd = Array.from({ length: 300 }, (_, at) => `Author Number${at}`)
    expect(ofJudge(jun, by(['Jun Li', 'Wei Zhang']))).toBe('possibly by nothing')
    expect(ofJudge(jun, by(['Jun Li', 'Wei Zhang', 'Yang Liu']))).toBe('them by coauthors')
    expect(ofJudge(jun, by(['Jun Li', 'Wei Zhang', 'Yang Liu', ...crowd]))).toBe('possibly by nothing')
  })

  test('a name that no paper carried is asked about until somebody confirmed one', () => {
    const nora = followed('Nora Nobody', [])
    const first = by(['Nora Nobody', 'Max Tegmark'])
    expect(ofJudge(nora, first)).toBe('possibly by nothing')
    expect(ofJudge(nora, by(['Nora Nobody']), [yes(first)])).toBe('them by name')
  })

  test('what was followed before evidence was kept goes by the name', () => {
    const { evidence, ...early } = jun
    expect(ofJudge(early, by(['Jun Li']))).toBe('them by early')
    expect(ofJudge(early, by(['Jun Li']), [no(by(['Jun Li', 'Max Tegmark']))])).toBe('possibly by nothing')
  })
})

describe('an ORCID', () => {
  const own = '0000-0001-0000-0001'
  const identified = { ...jun, orcid: own }
  const li = (orcid: string) => ({ name: 'Jun Li', orcid })

  test('that is theirs decides, and so does another one', () => {
    expect(ofJudge(identified, by([li(`https://orcid.org/${own}`)]))).toBe('them by orcid')
    expect(ofJudge(identified, by([li('0000-0002-0000-0002'), 'Ada Byron']))).toBe('not-them by orcid')
    expect(ofJudge(identified, by([li('0000-0002-0000-0002'), 'Jun Li', 'Ada Byron']))).toBe('them by coauthors')
  })

  test('is learned from papers that were confirmed and refused', () => {
    const theirs = by([li(own)])
    expect(ofJudge(jun, by([li(own)]), [yes(theirs)])).toBe('them by orcid')
    expect(ofJudge(jun, by([li('0000-0002-0000-0002')]), [yes(theirs)])).toBe('not-them by orcid')
    expect(ofJudge(jun, by([li(own)]), [no(theirs)])).toBe('not-them by orcid')
    expect(ofJudge(jun, by([li('0000-0002-0000-0002')]), [no(theirs)])).toBe('possibly by nothing')
  })
})

describe('what people said', () => {
  test('brings and keeps out the next papers of the same co-authors, and names them', () => {
    const paper = by(['Jun Li', 'Max Tegmark'])
    const next = by(['Jun Li', 'Max Tegmark', 'Bo Chen'])
    expect(judge(jun, next, [yes(paper)])).toEqual({ answer: 'them', by: 'coauthors', shared: ['Max Tegmark'] })
    expect(judge(jun, next, [no(paper)])).toEqual({ answer: 'not-them', by: 'coauthors', shared: ['Max Tegmark'] })
  })

  test('takes its weight from who writes with both, and asks where two tell different things', () => {
    const refused = by(['Jun Li', 'Ada Byron', 'Max Tegmark'])
    expect(ofJudge(jun, by(['Jun Li', 'Ada Byron']), [no(refused)])).toBe('possibly by nothing')
    const both = by(['Jun Li', 'Ada Byron', 'Vera Rubin'])
    expect(ofJudge(jun, both, [no(by(['Jun Li', 'Vera Rubin']))])).toBe('possibly by nothing')
  })

  test('that one is another shows that the name is shared', () =>
    expect(ofJudge(eric, by(['Eric J. Michaud']), [no(by(['Eric J. Michaud', 'Vera Rubin'], ['astro-ph.GA']))])).toBe(
      'possibly by nothing',
    ))
})

const ORDER: readonly Judgement['answer'][] = ['not-them', 'possibly', 'them']
const people = fc.uniqueArray(fc.constantFrom('Ada Byron', 'Max Tegmark', 'Vera Rubin', 'Wei Zhang', 'Yang Liu', 'Bo Chen'))
const orcid = fc.constantFrom(undefined, '0000-0001-0000-0001', '0000-0002-0000-0002')
const paper = fc
  .record({
    bearer: fc.record({ name: fc.constantFrom('Jun Li', 'Eric J. Michaud'), orcid }),
    people,
    categories: fc.uniqueArray(fc.constantFrom('cs.LG', 'cs.CV', 'astro-ph.GA', 'hep-th')),
    orgs: fc.uniqueArray(fc.constantFrom('mit', 'oxford', 'tsinghua')),
  })
  .map(({ bearer, people, categories, orgs }) =>
    by([bearer.orcid === undefined ? bearer.name : (bearer as Author), ...people], categories, orgs),
  )
const target = fc
  .record({ name: fc.constantFrom('Jun Li', 'Eric J. Michaud'), papers: fc.array(paper, { maxLength: 3 }), orcid })
  .map(({ name, papers, orcid }) => followed(name, papers, orcid === undefined ? {} : { orcid }))
const said = fc.array(fc.record({ paper, isThem: fc.boolean() }), { maxLength: 4 })

test('a word on the paper itself always wins', () => {
  fc.assert(
    fc.property(target, paper, said, fc.boolean(), (target, paper, said, isThem) => {
      expect(judge(target, paper, [...said, { paper, isThem }])).toMatchObject({
        answer: isThem ? 'them' : 'not-them',
        by: 'word',
      })
    }),
  )
})

test('what is shared with their papers never makes it less likely', () => {
  const known = fc.constantFrom('Ada Byron', 'Max Tegmark', 'Wei Zhang', 'Yang Liu')
  const more = fc.oneof(
    known.map((coauthor) => ({ coauthor })),
    fc.constantFrom('cs.LG', 'astro-ph.GA').map((category) => ({ category })),
    fc.constantFrom('mit', 'oxford').map((org) => ({ org })),
  )
  fc.assert(
    fc.property(
      target,
      paper,
      said,
      more,
      (target, paper, said, more: { coauthor?: string; category?: string; org?: string }) => {
        const { coauthors = [], categories = [], orgs = [] } = target.evidence ?? {}
        const shares =
          (more.coauthor !== undefined && coauthors.includes(authorKey(more.coauthor))) ||
          (more.category !== undefined && categories.includes(more.category)) ||
          (more.org !== undefined && orgs.includes(more.org))
        fc.pre(shares)
        const richer: Paper = {
          ...paper,
          authors: [...paper.authors, ...(more.coauthor ? [{ name: more.coauthor }] : [])],
          categories: [...(paper.categories ?? []), ...(more.category ? [more.category] : [])],
          orgs: [...(paper.orgs ?? []), ...(more.org ? [more.org] : [])],
        }
        const [before, after] = [paper, richer].map((one) => ORDER.indexOf(judge(target, one, said).answer))
        expect(after).toBeGreaterThanOrEqual(before ?? 0)
      },
    ),
  )
})
