// What failed, as a check: in its own words where it was foreseen.
import { PaperboyError } from '#core/errors.ts'
import type { Check } from '#core/ports/platform.ts'

export function failedCheck(about: string, error: unknown, state: 'warning' | 'wrong' = 'wrong'): Check {
  if (error instanceof PaperboyError) {
    return { about, state, found: error.message, ...(error.hint !== undefined && { mend: error.hint }) }
  }
  const said = error instanceof Error ? error.message : String(error)
  return {
    about,
    state,
    found: `This could not be looked at: ${said}`,
    mend: 'Paperboy did not foresee this; please report it.',
  }
}
