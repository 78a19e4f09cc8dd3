// Whether what is set can be read.
import type { Problem } from '#config'
import type { Check } from '#core/ports/platform.ts'

const MEND = 'Mend it in the environment or in the file .env; .env.example lists every variable.'

/** A check a problem. */
export function checkConfiguration(problems: readonly Problem[]): Check[] {
  const about = 'configuration'
  if (problems.length === 0) return [{ about, state: 'fine', found: 'What is set can be read.' }]
  return problems.map(({ text }) => ({ about, state: 'wrong', found: text, mend: MEND }))
}
