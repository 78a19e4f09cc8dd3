// `paperboy doctor`: looks at everything that Paperboy needs, says what is not in order and how to mend it, and changes nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#adapters/clock.ts'
import { inspectDatabaseFile } from '#adapters/stores/sqlite/inspect.ts'
import { openSqliteStore } from '#adapters/stores/sqlite.ts'
import { examineEnvironment, processEnvironment } from '#config'
import type { Check } from '#core/ports/platform.ts'
import type { Store } from '#core/ports/store.ts'
import { checkConfiguration } from './checks/configuration.ts'
import { failedCheck } from './checks/failed-check.ts'
import { inWords, withoutSecrets } from './doctor-words.ts'
import { print, printJson } from './out.ts'
import { secretsIn } from './secrets.ts'
import { isFile, pathOf } from './store.ts'

/** What one look may take. */
const WITHIN_MS = 10_000

interface Look {
  readonly about: string
  look(): Promise<readonly Check[]> | readonly Check[]
}

/** Prints a line a check, or the one object of `--json`. The exit code is 1 where something is wrong, 0 otherwise. */
export async function doctorCall({ json }: { readonly json?: true }): Promise<number> {
  const environment = processEnvironment()
  const { config, problems } = examineEnvironment(environment)
  const url = config.DATABASE_URL
  const store = await openedStore(url)
  const now = () => systemClock.now()
  const installations = store?.installations ?? { get: async () => undefined, all: async () => [] }
  const looks: readonly Look[] = [
    { about: 'configuration', look: () => checkConfiguration(problems) },
    { about: 'store', look: async () => (await import('./checks/store.ts')).checkStore(url, store) },
    { about: 'templates', look: async () => (await import('./checks/templates.ts')).checkTemplates(config.TEMPLATES_DIR, now()) },
    { about: 'sources', look: async () => (await import('./checks/sources.ts')).checkSources(config, store, now()) },
    {
      about: 'enrichment',
      look: async () => (await import('./checks/enrichment.ts')).checkEnrichment(config, store, now()),
    },
    {
      about: 'chat',
      look: async () => (await import('./checks/platforms.ts')).checkPlatforms(config, problems, { installations, now }),
    },
  ]
  // What is set wrong counts as not set: another store would be looked at.
  const due = problems.some(({ name }) => name === 'DATABASE_URL') ? looks.filter(({ about }) => about !== 'store') : looks
  const found = (await Promise.all(due.map(within))).flat()
  const checks = withoutSecrets(found, secretsIn(environment, config))
  await store?.close()
  const ok = checks.every(({ state }) => state !== 'wrong')
  if (json) printJson({ checks, ok })
  else print(inWords(checks, process.stdout))
  return ok ? 0 : 1
}

/** The store, where there is one that can be opened without bringing it up to a newer version. */
async function openedStore(url: string): Promise<Store | undefined> {
  try {
    if (isFile(url)) {
      const { version, latest } = inspectDatabaseFile(pathOf(url))
      return version === latest ? await openSqliteStore(pathOf(url)) : undefined
    }
    const { inspectDatabase } = await import('#adapters/stores/postgres/inspect.ts')
    const { version, latest } = await inspectDatabase(url)
    return version === latest ? await (await import('#adapters/stores/postgres.ts')).openPostgresStore(url) : undefined
  } catch {
    // The look at the store says why.
    return undefined
  }
}

/** What it finds; where it fails, or takes too long, that is what is found. */
async function within({ about, look }: Look): Promise<readonly Check[]> {
  const late: Check = {
    about,
    state: 'wrong',
    found: `This could not be looked at within ${WITHIN_MS / 1000} seconds.`,
    mend: 'Try again; if it goes on, something on the way there is busy or blocked.',
  }
  const over = new AbortController()
  try {
    return await Promise.race([look(), sleep(WITHIN_MS, [late], { signal: over.signal })])
  } catch (error) {
    return [failedCheck(about, error)]
  } finally {
    over.abort()
  }
}
