import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { variables } from '#adapters/templates/variables.ts'
import { alertView, digestView } from '#adapters/templates/view.ts'
import { createTemplates } from '#adapters/templates.ts'
import { ConfigError } from '#core/errors.ts'
import { aPaper } from '#test/builders.ts'
import { aModel, folderWith, textOf } from './folder.ts'

function templatesWith(files: Readonly<Record<string, string>>) {
  return createTemplates({ folders: [folderWith(files)] })
}

describe('the digest', () => {
  test('says the days of its window in its zone, how many papers there are, and shows each as a card with its why', async () => {
    const blocks = await createTemplates().digest('digest', aModel())
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'prose', 'card', 'note'])
    expect(textOf(blocks)).toContain('Weekly digest · Nov 15 – Nov 22')
    expect(textOf(blocks)).toContain('1 new paper of what is followed here.')
    expect(blocks[2]).toMatchObject({ kind: 'card', form: 'listing', why: [{ text: 'in cs.LG' }], paper: { number: 1 } })
  })

  test('gives a line to each paper that was alerted before', async () => {
    const alerted = [2, 3].map((number) => ({ paper: aPaper({ number }), why: [] }))
    const blocks = await createTemplates().digest('digest', aModel({ alerted }))
    expect(textOf(blocks)).toContain('Also new')
    expect(blocks.flatMap((block) => (block.kind === 'card' ? [block.form] : []))).toEqual(['listing', 'line', 'line'])
  })

  test('marks an example as one', async () => {
    expect(textOf(await createTemplates().digest('digest', aModel({ example: true })))).toContain('An example')
  })

  test('says how to change what is followed, in small print', async () => {
    const notes = (await createTemplates().digest('digest', aModel())).filter(({ kind }) => kind === 'note')
    expect(textOf(notes)).toContain('Followed here: category cs.LG')
    expect(textOf(notes)).toContain('/papers following')
  })

  test('shows numbers of papers as people write them', async () => {
    const templates = templatesWith({ digest: '{{plural count "paper" "papers"}}' })
    const papers = Array.from({ length: 1204 }, (_, at) => ({ paper: aPaper({ number: at }), why: [] }))
    expect(textOf(await templates.digest('digest', aModel({ papers })))).toBe('1,204 papers')
  })
})

describe('an alert', () => {
  test('of one paper is its card alone', async () => {
    const blocks = await createTemplates().alert({ papers: [{ paper: aPaper(), why: [] }] })
    expect(blocks).toMatchObject([{ kind: 'card', paper: { number: 1 } }])
  })

  test('of several papers says how many', async () => {
    const papers = [1, 2].map((number) => ({ paper: aPaper({ number }), why: [] }))
    expect(textOf(await createTemplates().alert({ papers }))).toBe('2 new papers')
  })
})

test('every name that a template is given may stand in it, and docs/templates.md says what it is', () => {
  const { values } = digestView(aModel())
  const [paper = {}] = values.papers
  const { number: _, ...ofPaper } = paper as { number?: number }
  const alert = alertView({ papers: aModel().papers, note: 'late' }).values
  const names = [values, alert, ofPaper].flatMap((one) => Object.keys(one))
  const docs = readFileSync('docs/templates.md', 'utf8')
  expect(names.filter((name) => !variables.has(name) || !docs.includes(`\`${name}\``))).toEqual([])
  expect([...variables].filter((name) => !names.includes(name))).toEqual(['length'])
})

describe('what papers say', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(...'*_`[]()<>!#&;@~|\\\n {}"-+=1.'.split(''), 'https://x.y', '<@U1>', '&amp;', '{{card this}}'),
    }),
  )

  test('comes out as exactly that text: no link, no style, no card, no block of its own', async () => {
    const template = '{{#each papers}}Read {{authors}} now.{{/each}}'
    const templates = templatesWith({ digest: template })
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const papers = [{ paper: aPaper({ authors: [name] }), why: [] }]
        const blocks = await templates.digest('digest', aModel({ papers }))
        expect(textOf(blocks)).toBe(`Read ${name} now.`)
        expect(blocks).toHaveLength(1)
        expect(blocks[0]?.kind === 'prose' && blocks[0].spans.every((span) => Object.keys(span).join() === 'text')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('keeps the style the template gives it', async () => {
    const templates = templatesWith({ digest: '**{{#each following}}{{this}}{{/each}}**' })
    const blocks = await templates.digest('digest', aModel({ following: [' a*b* '] }))
    expect(blocks).toEqual([{ kind: 'prose', spans: [{ text: ' a*b* ', bold: true }] }])
  })

  test('is read as TeX in titles', async () => {
    const templates = templatesWith({ digest: '{{#each papers}}{{title}}{{/each}}' })
    const papers = [{ paper: aPaper({ title: 'Sorting in $O(n^2)$' }), why: [] }]
    expect(textOf(await templates.digest('digest', aModel({ papers })))).toBe('Sorting in O(n²)')
  })

  test('links only to pages of the web', async () => {
    const templates = templatesWith({ digest: '{{#each papers}}[{{title}}]({{url}}){{/each}} [x](javascript:alert)' })
    const [block] = await templates.digest('digest', aModel())
    const links = block?.kind === 'prose' ? block.spans.map(({ link }) => link) : []
    expect(links).toEqual(['https://arxiv.org/abs/2611.00001', undefined])
    expect(textOf(block ? [block] : [])).toBe('A paper about representations x')
  })
})

describe("an operator's template", () => {
  test.each([
    ['{{{papers}}}', 1],
    ['\n{{&count}}', 2],
    ['{{log count}}', 1],
    ['\n\n{{lookup papers 0}}', 3],
    ['{{#foo}}{{/foo}}', 1],
    ['{{count.constructor}}', 1],
    ['{{#each papers}}{{#each ../papers}}{{#each ../papers}}x{{/each}}{{/each}}{{/each}}', 1],
    ['{{#if count}}', 1],
    ['\n{{titel}}', 2],
    ['{{> (lookup papers 0)}}', 1],
    ['{{#> following}}x{{/following}}', 1],
  ])('%j is refused with its name and line', async (text, line) => {
    const refused = templatesWith({ mine: text }).digest('mine', aModel())
    await expect(refused).rejects.toThrow(ConfigError)
    await expect(refused).rejects.toThrow(new RegExp(`mine.*line ${line}\\b`, 's'))
  })

  test('over 4 kB is refused', async () => {
    await expect(templatesWith({ mine: 'x'.repeat(4097) }).digest('mine', aModel())).rejects.toThrow(/4 kB/)
  })

  test('within itself is refused', async () => {
    const templates = templatesWith({ mine: '{{> a}}', 'partials/a': '{{> b}}', 'partials/b': '{{> a}}' })
    await expect(templates.digest('mine', aModel())).rejects.toThrow(/within itself/)
  })

  test('replaces ours of the same name, uses our partials, and is listed', async () => {
    const templates = templatesWith({ digest: '# Mine\n\n{{> following}}', short: 'x' })
    expect(textOf(await templates.digest('digest', aModel()))).toMatch(/^Mine\nFollowed here/)
    expect(await templates.names()).toEqual(['digest', 'short'])
  })

  test('is looked for by its name alone, never by a path', async () => {
    const refused = createTemplates().digest('../templates/digest', aModel())
    await expect(refused).rejects.toThrow(ConfigError)
  })

  test('may have every kind of block', async () => {
    const text = '## H\n\n- a\n- *b*\n\n1. c\n\n```bibtex\n@a{}\n```\n\n> small\n\n![pic](https://x.org/a.png)\n\n<b>html</b>'
    const blocks = await templatesWith({ mine: text }).digest('mine', aModel())
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'list', 'list', 'code', 'note', 'picture', 'prose'])
    expect(textOf(blocks)).toContain('<b>html</b>')
  })
})

test('a template’s hash is another one with every change of it or of a partial', async () => {
  const hashOf = (files: Readonly<Record<string, string>>) =>
    createTemplates({ folders: [folderWith(files)], alone: true }).hash('mine')
  const files = { mine: 'Hello {{> part}}', 'partials/part': 'there' }
  const hash = await hashOf(files)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashOf(files)).toBe(hash)
  expect(await hashOf({ ...files, mine: 'Hallo {{> part}}' })).not.toBe(hash)
  expect(await hashOf({ ...files, 'partials/part': 'here' })).not.toBe(hash)
  await expect(hashOf({})).rejects.toThrow('There is no template “mine”.')
})
