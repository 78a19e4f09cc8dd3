// A source for tests: it answers with the records that a test gives it, when the test says so, and counts what it was asked.
import { SourceError } from '#core/errors.ts'
import type { PaperRecord } from '#core/paper.ts'
import type { Catalogue, Question } from '#core/ports/catalogue.ts'

export interface ACatalogue extends Catalogue {
  /** What it was asked, in order. */
  readonly asked: Question[]
  /** What it answers from now on: records, or how it fails. */
  answers(answer: readonly PaperRecord[] | SourceError): void
  /** From now on it answers only once this is called. */
  hold(): () => void
}

/** arXiv, which takes every question but what is alike, unless said otherwise, and knows nothing at first. */
export function aCatalogue({ name = 'arXiv', takes = notAlike } = {}): ACatalogue {
  const asked: Question[] = []
  let answer: readonly PaperRecord[] | SourceError = []
  let held: Promise<void> | undefined
  return {
    name,
    asked,
    takes,
    answers(given) {
      answer = given
    },
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return () => {
        held = undefined
        resolve()
      }
    },
    async ask(question, signal) {
      asked.push(question)
      const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      await Promise.race([held, aborted])
      if (signal.aborted) throw new SourceError('arXiv did not answer in time.')
      if (answer instanceof SourceError) throw answer
      return [...answer]
    },
  }
}

function notAlike(question: Question): Question | undefined {
  return question.kind === 'related' ? undefined : question
}
