// The README's conversation is what Paperboy answers: line by line, in order; `…` stands for what is left out.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { install } from '#test/paperboy.ts'

/** The day the README was written for: scores and years on cards depend on it. */
const EVE = '2026-11-23T09:00:00Z'
const DAY = '2026-11-24T09:00:00Z'
const readme = readFileSync('README.md', 'utf8')
const typed = readme.match(/printf '(.*)' \| npm start/)?.[1]?.replaceAll('\\n', '\n') ?? ''
const shown = readme.match(/```text\n(.*?)```/s)?.[1]?.split('\n') ?? []

test('the README shows what Paperboy answers to what the README types', async () => {
  expect(typed.split('\n').filter((line) => line.startsWith('/papers '))).toHaveLength(4)
  const paperboy = install()
  await paperboy.run(['import', '--sample', '--at', EVE])
  const { code, stdout, stderr } = await paperboy.run(['chat', '--at', DAY], typed)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const answered = stdout.split('\n').map((line) => line.trimEnd())
  const missing: string[] = []
  let from = 0
  for (const line of shown.filter((line) => line !== '' && line !== '…')) {
    const at = answered.findIndex(
      (said, index) => index >= from && (said === line || (line.endsWith(' …') && said.startsWith(line.slice(0, -2)))),
    )
    if (at < 0) missing.push(line)
    else from = at + 1
  }
  expect(missing).toEqual([])
  expect(shown.length).toBeGreaterThan(10)
})
