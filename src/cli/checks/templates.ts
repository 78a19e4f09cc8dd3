// Whether each template of the operator's own can be used: all are rendered with the bundled papers.
import { readdir } from 'node:fs/promises'
import { terminalDestination } from '#adapters/chat/terminal/platform.ts'
import { importSample } from '#adapters/import/import.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { createTemplates } from '#adapters/templates.ts'
import { counted } from '#core/commands/blocks.ts'
import { ConfigError } from '#core/errors.ts'
import type { Check } from '#core/ports/platform.ts'
import type { DigestModel } from '#core/ports/templates.ts'
import { createDigests } from '#digests/digests.ts'
import { failedCheck } from './failed-check.ts'

const ENDING = '.md.hbs'
const ALERT = 'alert'

/** `folder` is TEMPLATES_DIR. */
export async function checkTemplates(folder: string | undefined, now: Temporal.Instant): Promise<Check[]> {
  const about = 'templates'
  if (folder === undefined) return [{ about, state: 'fine', found: 'Those that come with Paperboy are used.' }]
  const files = await filesIn(folder)
  const templates = createTemplates({ folders: [folder] })
  const model = await anExample(now)
  const names = new Set([...(await templates.names()), ALERT])
  const own = files.map((file) => file.slice(0, -ENDING.length)).filter((name) => names.has(name))
  const wrong: Check[] = files.filter((file) => !names.has(file.slice(0, -ENDING.length))).map(misnamed)
  for (const name of own) {
    try {
      await (name === ALERT ? templates.alert({ papers: model.papers }) : templates.digest(name, model))
    } catch (error) {
      wrong.push(failedCheck(about, error))
    }
  }
  const right = files.length - wrong.length
  const found = `${counted(right, 'template')} of ${folder} can be used.`
  return right > 0 || wrong.length === 0 ? [{ about, state: 'fine', found }, ...wrong] : wrong
}

function misnamed(file: string): Check {
  const mend = 'Name it with small letters, digits and hyphens, for instance short.md.hbs.'
  return { about: 'templates', state: 'wrong', found: `${file} is not named as a template is, so nobody can use it.`, mend }
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((file) => file.endsWith(ENDING)).sort()
  } catch (cause) {
    throw new ConfigError(`The folder ${folder} of templates cannot be read.`, {
      hint: 'Set TEMPLATES_DIR to a folder that Paperboy may read, or take it out.',
      cause,
    })
  }
}

async function anExample(now: Temporal.Instant): Promise<DigestModel> {
  const store = await openSqliteStore(':memory:')
  try {
    await importSample(store, now)
    return await createDigests({ store }).preview(terminalDestination, now)
  } finally {
    await store.close()
  }
}
