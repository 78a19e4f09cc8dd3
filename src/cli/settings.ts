// `paperboy settings export` and `apply`: who follows what, digests and channels' settings, to a file and from one.
import { readFile, writeFile } from 'node:fs/promises'
import { counted } from '#core/commands/blocks.ts'
import { UserInputError } from '#core/errors.ts'
import { placeName, planSettings, type Step } from '#core/moving/apply-settings.ts'
import { exportSettings } from '#core/moving/export-settings.ts'
import { placeMap, readPlace } from '#core/moving/place-map.ts'
import { readSettings, type SettingsFile } from '#core/moving/settings-file.ts'
import type { Templates } from '#core/ports/templates.ts'
import { openApp } from './app.ts'
import { print } from './out.ts'

/** Writes a new file; one that is there already is refused. `workspace`: of this one alone, as `slack:T1`. */
export async function exportSettingsCall(file: string, { workspace }: { readonly workspace?: string }): Promise<number> {
  const of = workspace === undefined ? undefined : readPlace(workspace)
  if (of?.channel !== undefined) throw new UserInputError('A workspace is named without a channel, for instance slack:T1.')
  await using app = await openApp({ once: true })
  const settings = await app.store.transaction((parts) => exportSettings(parts, app.clock.now(), of))
  try {
    await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`, { flag: 'wx' })
  } catch (cause) {
    throw new UserInputError(`${file} cannot be written, or is there already.`, { hint: 'Name a new file.', cause })
  }
  print(`${counted(settings.places.length, 'place')} written to ${file}.`)
  return 0
}

interface ApplyOptions {
  readonly dryRun?: true
  /** `slack:T1/C1=discord:G1/C9` each. */
  readonly map?: readonly string[]
}

/** Says what changes, and does it in one transaction unless it is a dry run. */
export async function applySettingsCall(file: string, { dryRun, map = [] }: ApplyOptions): Promise<number> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new UserInputError(`${file} cannot be read.`, { cause })
  })
  const settings = readSettings(text)
  // What is said in the call goes before what the file says.
  const lead = placeMap([...Object.entries(settings.map ?? {}), ...map.map(lineOf)])
  await using app = await openApp({ once: true })
  await requireTemplates(settings, app.templates)
  const steps = await app.store.transaction(async (parts) => {
    const planned = await planSettings(settings, lead, parts, app.clock.now())
    if (!dryRun) for (const { change } of planned) await change?.(parts)
    return planned
  })
  for (const [place, here] of Map.groupBy(steps, ({ place }) => placeName(place))) {
    print(place)
    for (const { sign, what } of here) print(`  ${sign} ${what}`)
  }
  print(summary(steps, dryRun === true))
  return 0
}

/** A digest from a template that is not here would fail when it is due. */
async function requireTemplates({ places }: SettingsFile, templates: Templates): Promise<void> {
  const names = await templates.names()
  const missing = places.flatMap(({ digest }) => digest?.template ?? []).find((name) => !names.includes(name))
  if (missing === undefined) return
  throw new UserInputError(`There is no template “${missing}” here.`, {
    hint: `Put it into the folder of TEMPLATES_DIR, or name another one in the file. There is: ${names.join(', ')}.`,
  })
}

function lineOf(text: string): readonly [string, string] {
  const [from, to, ...more] = text.split('=')
  if (from && to && more.length === 0) return [from, to]
  throw new UserInputError(`“${text}” does not say what leads where.`, { hint: 'For instance --map slack:T1/C1=discord:G1/C9' })
}

function summary(steps: readonly Step[], dryRun: boolean): string {
  const changes = steps.filter(({ change }) => change !== undefined).length
  if (changes === 0) return 'Nothing changes.'
  return dryRun ? `${counted(changes, 'change')}; nothing is done in a dry run.` : `${counted(changes, 'change')} done.`
}
