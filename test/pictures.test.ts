// The README's pictures of Paperboy in Slack and Discord are what it sends: `npx node docs/slack.ts` and `docs/discord.ts` draw them anew.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test.each(['slack', 'discord'])(
  'docs/%s.svg is drawn from what is sent',
  (app) => {
    const file = join(mkdtempSync(join(tmpdir(), 'paperboy-picture-')), `${app}.svg`)
    const { status, stderr } = spawnSync(process.execPath, [`docs/${app}.ts`, file], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(readFileSync(`docs/${app}.svg`, 'utf8')).toBe(readFileSync(file, 'utf8'))
  },
  60_000,
)
