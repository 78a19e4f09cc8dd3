import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRenderer } from '#adapters/templates/renderer.ts'
import { digestView } from '#adapters/templates/view.ts'
import { createTemplates } from '#adapters/templates.ts'
import { ConfigError } from '#core/errors.ts'
import { aPaper } from '#test/builders.ts'
import { aModel, folderWith, textOf } from './folder.ts'

const papers = Array.from({ length: 200 }, (_, number) => ({
  paper: aPaper({ number, title: `Paper ${number}`, ids: [`arxiv:2611.${String(number).padStart(5, '0')}`] }),
  why: [],
}))
const model = aModel({ papers })

function render(files: Readonly<Record<string, string | Uint8Array>>) {
  return createTemplates({ folders: [folderWith(files)], alone: true }).digest('mine', model)
}

/** In this thread, so that hundreds of templates need not start one each. */
async function refusal(text: string, partials: Readonly<Record<string, string>> = {}): Promise<string> {
  const draw = createRenderer([folderWith({ mine: text, ...partials })])
  const error = await draw({ template: 'mine', values: digestView(model).values, rows: 201 }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ConfigError)
  return (error as Error).message
}

const UP = '{{title}}\n\n'

describe('a hostile template is refused with its file and line', () => {
  test.each([
    ['many nested blocks', `${UP}${'{{#if count}}'.repeat(100)}${'{{/if}}'.repeat(100)}`, 3],
    ['a chain of otherwise', `${UP}{{#if count}}${'{{else if count}}'.repeat(100)}{{/if}}`, 3],
    ['three loops', `{{#each papers}}\n{{#each ../papers}}\n{{#each ../papers}}x{{/each}}{{/each}}{{/each}}`, 3],
    ['a constructor', `${UP}{{count.constructor}}`, 3],
    ['the constructor of this', `${UP}{{this.constructor}}`, 3],
    ['a prototype', `${UP}{{__proto__}}`, 3],
    ['a quoted prototype', `${UP}{{papers.[__proto__]}}`, 3],
    ['a place in a list', `${UP}{{papers.[0].title}}`, 3],
    ['the root', `${UP}{{@root.title}}`, 3],
    ['the key of a loop', `${UP}{{#each papers}}\n{{@key}}{{/each}}`, 4],
    ['a loop value where there is no loop', `${UP}{{@index}}`, 3],
    ['a way up from nowhere', `${UP}{{../title}}`, 3],
    ['a long way up', `${UP}{{#each papers}}{{${'../'.repeat(300)}title}}{{/each}}`, 3],
    ['a partial block', `${UP}{{#> following}}x{{/following}}`, 3],
    ['a partial with values', `${UP}{{> following count=1}}`, 3],
    ['a partial that is looked up', `${UP}{{> (lookup papers 0)}}`, 3],
    ['a partial by path', `${UP}{{> ../digest}}`, 3],
    ['a decorator', `${UP}{{* inline}}`, 3],
    ['an inline partial', `${UP}{{#*inline "x"}}y{{/inline}}`, 3],
    ['a raw block', `${UP}{{{{raw}}}}{{x}}{{{{/raw}}}}`, 3],
    ['a lookup', `${UP}{{lookup papers 0}}`, 3],
    ['a log', `${UP}{{log count}}`, 3],
    ['what is not escaped', `${UP}{{{title}}}`, 3],
    ['what is not escaped in another way', `${UP}{{&title}}`, 3],
    ['block parameters', `${UP}{{#each papers as |title|}}{{title}}{{/each}}`, 3],
    ['a block with a wish', `${UP}{{#if count includeZero=true}}x{{/if}}`, 3],
    ['a block of its own', `${UP}{{#paper}}x{{/paper}}`, 3],
    ['a block of nothing', `${UP}{{#each}}x{{/each}}`, 3],
    ['a loop over a text', `${UP}{{#each title}}x{{/each}}`, 3],
    ['a loop over a number', `${UP}{{#each count}}x{{/each}}`, 3],
    ['a loop over a paper', `${UP}{{#each papers}}{{#each this}}x{{/each}}{{/each}}`, 3],
    ['a name of a text', `${UP}{{#each following}}\n{{title}}\n{{/each}}`, 4],
    ['a name of a number', `${UP}{{count.length}}`, 3],
    ['a card of no paper', `${UP}{{card title}}`, 3],
    ['a card of the whole digest', `${UP}{{card this}}`, 3],
    ['a card in a strange form', `${UP}{{#each papers}}{{card this form="huge"}}{{/each}}`, 3],
    ['undefined', `${UP}{{#if undefined}}x{{/if}}`, 3],
    ['an escape of the parser', `${UP}{{#if "`, 3],
    ['a comment that does not end', `${UP}{{!-- what`, 3],
    ['a zero character', `${UP}a\0b`, 3],
    ['deep calls', `${UP}{{plural ${'(plural '.repeat(300)}`, 3],
    ['cards over cards', `${UP}{{#each papers}}{{#each ../papers}}\n{{card this}}{{/each}}{{/each}}`, 4],
    ['nothing, very often', `${UP}{{#each papers}}{{#each ../papers}}\n{{#if title}}{{/if}}{{/each}}{{/each}}`, 4],
    ['texts over texts', `${UP}{{#each papers}}{{#each ../papers}}{{title}}{{title}}{{title}}{{/each}}{{/each}}`, 3],
    ['a long text over and over', `${UP}{{#each papers}}\n${'word '.repeat(300)}{{/each}}`, 4],
    ['paragraph after paragraph', `${UP}{{#each papers}}\n${'a\n\n'.repeat(30)}{{/each}}`, '\\d+'],
    ['row after row', `${UP}{{#each papers}}\n${'- a\n'.repeat(30)}{{/each}}`, '\\d+'],
    ['stars and lines', `${UP}${'*_'.repeat(400)}`, 3],
    ['quotations in quotations', `${UP}${'> '.repeat(40)}a`, 3],
    ['lists in lists', `${UP}${'1. '.repeat(40)}a`, 3],
  ])('%s', async (_, text, line) => {
    expect(await refusal(text)).toMatch(new RegExp(`mine\\.md\\.hbs.* in line ${line}\\b`))
  })

  test('partials within each other, and very many of them', async () => {
    expect(await refusal('{{> a}}', { 'partials/a': '{{> b}}', 'partials/b': '\n{{> a}}' })).toMatch(
      /partials\/b\.md\.hbs is wrong in line 2: .*within itself/,
    )
    const many = '{{> b}}'.repeat(500)
    expect(await refusal('{{> a}}{{> a}}{{> a}}', { 'partials/a': many, 'partials/b': 'x' })).toMatch(
      /partials\/[ab]\.md\.hbs is wrong in line 1: .*pieces/,
    )
  })

  test('a partial that is not there names who asks for it', async () => {
    expect(await refusal(`${UP}{{> nowhere}}`)).toMatch(/no partial “nowhere”.*mine\.md\.hbs asks for it in line 3/)
  })

  test('a mistake within a partial names the partial and its line', async () => {
    const partials = { 'partials/a': '\n\n{{#each papers}}{{frequency}}{{/each}}' }
    expect(await refusal(`${UP}{{> a}}`, partials)).toMatch(/partials\/a\.md\.hbs is wrong in line 3: .*“frequency”/)
  })
})

describe('a strange template is harmless', () => {
  test.each([
    ['Handlebars behind a backslash', '\\{{title}}', '{{title}}'],
    ['white space control', ' a \n {{~title~}} \n b', 'aWeekly digestb'],
    ['comments', '{{! {{title}} }}{{!-- {{{x}}} --}}a', '}}a'],
    ['literals', '{{"<@U1>"}} {{1}} {{true}}', '<@U1> 1'],
    ['HTML', '<script>alert(1)</script> <!-- x -->', '<script>alert(1)</script> <!-- x -->'],
    ['characters of private use', 'a \ue000\ue001 {{title}} \uf8ff', 'a \ue000\ue001 Weekly digest \uf8ff'],
    ['a byte order mark', '\ufeff# {{title}}', 'Weekly digest'],
    ['line ends of other systems', 'a\r\n\r\nb\rc', 'a\nb\nc'],
    ['no text at all', '', ''],
    ['an inverse block', '{{^if example}}a{{else}}b{{/if}}', 'a'],
  ])('%s', async (_, text, expected) => {
    expect(textOf(await render({ mine: text }))).toBe(expected)
  })

  test('a block of code stays one, with values as they are', async () => {
    const blocks = await render({ mine: 'a\n\n```bibtex\n{{title}}\n\n- b\n```\n\nc' })
    expect(blocks).toMatchObject([
      { kind: 'prose' },
      { kind: 'code', text: 'Weekly digest\n\n- b', language: 'bibtex' },
      { kind: 'prose' },
    ])
  })
})

describe('a file that is no small text in its folder is refused', () => {
  test('bytes that are not UTF-8, with the line', async () => {
    const mine = new Uint8Array([0x61, 0x0a, 0xc3, 0xa9, 0x0a, 0xff, 0x0a])
    await expect(render({ mine })).rejects.toThrow(/mine\.md\.hbs is wrong in line 3: .*UTF-8/)
  })

  test('a link to outside', async () => {
    const folder = folderWith({})
    symlinkSync(join(folderWith({ secret: 'x' }), 'secret.md.hbs'), join(folder, 'mine.md.hbs'))
    const templates = createTemplates({ folders: [folder] })
    await expect(templates.digest('mine', model)).rejects.toThrow(/mine\.md\.hbs is a link to outside its folder/)
  })

  test('a link within is as good as a file', async () => {
    const folder = folderWith({ other: 'linked' })
    symlinkSync(join(folder, 'other.md.hbs'), join(folder, 'mine.md.hbs'))
    expect(textOf(await createTemplates({ folders: [folder] }).digest('mine', model))).toBe('linked')
  })

  test('a folder', async () => {
    const folder = folderWith({})
    mkdirSync(join(folder, 'mine.md.hbs'))
    await expect(createTemplates({ folders: [folder] }).digest('mine', model)).rejects.toThrow(/mine\.md\.hbs is not a file/)
  })

  test.each(['../templates/digest', 'a/b', '..', '', 'Digest', 'a\0b', `${'a'.repeat(65)}`])('the name %j', async (name) => {
    await expect(createTemplates().digest(name, model)).rejects.toThrow(/There is no template/)
  })
})
