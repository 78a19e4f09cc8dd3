// How often a followed author's papers are asked about, and how often a namesake passes unasked: on real papers, where present.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AuthorKey, authorKey } from '#core/author-name.ts'
import { isCommonName } from '#core/common-name.ts'
import { bearersOf, evidenceToKeep } from '#core/evidence.ts'
import { type Judgement, judge } from '#core/identity.ts'
import type { Paper } from '#core/paper.ts'
import type { AuthorTarget } from '#core/subscription.ts'
import { aPaper } from '#test/builders.ts'

const RECORDS = fileURLToPath(new URL('../../../shared/data/corpus/arxiv-2025-2026-slice.ndjson.gz', import.meta.url))
const present = existsSync(RECORDS)
const PAIRS = 5000
const MOST_COMMON = ['yang liu', 'wei wang', 'hao chen', 'wei zhang', 'jun li', 'lei zhang', 'yu wang', 'hao li'] as AuthorKey[]

/** By whom, the oldest first. */
const byKey = new Map<AuthorKey, Paper[]>()

beforeAll(() => {
  if (!present) return
  const lines = gunzipSync(readFileSync(RECORDS)).toString('utf8').trim().split('\n')
  const records = lines.map((line) => JSON.parse(line) as { authors: string[]; categories: string[]; date: string })
  records.sort((a, b) => (a.date < b.date ? -1 : 1))
  for (const [number, { authors, categories }] of records.entries()) {
    const paper = aPaper({ number, authors, categories })
    for (const key of new Set(authors.map(authorKey))) byKey.set(key, [...(byKey.get(key) ?? []), paper])
  }
})

/** Followed after the first half of the papers: the name or, where people are told apart, the one with most papers. */
function followed(key: AuthorKey, how: 'name' | 'first'): { target: AuthorTarget; later: Paper[] } {
  const papers = byKey.get(key) ?? []
  const half = Math.ceil(papers.length / 2)
  const earlier = papers.slice(0, half).toReversed()
  const [first, ...others] = bearersOf(earlier, key)
  const isOne = others.length === 0 || how === 'first'
  const evidence = isOne ? evidenceToKeep(first?.papers ?? [], key, false) : evidenceToKeep(earlier, key, true)
  return { target: { kind: 'author', key, name: key, evidence }, later: papers.slice(half) }
}

/** Of the later papers: which share is judged to be theirs or possible, and which by the name alone. */
function shares(keys: readonly AuthorKey[], how: 'name' | 'first') {
  const judgements = keys.flatMap((key) => {
    const { target, later } = followed(key, how)
    return later.map((paper) => judge(target, paper, []))
  })
  const share = (is: (judgement: Judgement) => boolean) => judgements.filter(is).length / judgements.length
  return {
    them: share(({ answer }) => answer === 'them'),
    possibly: share(({ answer }) => answer === 'possibly'),
    byNameAlone: share(({ by }) => by === 'name'),
  }
}

/** Papers by one person, given another person's name: the share of those that pass by what they share. */
function impostors(isCommon: boolean): number {
  const keys = [...byKey].filter(([key, papers]) => papers.length > 2 && isCommonName(key) === isCommon).map(([key]) => key)
  const one = (at: number) => keys[at % keys.length] ?? ('' as AuthorKey)
  let [all, passed] = [0, 0]
  for (let pair = 0; pair < PAIRS; pair++) {
    const [key, other] = [one(pair * 7919), one(pair * 104_729 + 1)]
    const { target } = followed(key, 'first')
    for (const paper of byKey.get(other) ?? []) {
      const names = paper.authors.map(({ name }) => authorKey(name))
      if (key === other || names.includes(key)) continue
      const renamed = paper.authors.map((author, at) => (names[at] === other ? { name: key } : author))
      const { answer, by } = judge(target, { ...paper, authors: renamed }, [])
      all++
      if (answer === 'them' && by !== 'name') passed++
    }
  }
  return passed / all
}

describe.skipIf(!present)('on 24,500 papers', () => {
  const keys = (isCommon: boolean) =>
    [...byKey].filter(([key, papers]) => papers.length > 1 && isCommonName(key) === isCommon).map(([key]) => key)

  test('whoever has a name that few bear is hardly ever asked about', () => {
    expect(shares(keys(false), 'name').them).toBeGreaterThan(0.99)
  })

  test('of whoever has a common name, only what shares co-authors passes unasked', () => {
    const followedByName = shares(keys(true), 'name')
    expect(followedByName.possibly).toBeGreaterThan(0.85)
    expect(followedByName.byNameAlone).toBe(0)
    expect(shares(MOST_COMMON, 'name').possibly).toBe(1)
    expect(shares(MOST_COMMON, 'first').possibly).toBeGreaterThan(0.9)
  })

  test.each([true, false])(
    "another person's papers under one's name pass by what they share in fewer than 3 of 1,000 cases",
    (isCommon) => {
      expect(impostors(isCommon)).toBeLessThan(0.003)
    },
  )
})
