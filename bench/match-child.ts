// One matching as a process of its own, so that its memory can be told: `<papers> <targets> <sample>` → a line of JSON on
// standard output. Both files have an object a line; the sample says of which papers and subscriptions the pairs are told.
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createMatcher } from '#core/matcher.ts'
import type { Paper } from '#core/paper.ts'
import type { Target } from '#core/subscription.ts'
import { subscriptionTo } from './subscription-mix.ts'

export interface Matched {
  /** Reading and building. */
  readonly buildSeconds: number
  readonly matchSeconds: number
  readonly megabytes: number
  readonly selections: number
  readonly pairs: readonly string[]
}

export interface Sample {
  readonly everyPaper: number
  readonly everySubscription: number
  readonly now: string
}

/** As a tick would page them out of a store. */
const PAGE = 10_000

const [papersFile = '', targetsFile = '', sampleText = ''] = process.argv.slice(2)
const sample: Sample = JSON.parse(sampleText)
const papers = (await readFile(papersFile, 'utf8'))
  .trim()
  .split('\n')
  .map((line): Paper => JSON.parse(line))

const began = performance.now()
const matcher = createMatcher()
const authors = new Map<string, Target>()
let page: Target[] = []
let before = 0
for await (const line of createInterface({ input: createReadStream(targetsFile) })) {
  page.push(JSON.parse(line))
  if (page.length === PAGE) addPage()
}
addPage()
const built = performance.now()
const pairs: string[] = []
let selections = 0
for (const { subscription, paper } of matcher.matchEach(papers, Temporal.Instant.from(sample.now))) {
  selections++
  if (paper.number % sample.everyPaper === 0 && Number(subscription.id) % sample.everySubscription === 0) {
    pairs.push(`${paper.number} ${subscription.id}`)
  }
}
const matched: Matched = {
  buildSeconds: (built - began) / 1000,
  matchSeconds: (performance.now() - built) / 1000,
  megabytes: process.resourceUsage().maxRSS / 1024,
  selections,
  pairs,
}
console.log(JSON.stringify(matched))

function addPage(): void {
  matcher.add(page.map((target, at) => subscriptionTo(shared(target), before + at)))
  before += page.length
  page = []
}

/** Those who follow an author share the author. */
function shared(target: Target): Target {
  if (target.kind !== 'author') return target
  const known = authors.get(target.key)
  if (known === undefined) authors.set(target.key, target)
  return known ?? target
}
