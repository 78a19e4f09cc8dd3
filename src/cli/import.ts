// `paperboy import`: papers from files or from the bundled sample into the store and its index.
import { importSample } from '#adapters/import/import.ts'
import { counted } from '#core/commands/blocks.ts'
import { UserInputError } from '#core/errors.ts'
import { openApp } from './app.ts'
import { importSearchable } from './import-searchable.ts'
import { complain, print, printJson } from './out.ts'
import { createProgress } from './progress.ts'

/** Skips told in words; the rest is counted. `--json` has them all. */
const SHOWN_SKIPS = 20

interface ImportOptions {
  readonly sample?: true
  readonly json?: true
  readonly at?: Temporal.Instant
}

/** Imports, catches the index up, and says what came of it. The exit code is 0; wrong files reject with UserInputError. */
export async function importCall(files: readonly string[], { sample, json, at }: ImportOptions): Promise<number> {
  if (files.length === 0 && !sample) {
    throw new UserInputError('No file to import was named.', { hint: 'Name one or more files, or say --sample.' })
  }
  const progress = createProgress(process.stderr)
  await using app = await openApp(at ? { at } : {})
  const now = app.clock.now()
  const report = sample
    ? await importSample(app.store, now)
    : await importSearchable(files, { ...app, now, progress: progress.show })
  await app.index.catchUp()
  progress.clear()
  if (json) printJson(report)
  else {
    print(`${counted(report.read, 'paper')} read: ${report.added} added, ${report.merged} merged, ${report.unchanged} unchanged.`)
    for (const { where, why } of report.skipped.slice(0, SHOWN_SKIPS)) complain(`Skipped ${where}: ${why}`)
    if (report.skipped.length > SHOWN_SKIPS) complain(`… and ${report.skipped.length - SHOWN_SKIPS} more; --json lists them all.`)
  }
  return 0
}
