import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

const SHORT = '# Mine\n\n{{#each papers}}\n- [{{title}}]({{url}})\n{{/each}}\n\n{{> end}}\n'

describe('a template to try out', () => {
  const paperboy = install()
  const folder = join(paperboy.folder, 'mine')
  mkdirSync(join(folder, 'partials'), { recursive: true })
  writeFileSync(join(folder, 'short.md.hbs'), SHORT)
  writeFileSync(join(folder, 'partials', 'end.md.hbs'), 'The end.\n')
  writeFileSync(join(folder, 'wrong.md.hbs'), '# Mine\n\n{{titel}}\n')
  writeFileSync(join(folder, 'partial.md.hbs'), '# Mine\n\n{{> broken}}\n')
  writeFileSync(join(folder, 'partials', 'broken.md.hbs'), '\n\n\n{{#if papers}}\n')
  const preview = (template: string) => paperboy.run(['digest', '--channel', 'terminal', '--template', template])

  test('is shown with the papers of the channel, from a file and the partials beside it', async () => {
    await paperboy.run(['import', '--sample'])
    const { code, stdout, stderr } = await preview('mine/short.md.hbs')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Mine\n\n• There Will Be a Scientific Theory of Deep Learning <https/)
    expect(stdout).toMatch(/The end\.\n$/)
  })

  test('may be one by name', async () => {
    expect((await preview('digest')).stdout).toContain('Weekly digest')
  })

  test.each([
    ['mine/wrong.md.hbs', /wrong\.md\.hbs is wrong in line 3: .*“titel”.*\nDid you mean title\?/],
    ['mine/partial.md.hbs', /partials\/broken\.md\.hbs is wrong in line 4: /],
    ['mine/nowhere.md.hbs', /There is no file mine\/nowhere\.md\.hbs/],
    ['./mine', /not named as a template is/],
    ['digst', /There is no template “digst”.*\nDid you mean digest\?/],
  ])('%s ends with 2 and says what to mend, where', async (template, expected) => {
    const { code, stdout, stderr } = await preview(template)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(expected)
  })

  test('in TEMPLATES_DIR can be tried by its name in the chat', async () => {
    const other = install({ TEMPLATES_DIR: folder })
    expect((await other.ask('digest preview --template short')).text).toMatch(/^Mine\n/)
    const { error } = await other.ask('digest preview --template wrong')
    expect(error).toMatchObject({ code: 'config', message: expect.stringMatching(/wrong\.md\.hbs is wrong in line 3/) })
  })
})
