// How long a digest of 200 papers takes to render in the rendering thread, from our template, a rich one and the slowest
// within the limits, against 50 ms and against the same lines from bare Handlebars; and how soon a hostile one is ended.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { openRenderThread } from '#adapters/templates/render-thread.ts'
import { createTemplates } from '#adapters/templates.ts'
import { fromRecord } from '#core/merge.ts'
import { paperUrl, shownAuthors, shownDate } from '#core/paper-view.ts'
import type { DigestModel } from '#core/ports/templates.ts'
import { corpus } from './corpus.ts'
import { type Figure, median } from './figure.ts'

const RUNS = 15
/** Turns before, in which code is compiled; what is slow to read differs in each turn all the same. */
const WARM = 3
const PAPERS = 200
const ALLOWED_MS = 50
const HOSTILE_THREAD = new URL('./render-endless.ts', import.meta.url)
const NOW = Temporal.Instant.from('2026-11-22T09:00:00Z')

const RICH = `# {{title}} · {{from}} – {{to}}

{{#each papers}}
### [{{title}}]({{url}})
{{authors}}{{#if orgs}} · {{orgs}}{{/if}}{{#if score}} · **{{score}}**{{/if}} · {{date}} · \`{{id}}\`

{{#if why}}
> {{why}}

{{/if}}
{{/each}}
`
const LIST = '# {{title}}\n\n{{#each papers}}\n- **[{{title}}]({{url}})** {{authors}} · *{{date}}*\n{{/each}}\n'

/** Each as slow as it gets within the limits: most steps, values, cards, blocks, rows, and Markdown that is slow to read. */
const SLOW: Readonly<Record<string, (run: number) => string>> = {
  steps: () => `{{#each papers}}${'{{#if title}}{{/if}}'.repeat(38)}{{/each}}`,
  values: () => `{{#each papers}}${'{{date}}**{{id}}**'.repeat(9)}\n\n{{/each}}`,
  cards: () => '{{#each papers}}{{card this}}{{card this form="full"}}{{/each}}',
  paragraphs: () => `{{#each papers}}${'{{title}}\n\n'.repeat(9)}{{/each}}`,
  notes: () => `{{#each papers}}${'> {{id}}\n\n'.repeat(9)}{{/each}}`,
  rows: () => `{{#each papers}}${'- {{id}}\n'.repeat(9)}{{/each}}`,
  emphasis: (run) => `${run} ${'*a_ '.repeat(245)}`,
  'nested lists': (run) => `${run}\n\n${'1. 1. a\n'.repeat(54)}`,
  'nested quotations': (run) => `${run}\n\n${'> > a\n'.repeat(54)}`,
  headings: (run) => `${run}\n\n${'# a\n'.repeat(245)}`,
  'rows of rows': (run) => `${run}\n\n${'- a\n  - b\n'.repeat(49)}`,
  'tight text': (run) => `${run}${'*_'.repeat(245)}`,
  links: (run) => `${run} ${'[a](b)'.repeat(122)}`,
}

export async function run(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-render-'))
  try {
    await mkdir(join(folder, 'partials'))
    await Promise.all([write(folder, 'rich', RICH), write(folder, 'list', LIST)])
    const templates = createTemplates({ folders: [folder] })
    const model = await aWeek()
    const digest = (name: string) => milliseconds(() => templates.digest(name, model))
    const floor = bareHandlebars(model)
    for (const name of ['digest', 'rich', 'list']) for (let turn = 0; turn < WARM; turn++) await digest(name)

    const times: Record<string, number[]> = { digest: [], rich: [], list: [], floor: [] }
    for (let turn = 0; turn < RUNS; turn++) {
      for (const name of ['digest', 'rich', 'list']) times[name]?.push(await digest(name))
      times.floor?.push(await milliseconds(floor))
    }
    const slowest: { name: string; p50: number; worst: number }[] = []
    for (const [name, text] of Object.entries(SLOW)) {
      const taken: number[] = []
      for (let turn = -WARM; turn < RUNS; turn++) {
        await write(folder, 'slow', text(turn))
        const time = await digest('slow')
        if (turn >= 0) taken.push(time)
      }
      slowest.push({ name, p50: median(taken), worst: Math.max(...taken) })
    }
    const slow = slowest.toSorted((a, b) => b.p50 - a.p50)[0] ?? { name: '', p50: Number.NaN, worst: Number.NaN }
    const [ours = [], rich = [], list = [], bare = []] = [times.digest, times.rich, times.list, times.floor]
    await write(folder, 'hostile', '{{#each papers}}{{#each ../papers}}{{card this}}{{/each}}{{/each}}')
    return [
      allowed('our digest of 200 papers, p50', median(ours)),
      allowed('our digest of 200 papers, worst', Math.max(...ours)),
      against('our digest of 200 papers, p50', median(ours), 'a bare Handlebars render of a list of them', median(bare)),
      against('a list of 200 papers, p50', median(list), 'a bare Handlebars render of it', median(bare)),
      allowed('a list of 200 papers, worst', Math.max(...list)),
      allowed('headings, facts and reasons of 200 papers, p50', median(rich)),
      allowed('headings, facts and reasons of 200 papers, worst', Math.max(...rich)),
      allowed(`the slowest within the limits (${slow.name}), p50 of ${RUNS}`, slow.p50),
      allowed(`the slowest within the limits, worst of ${slowest.length * RUNS}`, Math.max(...slowest.map(({ worst }) => worst))),
      allowed('cards over cards of 200 papers, refused after', await refused(() => templates.digest('hostile', model))),
      ...(await endless()),
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A thread that never answers, and another whose renderings go on meanwhile; both of them for 200 papers. */
async function endless(): Promise<Figure[]> {
  const request = { values: {}, rows: PAPERS }
  const hostile = openRenderThread({ folders: [], script: HOSTILE_THREAD })
  await hostile({ template: 'harmless', ...request })
  const began = performance.now()
  let blocked = 0
  let last = began
  const watch = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  const [ended, behind] = await Promise.all([
    refused(() => hostile({ template: 'endless', ...request })),
    milliseconds(() => hostile({ template: 'harmless', ...request })),
  ])
  clearInterval(watch)
  return [
    {
      bench: 'render',
      metric: 'an endless rendering is ended after',
      value: ended,
      unit: 'ms',
      against: 'its deadline',
      ratio: ended / 2000,
    },
    { bench: 'render', metric: 'the one behind it is answered after', value: behind, unit: 'ms', against: null, ratio: null },
    {
      bench: 'render',
      metric: 'the event loop was held up meanwhile, at most',
      value: blocked,
      unit: 'ms',
      against: null,
      ratio: null,
    },
  ]
}

async function aWeek(): Promise<DigestModel> {
  const papers = (await corpus()).slice(0, PAPERS).map((record, at) => ({
    paper: { ...fromRecord(record), number: at + 1, firstSeen: '2026-11-21T09:00:00Z' },
    why: [{ text: 'matches “sparse autoencoder”' }],
  }))
  return {
    frequency: 'weekly',
    from: '2026-11-15T09:00:00Z',
    to: NOW.toString(),
    zone: 'Europe/Berlin',
    papers,
    alerted: [],
    example: false,
    receipt: [],
    following: ['category cs.LG'],
  }
}

/** The text alone: no check, no Markdown read, no blocks, no thread. */
function bareHandlebars({ papers }: DigestModel): () => string {
  const template = Handlebars.compile(LIST)
  return () =>
    template({
      title: 'Weekly digest',
      papers: papers.map(({ paper }) => ({
        title: paper.title,
        url: paperUrl(paper),
        authors: shownAuthors(paper),
        date: paper.published === undefined ? '' : shownDate(paper.published, NOW),
      })),
    })
}

function write(folder: string, name: string, text: string): Promise<void> {
  return writeFile(join(folder, `${name}.md.hbs`), text)
}

async function milliseconds(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** How long it took to be refused; one that is rendered all the same is an error. */
async function refused(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  const isRendered = await work().then(
    () => true,
    () => false,
  )
  if (isRendered) throw new Error('A hostile template was rendered.')
  return performance.now() - began
}

function allowed(metric: string, value: number): Figure {
  return against(metric, value, `the ${ALLOWED_MS} ms allowed`, ALLOWED_MS)
}

function against(metric: string, value: number, what: string, floor: number): Figure {
  return { bench: 'render', metric, value, unit: 'ms', against: what, ratio: value / floor }
}
