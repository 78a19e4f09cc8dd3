// Templates of a test's own, in a folder of their own, and a digest to fill them with.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DigestModel } from '#core/ports/templates.ts'
import type { Block } from '#core/reply.ts'
import { aPaper } from '#test/builders.ts'

/** A week of one paper, number 1, in Berlin. */
export function aModel(parts: Partial<DigestModel> = {}): DigestModel {
  return {
    frequency: 'weekly',
    from: '2026-11-15T08:00:00Z',
    to: '2026-11-22T08:00:00Z',
    zone: 'Europe/Berlin',
    papers: [{ paper: aPaper(), why: [{ text: 'in cs.LG' }] }],
    alerted: [],
    example: false,
    receipt: [],
    following: ['category cs.LG'],
    ...parts,
  }
}

/** Writes each template under its name, `partials/…` included; answers the folder. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-templates-'))
  mkdirSync(join(folder, 'partials'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.md.hbs`), text)
  return folder
}

/** What the blocks say besides cards, a line each. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.flatMap((block) => ('spans' in block ? [block.spans.map(({ text }) => text).join('')] : [])).join('\n')
}
