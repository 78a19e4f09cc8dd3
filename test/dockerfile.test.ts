// The image cannot be built in a test, so what would go wrong in it is looked for here: hadolint's rules, and the commands it runs.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'

/** The package of an import that is not a type's, not the runtime's and not our own. */
const RUN_TIME_IMPORT = /^(?:import (?!type)[^']*|.*\bimport\()'(?!node:)((?:@[^/']+\/)?[\w-][^/']*)/gm

interface Instruction {
  readonly name: string
  readonly rest: string
}

const file = instructions(readFileSync('Dockerfile', 'utf8'))
const lastStage = file.slice(file.findLastIndex(({ name }) => name === 'FROM'))
const copies = file.filter(({ name }) => name === 'COPY').map(({ rest }) => rest)

/** Hadolint's rules that can apply here, by number: each says whether the file keeps it. */
const RULES: readonly (readonly [rule: string, kept: () => boolean])[] = [
  ['DL3000: WORKDIR is absolute', () => all('WORKDIR').every((path) => path.startsWith('/'))],
  ['DL3002: the last user is not root', () => !['root', '0', undefined].includes(lastOf('USER'))],
  ['DL3003: RUN changes no folder', () => all('RUN').every((command) => !/\bcd\b/.test(command))],
  ['DL3004: no sudo', () => all('RUN').every((command) => !command.includes('sudo'))],
  [
    'DL3006, DL3007: each base has a tag, and it is not latest',
    () => all('FROM').every((base) => /^\S+:(?!latest)\S+/.test(base)),
  ],
  ['DL3008, DL3009: no apt', () => all('RUN').every((command) => !/\bapt(-get)?\b/.test(command))],
  [
    'DL3011: ports are ports',
    () => all('EXPOSE').every((ports) => ports.split(' ').every((port) => Number(port) > 0 && Number(port) <= 65_535)),
  ],
  ['DL3012, DL3057: one health check', () => all('HEALTHCHECK').length === 1],
  ['DL3016: npm installs what the lockfile pins', () => all('RUN').every((command) => !/npm i(nstall)?\b/.test(command))],
  ['DL3020: COPY, not ADD', () => all('ADD').length === 0],
  ['DL3021: several sources go into a folder', () => copies.every((copy) => sourcesOf(copy).length === 1 || copy.endsWith('/'))],
  ['DL3022, DL3024: COPY takes from a stage that has that name, once', stagesAreNamed],
  [
    'DL3025, DL3045: CMD is a list of words, and COPY has a WORKDIR',
    () => words(lastOf('CMD')).length > 0 && workdirComesFirst(),
  ],
  ['DL3029: no platform is fixed', () => all('FROM').every((base) => !base.includes('--platform'))],
  ['DL3044: ENV does not use what it sets', () => all('ENV').every((environment) => !environment.includes('$'))],
  ['DL3059: no two RUN in a row', () => file.every(({ name }, index) => name !== 'RUN' || file[index + 1]?.name !== 'RUN')],
  ['DL4000: no MAINTAINER', () => all('MAINTAINER').length === 0],
  ['DL4003, DL4004: one CMD, at most one ENTRYPOINT', () => all('CMD').length === 1 && all('ENTRYPOINT').length === 0],
  ['DL4006: no pipe without pipefail', () => all('RUN').every((command) => !command.includes('|'))],
]

describe('the Dockerfile', () => {
  test.each(RULES)('keeps %s', (_rule, kept) => {
    expect(kept()).toBe(true)
  })

  test('installs without the development tools and without scripts', () => {
    expect(all('RUN')[0]).toBe('npm ci --omit=dev --ignore-scripts')
  })

  test('copies only what is there and what .dockerignore lets in', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1))
    const sources = copies.filter((copy) => !copy.startsWith('--from')).flatMap(sourcesOf)
    expect(sources.filter((path) => !existsSync(path))).toEqual([])
    expect([...new Set(sources)].sort()).toEqual(allowed.sort())
  })
})

describe('its installation', () => {
  const production = productionPackages()
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const tools = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/')) // Some libraries bring types.

  test('leaves every development tool out', () => {
    expect(tools.filter((name) => production.includes(`node_modules/${name}`))).toEqual([])
  })

  test('has all that src imports', () => {
    const imports = globSync('{src,bin}/**/*.{ts,js}').flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(RUN_TIME_IMPORT),
    ])
    const packages = new Set(imports.map(([, name]) => name))
    expect([...packages].filter((name) => !production.includes(`node_modules/${name}`))).toEqual([])
    expect(packages).toContain('zod')
  })

  test('brings SQLite prebuilt', () => {
    expect(production).toContain('node_modules/better-sqlite3')
    expect(existsSync('node_modules/better-sqlite3/prebuilds/linux-x64.node')).toBe(true)
  })
})

describe('its health check', () => {
  test.each([
    [200, 0],
    [503, 1],
  ])('a bot that answers %i is answered by exit code %i', async (status, code) => {
    await using server = createServer((request, response) => response.writeHead(request.url === '/healthz' ? status : 404).end())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    expect(await healthCheck((server.address() as AddressInfo).port)).toBe(code)
  })

  test('fails where nothing listens', async () => {
    expect(await healthCheck(await freePort())).toBe(1)
  })
})

describe('its command', () => {
  test('serves with what the image holds, is found healthy, and ends on SIGTERM', async () => {
    const image = layOut()
    await using slack = createServer((_request, response) => response.end('{"ok":true,"team_id":"T1","user_id":"U1"}'))
    slack.listen(0, '127.0.0.1')
    await once(slack, 'listening')
    const port = await freePort()
    const [command = '', ...parameters] = words(lastOf('CMD'))
    const child = spawn(command, parameters, {
      cwd: image,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        ...environmentOfImage(),
        HOST: '127.0.0.1',
        PORT: String(port),
        SLACK_PORT: String(await freePort()),
        DATABASE_URL: 'file:paperboy.db',
        SLACK_BOT_TOKEN: 'xoxb-1',
        SLACK_SIGNING_SECRET: 'signing',
        SLACK_API_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`,
      },
    })
    try {
      const logged = await lineWith(child.stderr, '"msg":"ready"')
      expect(logged).toContain('"msg":"ready"')
      expect(await healthCheck(port)).toBe(0)
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
      rmSync(image, { recursive: true })
    }
  })
})

/** A folder as the image has it: the copied files and, of the packages, those that are not for development. */
function layOut(): string {
  const image = mkdtempSync(join(tmpdir(), 'paperboy-image-'))
  for (const path of copies.filter((copy) => !copy.startsWith('--from')).flatMap(sourcesOf)) {
    if (existsSync(path)) cpSync(path, join(image, path), { recursive: true })
  }
  for (const path of productionPackages()) {
    if (path.lastIndexOf('node_modules/') > 0) continue // Comes with the package it is in.
    mkdirSync(dirname(join(image, path)), { recursive: true })
    if (existsSync(path)) symlinkSync(resolve(path), join(image, path))
  }
  return image
}

function environmentOfImage(): Record<string, string> {
  const pairs = lastOf('ENV')
    .split(/\s+/)
    .map((pair) => pair.split('='))
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]))
}

/** The first line with this text, or everything where the stream ends without. */
async function lineWith(stream: Readable, text: string): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface(stream)) {
    if (line.includes(text)) return line
    lines.push(line)
  }
  return lines.join('\n')
}

async function healthCheck(port: number): Promise<number> {
  const [command = '', ...parameters] = words(lastOf('HEALTHCHECK').replace(/^.*?CMD /s, ''))
  const child = spawn(command, parameters, { env: { PATH: process.env.PATH, PORT: String(port) }, stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  return code
}

async function freePort(): Promise<number> {
  await using server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function productionPackages(): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> }
  return Object.keys(packages).filter((path) => path !== '' && !packages[path]?.dev)
}

/** The instructions, comments and line ends taken out. */
function instructions(text: string): Instruction[] {
  const lines = text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1) }))
}

/** What is built with no argument given: each stands for its default. */
function all(name: string): string[] {
  const defaults = new Map(file.filter((one) => one.name === 'ARG').map(({ rest }) => rest.split('=') as [string, string]))
  return file
    .filter((instruction) => instruction.name === name)
    .map(({ rest }) => rest.replaceAll(/\$\{(\w+)\}/g, (all, argument) => defaults.get(argument) ?? all))
}

function lastOf(name: string): string {
  return lastStage.findLast((instruction) => instruction.name === name)?.rest ?? ''
}

function words(json: string): string[] {
  return JSON.parse(json)
}

function sourcesOf(copy: string): string[] {
  return copy
    .split(' ')
    .filter((word) => !word.startsWith('--'))
    .slice(0, -1)
}

function stagesAreNamed(): boolean {
  const names = all('FROM').flatMap((base) => base.match(/ AS (\S+)$/)?.[1] ?? [])
  const used = copies.flatMap((copy) => copy.match(/--from=(\S+)/)?.[1] ?? [])
  return new Set(names).size === names.length && used.every((name) => names.includes(name))
}

function workdirComesFirst(): boolean {
  return file.findIndex(({ name }) => name === 'WORKDIR') < file.findIndex(({ name }) => name === 'COPY')
}
