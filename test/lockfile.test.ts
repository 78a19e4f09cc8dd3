// package-lock.json installs anywhere: from any registry, with any npm that a supported Node brings, without a compiler.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly gypfile?: boolean
  readonly hasInstallScript?: boolean
}

const packages: Readonly<Record<string, Locked>> = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages
const { dependencies, devDependencies, allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))

test('names no registry', () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved)).toEqual([])
})

test('pins what it installs by its content', () => {
  expect(Object.keys(packages).filter((path) => path !== '' && !packages[path]?.integrity)).toEqual([])
})

test('agrees with the exact versions of package.json', () => {
  const wanted = Object.entries<string>({ ...dependencies, ...devDependencies })
  expect(wanted.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([])
})

// npm 10 knows no allowScripts: it compiles whatever has a binding.gyp, unless the lockfile says otherwise.
test('keeps "gypfile": false for better-sqlite3, which npm install drops: write it back by hand', () => {
  expect(packages['node_modules/better-sqlite3']?.gypfile).toBe(false)
})

test('runs no script of a package at its installation that package.json does not allow by its name', () => {
  const scripted = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript)
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name])
  expect(scripted.map((path) => path.replace('node_modules/', '')).sort()).toEqual(allowed.sort())
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^strict-allow-scripts=true$/m)
})
