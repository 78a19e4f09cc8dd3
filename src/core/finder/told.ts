// What became of asking sources, in words.

/** Why a source said nothing: no answer in time, it wants to be left alone, it could not be asked, or too many people ask it. */
export type Silence = 'late' | 'refused' | 'failed' | 'busy'

/** One for each source that may know an answer. */
export interface Told {
  /** As people call it: `arXiv`. */
  readonly source: string
  readonly outcome: 'answered' | Silence
}

/** They go with one source and with several. */
const IN_WORDS: Readonly<Record<Silence, string>> = {
  late: 'could not be asked in time',
  refused: 'may not be asked for a while',
  failed: 'could not be asked',
  busy: 'could not be asked, since too many people do at this moment',
}

/** Which sources said nothing, and why: `arXiv could not be asked in time`; undefined where all answered. */
export function silences(told: readonly Told[]): string | undefined {
  const parts = [...Map.groupBy(told, ({ outcome }) => outcome)].flatMap(([outcome, of]) => {
    if (outcome === 'answered') return []
    return [`${joined(sourcesOf(of))} ${IN_WORDS[outcome]}`]
  })
  return parts.length === 0 ? undefined : joined(parts)
}

/** Which sources answered: `arXiv was asked, too`; undefined where none did. */
export function alsoAsked(told: readonly Told[]): string | undefined {
  const answered = sourcesOf(told.filter(({ outcome }) => outcome === 'answered'))
  if (answered.length === 0) return undefined
  return `${joined(answered)} ${answered.length === 1 ? 'was' : 'were'} asked, too`
}

/** `arXiv has`, `Crossref and OpenAlex have`; undefined where not all that may know have answered. */
export function allHave(told: readonly Told[]): string | undefined {
  if (told.length === 0 || told.some(({ outcome }) => outcome !== 'answered')) return undefined
  return `${joined(sourcesOf(told))} ${told.length === 1 ? 'has' : 'have'}`
}

function sourcesOf(told: readonly Told[]): string[] {
  return told.map(({ source }) => source)
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
