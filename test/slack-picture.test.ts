// The README's picture of Paperboy in Slack is what it sends: `npx node docs/slack.ts` draws it anew.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('docs/slack.svg is drawn from what Slack is sent', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'paperboy-picture-')), 'slack.svg')
  const { status, stderr } = spawnSync(process.execPath, ['docs/slack.ts', file], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readFileSync('docs/slack.svg', 'utf8')).toBe(readFileSync(file, 'utf8'))
}, 60_000)
