// How a failed call ends: a sentence and its mend on standard error, and the exit code. What is only a warning goes to the log.
import { PaperboyError, UserInputError } from '#core/errors.ts'
import { complain } from './out.ts'

/** Says what went wrong, without a secret; answers 2 for wrong input, 1 for anything else. */
export async function failed(error: unknown): Promise<number> {
  const { hide } = await configured()
  if (error instanceof PaperboyError) {
    complain(hide(error.hint ? `${error.message}\n${error.hint}` : error.message))
    return error instanceof UserInputError ? 2 : 1
  }
  complain('Something went wrong that Paperboy did not foresee; please report what follows.')
  complain(hide(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  return 1
}

/** Logs what Node or a library warns of, without a secret. */
export async function warned(warning: Error): Promise<void> {
  const [{ lazyLog }, { level, hide }] = await Promise.all([import('./lazy-log.ts'), configured()])
  lazyLog(level, hide).warn('node warns', { error: warning })
}

/** Knows what is configured, also where some of that is wrong. */
async function configured(): Promise<{ readonly level: string; readonly hide: (text: string) => string }> {
  const [{ examineEnvironment, processEnvironment }, { hider, secretsIn }] = await Promise.all([
    import('#config'),
    import('./secrets.ts'),
  ])
  try {
    const environment = processEnvironment()
    const { config } = examineEnvironment(environment)
    return { level: config.LOG_LEVEL, hide: hider(secretsIn(environment, config)) }
  } catch {
    // What cannot be read has not been told to anybody.
    return { level: 'warn', hide: hider([]) }
  }
}
