// `.env.example` says what the configuration knows; `npm test -- -u` writes it anew from src/config.ts.
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { readConfig, variables } from '#config'

const HEAD = `# Every variable Paperboy reads, with its default. Copy this file to .env and uncomment what you change.
# The value of NAME may also come from a file that NAME_FILE names; what is set in the environment goes before what is written here.
`

const shown = variables.map(({ name, default: value, about }) => `\n# ${about}.\n# ${name}=${value}\n`)

test('names every variable with its default and what it means', async () => {
  await expect([HEAD, ...shown].join('')).toMatchFileSnapshot('../.env.example')
})

test('changes nothing when every line of it is uncommented', () => {
  const uncommented = readFileSync('.env.example', 'utf8').replaceAll(/^# (?=[A-Z][A-Z_]*=)/gm, '')
  const environment = parseEnv(uncommented)
  expect(Object.keys(environment).sort()).toEqual(variables.map(({ name }) => name).sort())
  expect(readConfig(environment)).toEqual(readConfig({}))
})
