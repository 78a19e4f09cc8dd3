// What a document names exists: paths, links, npm scripts, calls, environment variables.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { variables } from '#config'
import { commandName } from '#core/commands/command.ts'
import { commands } from '#core/commands/registry.ts'

const DOCUMENTS = [...globSync('*.md'), ...globSync('{docs,samples,templates,test,bench}/**/*.md')].sort()
const PATH = /^\.?[\w@-][\w.@-]*(\/[\w.*@-]+)*\/?$/
const FILE_NAME = /\.(ts|js|json|jsonc|md|svg|hbs|ndjson|yml|yaml)$/
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/
const FROM_OUTSIDE = ['NODE_OPTIONS', 'NODE_ENV', 'MALLOC_ARENA_MAX', 'NO_COLOR', 'NAME_FILE', 'TEST_DATABASE_URL']
/** Made by running Paperboy, or by who runs it. */
const MADE = /^(\.env|data|short\.md\.hbs)(\/|$)/

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(document, 'utf8')
  const code = [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, inner]) => inner!)

  test('names only paths that are there', () => {
    const paths = code.filter((word) => PATH.test(word) && (word.includes('/') || FILE_NAME.test(word)) && !MADE.test(word))
    const there = (path: string) =>
      [path, join(dirname(document), path), join('templates', path)].some((place) => globSync(place).length > 0)
    expect(paths.filter((path) => !there(path))).toEqual([])
  })

  test('links only to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link]) => link!)
      .filter((link) => !/^(https?:|#|\{\{)/.test(link))
    expect(links.filter((link) => !existsSync(join(dirname(document), link.split('#')[0]!)))).toEqual([])
  })

  test('names only npm scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, script]) => script!)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })

  test('names only calls of Paperboy that are there', () => {
    const commandLine = readFileSync('src/main.ts', 'utf8')
    const named = [...text.matchAll(/npx paperboy (\w+)/g)].map(([, call]) => call!)
    expect(named.filter((call) => !commandLine.includes(`.command('${call}')`))).toEqual([])
  })

  test('names only environment variables that are read', () => {
    const known = [...variables.map(({ name }) => name), ...FROM_OUTSIDE]
    expect(code.map((word) => word.split('=')[0]!).filter((word) => VARIABLE.test(word) && !known.includes(word))).toEqual([])
  })
})

test('README.md names every command', () => {
  const readme = readFileSync('README.md', 'utf8')
  const named = new Set([...readme.matchAll(/`([a-z]+)(?: ([a-z]+))?[^`]*`/g)].flatMap(([, one, two]) => [one, `${one} ${two}`]))
  expect(commands.map(commandName).filter((name) => !named.has(name))).toEqual([])
})
