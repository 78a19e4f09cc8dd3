// Which words of a paper a query matched, as they stand in its texts: what a reader is shown as the reason.
import type { Paper } from '#core/paper.ts'
import { analyse } from '#core/text/analyse.ts'
import { texToText } from '#core/text/tex.ts'
import type { Query, TextField } from './query.ts'
import { wantedTexts } from './wanted-texts.ts'

const SHOWN = 12
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+(?:['’]s(?![\p{L}\p{N}]))?/gu

/** A text, its terms, and where in the text each term's word begins and ends. */
interface LocatedText {
  readonly field: Exclude<TextField, 'any'>
  readonly text: string
  readonly terms: readonly string[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

interface Place {
  readonly text: LocatedText
  readonly at: number
}

/** A paper's texts, title first, with every place of every term, so that a phrase is found without reading them. */
export interface LocatedPaper {
  /** Text and place in it, in the order of the texts. */
  readonly places: ReadonlyMap<string, readonly Place[]>
}

/** `Sparse Autoencoders` for the query `sparse autoencoder`; title first, each once, no more than twelve. */
export function matchedWords(query: Query, paper: Paper): readonly string[] {
  const located = locatePaper(paper)
  return shownWords(wantedTexts(query.expression).map(({ field, terms }) => wordIn(field, terms, located)))
}

/** Of the words found, each once, no more than twelve. */
export function shownWords(found: readonly (string | undefined)[]): readonly string[] {
  return found.length <= SHOWN && found.every(isNew) ? (found as string[]) : found.filter(isNew).slice(0, SHOWN)
}

function isNew(word: string | undefined, at: number, found: readonly (string | undefined)[]): word is string {
  return word !== undefined && found.indexOf(word) === at
}

/** The first place where the phrase stands in one of the field's texts, as it stands there; undefined where there is none. */
export function wordIn(field: TextField, phrase: readonly string[], { places }: LocatedPaper): string | undefined {
  const found = places.get(phrase[0] ?? '')
  for (let place = 0; found !== undefined && place < found.length; place++) {
    const { text, at } = found[place] as Place
    if ((field !== 'any' && field !== text.field) || !standsAt(text.terms, at, phrase)) continue
    return text.text.slice(text.starts[at], text.ends[at + phrase.length - 1])
  }
  return undefined
}

function standsAt(terms: readonly string[], at: number, phrase: readonly string[]): boolean {
  for (let offset = 1; offset < phrase.length; offset++) if (terms[at + offset] !== phrase[offset]) return false
  return true
}

/** Title, authors one by one, abstract. */
export function locatePaper(paper: Paper): LocatedPaper {
  const texts = [
    located('title', paper.title),
    ...paper.authors.map(({ name }) => located('author', name)),
    located('abstract', paper.abstract ?? ''),
  ]
  const places = new Map<string, Place[]>()
  for (const text of texts) {
    for (const [at, term] of text.terms.entries()) {
      const known = places.get(term)
      if (known === undefined) places.set(term, [{ text, at }])
      else known.push({ text, at })
    }
  }
  return { places }
}

function located(field: LocatedText['field'], tex: string): LocatedText {
  const text = texToText(tex)
  const terms: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const { 0: word, index } of text.matchAll(WORD)) {
    for (const term of analyse(word)) {
      terms.push(term)
      starts.push(index)
      ends.push(index + word.length)
    }
  }
  return { field, text, terms, starts, ends }
}
