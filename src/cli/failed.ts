// How a failed call ends: a sentence and its mend on standard error, and the exit code.
import { PaperboyError, UserInputError } from '#core/errors.ts'
import { complain } from './out.ts'

/** Says what went wrong; answers 2 for wrong input, 1 for anything else. */
export function failed(error: unknown): number {
  if (error instanceof PaperboyError) {
    complain(error.hint ? `${error.message}\n${error.hint}` : error.message)
    return error instanceof UserInputError ? 2 : 1
  }
  complain('Something went wrong that Paperboy did not foresee; please report what follows.')
  complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
