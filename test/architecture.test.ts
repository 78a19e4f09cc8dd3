// The shape of the source: each rule of biome.jsonc can fail, src keeps them without a suppression, each file says its job.
import { spawnSync } from 'node:child_process'
import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const IMPORTS = 'style/noRestrictedImports'
const GLOBALS = 'style/noRestrictedGlobals'
const PROPERTIES = 'nursery/noJsRestrictedProperties'
const SOURCES = globSync('src/**/*.ts').sort()

/** What Biome has to refuse: where, what, by which rule. */
const VIOLATIONS: readonly (readonly [path: string, code: string, rule: string])[] = [
  // The direction of dependencies.
  ['src/core/*.ts', "import '#adapters/stores/sqlite.ts'", IMPORTS],
  ['src/core/*.ts', "import '#digests/tick.ts'", IMPORTS],
  ['src/core/*.ts', "import '#config'", IMPORTS],
  ['src/core/*.ts', "import 'node:fs'", IMPORTS],
  ['src/core/*.ts', "import 'node:fs/promises'", IMPORTS],
  ['src/core/*.ts', "import 'fs'", IMPORTS],
  ['src/core/*.ts', "import 'discord.js'", IMPORTS],
  ['src/adapters/log.ts', "import 'prom-client'", IMPORTS],
  ['src/core/*.ts', "import '@slack/bolt'", IMPORTS],
  ['src/core/*.ts', "import type { Store } from '#adapters/stores/sqlite.ts'\nexport type A = Store", IMPORTS],
  ['src/core/*.ts', "export { open } from '#adapters/stores/sqlite.ts'", IMPORTS],
  ['src/core/*.ts', "export const load = () => import('#adapters/stores/sqlite.ts')", IMPORTS],
  ['src/core/query/*.ts', "import '../paper.ts'", IMPORTS],
  ['src/core/query/*.ts', "import './../paper.ts'", IMPORTS],
  ['src/core/query/*.ts', "import './b/../../paper.ts'", IMPORTS],
  ['src/core/commands/*.ts', "import '#adapters/chat/terminal/render.ts'", IMPORTS],
  ['src/digests/*.ts', "import '#adapters/templates.ts'", IMPORTS],
  ['src/digests/*.ts', "import 'node-cron'", IMPORTS],
  ['src/digests/*.ts', "import 'node:timers'", IMPORTS],
  ['src/digests/*.ts', "import 'zod'", IMPORTS],
  ['src/digests/scheduler.ts', "import 'node:timers'", IMPORTS],
  ['src/adapters/*.ts', "import '#digests/tick.ts'", IMPORTS],
  ['src/adapters/*.ts', "import '#config'", IMPORTS],
  ['src/adapters/*.ts', "import '#adapters/stores/sqlite.ts'", IMPORTS],
  ['src/adapters/stores/*.ts', "import '#adapters/index/paper-index.ts'", IMPORTS],
  ['src/adapters/index/*.ts', "import '#adapters/stores/sqlite.ts'", IMPORTS],
  ['src/adapters/sources/*.ts', "import '#adapters/import/import.ts'", IMPORTS],
  ['src/adapters/sources/arxiv/*.ts', "import 'rss-parser'", IMPORTS],
  ['src/adapters/sources/feed/*.ts', "import 'undici'", IMPORTS],
  ['src/adapters/import/*.ts', "import '#adapters/sources/arxiv/rss.ts'", IMPORTS],
  ['src/adapters/chat/terminal/*.ts', "import '#adapters/templates.ts'", IMPORTS],
  ['src/adapters/chat/terminal/*.ts', "import 'better-sqlite3'", IMPORTS],
  ['src/adapters/chat/slack/*.ts', "import '#adapters/chat/terminal/render.ts'", IMPORTS],
  ['src/adapters/chat/discord/*.ts', "import '#adapters/chat/slack/slack.ts'", IMPORTS],
  ['src/adapters/chat/slack/*.ts', "import 'discord.js'", IMPORTS],
  ['src/adapters/templates/*.ts', "import '#adapters/citations.ts'", IMPORTS],
  ['src/adapters/citations/*.ts', "import 'handlebars'", IMPORTS],
  ['src/adapters/formats/*.ts', "import 'better-sqlite3'", IMPORTS],
  ['src/adapters/http/*.ts', "import 'discord.js'", IMPORTS],
  ['src/cli/*.ts', "import '../config.ts'", IMPORTS],
  // Core and digests are pure.
  ['src/core/*.ts', 'export const at = Date.now()', GLOBALS],
  ['src/core/*.ts', 'export const at = new Date()', GLOBALS],
  ['src/core/*.ts', 'export const at = performance.now()', GLOBALS],
  ['src/core/*.ts', "export const page = () => fetch('x')", GLOBALS],
  ['src/core/*.ts', 'export const folder = process.cwd()', GLOBALS],
  ['src/core/*.ts', 'export const id = crypto.randomUUID()', GLOBALS],
  ['src/core/*.ts', "export const now = globalThis['Date']", GLOBALS],
  ['src/digests/*.ts', 'export const wait = () => setTimeout(() => undefined, 1)', GLOBALS],
  ['src/digests/*.ts', 'export const wait = () => setInterval(() => undefined, 1)', GLOBALS],
  ['src/core/*.ts', 'export const chance = Math.random()', PROPERTIES],
  ['src/digests/*.ts', 'export const now = Temporal.Now.instant()', PROPERTIES],
  // How we write.
  ['src/adapters/*.ts', 'export const home = process.env.HOME', 'style/noProcessEnv'],
  ['src/core/*.ts', 'export default 1', 'style/noDefaultExport'],
  ['src/core/*.ts', 'export enum Cadence { Now }', 'style/noEnum'],
  ['src/core/*.ts', 'export namespace Papers { export const a = 1 }', 'style/noNamespace'],
  ['src/core/*.ts', 'export class Paper { constructor(readonly id: string) {} }', 'style/noParameterProperties'],
  ['src/core/aPaper.ts', 'export const a = 1', 'style/useFilenamingConvention'],
  ['src/core/*.ts', "export function fail() { throw 'no' }", 'style/useThrowOnlyError'],
  ['src/core/*.ts', "export { a } from './b.ts'", 'performance/noBarrelFile'],
  ['src/core/*.ts', "export * from './b.ts'", 'performance/noReExportAll'],
  ['src/core/*.ts', 'export const isId = (text: string) => /^a/.test(text)', 'performance/useTopLevelRegex'],
  ['src/adapters/*.ts', "console.log('x')", 'suspicious/noConsole'],
  ['src/core/*.ts', 'export const a = (b: any) => b', 'suspicious/noExplicitAny'],
  ['test/*.test.ts', "import { test } from 'vitest'\ntest.only('a', () => undefined)", 'suspicious/noFocusedTests'],
  ['src/core/ring-a.ts', "import './ring-b.ts'", 'suspicious/noImportCycles'],
  ['src/core/ring-b.ts', "import './ring-a.ts'", 'suspicious/noImportCycles'],
  ['src/core/*.ts', "import { b } from './b.ts'", 'correctness/noUnusedImports'],
  ['src/core/*.ts', 'function unused() {}', 'correctness/noUnusedVariables'],
  ['src/core/*.ts', "import './ring-a'", 'correctness/useImportExtensions'],
  ['src/core/*.ts', 'async function a() {}\na()', 'nursery/noFloatingPromises'],
  ['src/core/*.ts', 'export const a = [1].filter(async () => true)', 'nursery/noMisusedPromises'],
]

/** What it has to let through. */
const ALLOWED: readonly (readonly [path: string, code: string])[] = [
  ['src/core/*.ts', "import './b.ts'"],
  ['src/core/*.ts', "import '#core/query/query.ts'"],
  ['src/core/*.ts', "import 'zod'"],
  ['src/core/*.ts', "import 'wink-porter2-stemmer'"],
  ['src/digests/*.ts', "import '#core/paper.ts'"],
  ['src/digests/*.ts', "import '#digests/tick.ts'"],
  ['src/digests/scheduler.ts', "import 'node-cron'"],
  ['src/adapters/*.ts', "import 'node:fs/promises'"],
  ['src/adapters/log.ts', "import 'pino'"],
  ['src/adapters/stores/*.ts', "import 'better-sqlite3'"],
  ['src/adapters/chat/terminal/*.ts', "import 'string-width'"],
  ['src/adapters/chat/slack/*.ts', "import '@slack/bolt'"],
  ['src/adapters/chat/slack/*.ts', "import '#adapters/chat/lanes.ts'"],
  ['src/adapters/chat/discord/*.ts', "import '#adapters/chat/lanes.ts'"],
  ['src/adapters/chat/slack/*.ts', "import '#adapters/chat/all-said.ts'"],
  ['src/adapters/chat/discord/*.ts', "import '#adapters/chat/clock-check.ts'"],
  ['src/adapters/chat/slack/*.ts', "import '@slack/oauth'"],
  ['src/adapters/chat/discord/*.ts', "import 'discord.js'"],
  ['src/adapters/templates/*.ts', "import 'handlebars'"],
  ['src/adapters/citations/*.ts', "import '@citation-js/core'"],
  ['src/adapters/sources/arxiv/*.ts', "import '#adapters/formats/xml.ts'"],
  ['src/adapters/sources/feed/*.ts', "import 'rss-parser'"],
  ['src/cli/*.ts', "import '#adapters/stores/sqlite.ts'"],
  ['src/config.ts', 'export const home = process.env.HOME'],
]

const folder = mkdtempSync(join(tmpdir(), 'paperboy-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the rules of biome.jsonc', () => {
  let refusals: readonly (readonly string[])[] = []
  let objections: readonly (readonly string[])[] = []
  beforeAll(() => {
    refusals = rulesAgainst('violations', VIOLATIONS)
    objections = rulesAgainst('allowed', ALLOWED)
  })

  test.each(VIOLATIONS.map(([path, code, rule], index) => ({ path, code, rule, index })))(
    'refuse $code in $path',
    ({ rule, index }) => {
      expect(refusals[index]).toContain(rule)
    },
  )

  test.each(ALLOWED.map(([path, code], index) => ({ path, code, index })))('let $code through in $path', ({ index }) => {
    expect(objections[index]).toEqual([])
  })

  test('are all proved here', () => {
    const proved = new Set(VIOLATIONS.map(([, , rule]) => rule))
    expect(rulesInForce().filter((rule) => !proved.has(rule))).toEqual([])
  })

  test('are proved for each folder that has an allow-list of its own', () => {
    const proved = VIOLATIONS.filter(([, , rule]) => rule === IMPORTS).map(([path]) => path)
    expect(foldersWithAllowList().filter((start) => !proved.some((path) => path.startsWith(start)))).toEqual([])
  })
})

describe('src', () => {
  test('keeps the dependency rules', () => {
    const only = [IMPORTS, GLOBALS, PROPERTIES, 'suspicious/noImportCycles']
    expect(lint('.', ['src', ...only.map((rule) => `--only=${rule}`)])).toEqual([])
  })

  test('suppresses none of them', () => {
    expect(
      SOURCES.filter((path) => /biome-ignore.*(Restricted|ImportCycles|ProcessEnv)/.test(readFileSync(path, 'utf8'))),
    ).toEqual([])
  })

  test.each(SOURCES)('%s opens with its job in one sentence', (path) => {
    expect(readFileSync(path, 'utf8')).toMatch(/^\/\/ \S.*([.:]|\n\/\/ .*)/)
  })

  test.each(SOURCES)('%s fits a few screens', (path) => {
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThanOrEqual(250)
  })
})

/** Lints the cases in a folder laid out as the repository; the dependency and purity rules against each, or the one it names. */
function rulesAgainst(name: string, cases: readonly (readonly [path: string, code: string, rule?: string])[]): string[][] {
  const root = join(folder, name)
  const files = cases.map(([path], index) => path.replace('*', `case-${index}`))
  for (const [index, [, code]] of cases.entries()) {
    const file = join(root, files[index]!)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${code}\n`)
  }
  for (const file of ['biome.jsonc', '.gitignore']) copyFileSync(file, join(root, file))
  const refused = lint(root, ['.'])
  return files.map((file, index) =>
    refused.filter(({ path, rule }) => path === file && counts(rule, cases[index]![2])).map(({ rule }) => rule),
  )
}

function counts(rule: string, expected: string | undefined): boolean {
  return rule === expected || [IMPORTS, GLOBALS, PROPERTIES, 'style/noProcessEnv'].includes(rule)
}

function lint(cwd: string, parameters: readonly string[]): { rule: string; path: string }[] {
  const biome = join(process.cwd(), 'node_modules/.bin/biome')
  const { stdout, stderr } = spawnSync(biome, ['lint', '--reporter=json', '--max-diagnostics=none', ...parameters], {
    cwd,
    encoding: 'utf8',
  })
  if (!stdout.startsWith('{')) throw new Error(`Biome gave no report: ${stderr}`)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] }
  return diagnostics.map(({ category, location }) => ({ rule: category.replace('lint/', ''), path: location.path }))
}

function rulesInForce(): string[] {
  const { linter, overrides } = configuration()
  const groups = [linter, ...overrides.map((override) => override.linter)].flatMap((part) => Object.entries(part?.rules ?? {}))
  const inForce = groups.flatMap(([group, rules]) =>
    typeof rules === 'string'
      ? []
      : Object.entries(rules).flatMap(([rule, level]) => (level === 'off' ? [] : [`${group}/${rule}`])),
  )
  return [...new Set(inForce)]
}

/** The start of the paths that an override with imports of its own is for. */
function foldersWithAllowList(): string[] {
  return configuration().overrides.flatMap(({ includes, linter }) => {
    const imports = linter?.rules.style
    const own = typeof imports === 'object' && typeof imports.noRestrictedImports === 'object'
    return own ? includes.slice(-1).map((glob) => glob.replace('**', '')) : []
  })
}

interface Configuration {
  readonly linter: Linter
  readonly overrides: readonly { includes: readonly string[]; linter?: Linter }[]
}

interface Linter {
  readonly rules: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
}

function configuration(): Configuration {
  return JSON.parse(readFileSync('biome.jsonc', 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')) as Configuration
}
