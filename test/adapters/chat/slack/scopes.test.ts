import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SCOPES } from '#adapters/chat/slack/scopes.ts'

const SCOPE_LINE = /^ {6}- (\S+)$/gm
const SCOPE_ROW = /^\| (`.*`) \|/gm

test('manifest.yaml asks for the scopes that the bot asks for, and no others', () => {
  const [, asked = ''] = readFileSync('manifest.yaml', 'utf8').split(/^ {2}scopes:\n {4}bot:\n/m)
  const listed = [...asked.split(/^\S/m)[0]!.matchAll(SCOPE_LINE)].map(([, scope]) => scope)
  expect(listed.sort()).toEqual(SCOPES.map(({ scope }) => scope).sort())
})

test('docs/slack.md explains every scope', () => {
  const table = [...readFileSync('docs/slack.md', 'utf8').matchAll(SCOPE_ROW)].map(([, names]) => names).join(' ')
  expect(SCOPES.filter(({ scope }) => !table.includes(`\`${scope}\``))).toEqual([])
})

test('each scope is asked for once, and has a reason', () => {
  expect(new Set(SCOPES.map(({ scope }) => scope)).size).toBe(SCOPES.length)
  expect(SCOPES.filter(({ why }) => why === '')).toEqual([])
})
