// Asks sources for people who wait, so that nobody can make the bot ask much.
// The order, for each source that may know: it has answered that lately; it is left alone; too many wait for it; the same is asked
// already, and the answer shared; it is asked, and what it says is kept.
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Catalogue, Question } from '#core/ports/catalogue.ts'
import type { Log } from '#core/ports/log.ts'
import { type Asked, keysOf } from './asked.ts'
import type { Told } from './told.ts'

/** At a source's pace more questions would not be answered while a person waits. */
const QUESTIONS = 3
/** People who wait for one source, sharing answers or not: all others of a channel are to be answered meanwhile. */
const PEOPLE = 8
/** Seconds for which a source is left alone that could not be asked. */
const ALONE = 60

export interface AskingOptions {
  /** Made once the first question comes. */
  readonly catalogues: () => Promise<readonly Catalogue[]>
  readonly asked: Asked
  readonly keep: (records: readonly PaperRecord[]) => Promise<void>
  /** Aborts when people have waited long enough. */
  readonly deadline: () => AbortSignal
  readonly log: Log
}

/** Resolves, once what they said is kept, with what became of asking each source that may know; rejects with StoreError alone. */
export type Ask = (question: Question) => Promise<Told[]>

export function createAsking({ catalogues, asked, keep, deadline, log }: AskingOptions): Ask {
  const lines = new Map<string, { readonly underWay: Map<string, Promise<Told['outcome']>>; people: number }>()

  async function outcomeOf(catalogue: Catalogue, taken: Question): Promise<Told['outcome']> {
    const { name } = catalogue
    const question = await asked.left(name, taken)
    if (question === undefined) return 'answered'
    const silence = await asked.silence(name)
    if (silence !== undefined) return silence
    const line = lines.get(name) ?? { underWay: new Map(), people: 0 }
    lines.set(name, line)
    const key = keysOf(name, question).join(' ')
    const same = line.underWay.get(key)
    if (line.people >= PEOPLE || (!same && line.underWay.size >= QUESTIONS)) return 'busy'
    const outcome = same ?? answerOf(catalogue, question).finally(() => line.underWay.delete(key))
    line.underWay.set(key, outcome)
    line.people++
    return outcome.finally(() => line.people--)
  }

  async function answerOf(catalogue: Catalogue, question: Question): Promise<Told['outcome']> {
    const signal = deadline()
    const { name } = catalogue
    try {
      const records = await catalogue.ask(question, signal)
      await keep(records)
      await asked.answered(name, question)
      return 'answered'
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      log.debug('source could not be asked', { source: name, error })
      const silence = signal.aborted ? 'late' : error.retryAfter !== undefined ? 'refused' : 'failed'
      // An error that is about the question says nothing of others.
      if (!isOfQuestion(error)) await asked.leaveAlone(name, silence, error.retryAfter ?? ALONE)
      return silence
    }
  }

  return async (question) => {
    const told = (await catalogues()).map(async (catalogue): Promise<Told[]> => {
      const taken = catalogue.takes(question)
      return taken ? [{ source: catalogue.name, outcome: await outcomeOf(catalogue, taken) }] : []
    })
    return (await Promise.all(told)).flat()
  }
}

function isOfQuestion({ status = 0, retryAfter }: SourceError): boolean {
  return retryAfter === undefined && status >= 400 && status < 500
}
