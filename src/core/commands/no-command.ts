// What is meant by a line that begins with no command: ids and links are looked up, by themselves or in a sentence; a greeting and
// thanks are answered as such.
import { idsIn } from '#core/mentioned.ts'
import type { Reply } from '#core/reply.ts'
import { list, note, prose, toType } from './blocks.ts'

const GREETING = /^(?:hi|hello|hey|good (?:morning|afternoon|evening))(?: (?:there|paperboy))?$/
const THANKS = /^(?:thanks|thank you|thx)(?: (?:a lot|so much|very much|paperboy))?$/
/** What a greeting may be ended or parted by. */
const MARKS = /[\s,.!:)]+/g
/** A longer line is no greeting. */
const LONGEST = 40
/** What begins a question is no mistyped command, however near to one it is. */
const ASKING = new Set('what who whom how when where which is are was does do did can could should have has'.split(' '))
/** So many words are a sentence. */
const SENTENCE = 3
const TO_TRY = ['search grokking representation', 'author Eric J. Michaud', 'follow topic "sparse autoencoder"']

/** The words of the command that shows the papers which a line's words name; undefined where they name none. */
export function lookupOfWords(words: readonly string[]): string[] | undefined {
  const naming = words.filter((word) => idsIn(word).length > 0)
  if (naming.length === 0 || (naming.length < words.length && words.length < SENTENCE)) return undefined
  return [words.length === 1 && idsIn(words.join()).length === 1 ? 'paper' : 'lookup', ...words]
}

/** Whether a line that begins with this word asks something in words. */
export function asksInWords(word: string): boolean {
  return ASKING.has(word.toLowerCase())
}

/** The answer to a greeting or to thanks; undefined for any other line. */
export function courtesy(line: string): Reply | undefined {
  if (line.length > LONGEST) return undefined
  const said = line.toLowerCase().replaceAll(MARKS, ' ').trim()
  if (THANKS.test(said)) return { visibility: 'private', blocks: [prose('You are welcome.')] }
  if (!GREETING.test(said)) return undefined
  return {
    visibility: 'private',
    blocks: [
      prose('Hello. Paperboy finds papers, and brings new ones by the people and on the topics you follow. For example:'),
      list(TO_TRY.map((line) => [toType(line)])),
      note('All that you can ask: ', toType('help')),
    ],
  }
}
