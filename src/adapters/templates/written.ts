// What a template writes: Markdown with one mark for each value, and cards between. Values are kept apart and never become
// Markdown, so that what a title says is never read as a link, a style or a card. Whatever goes on too long is ended here.
import type { Span } from '#core/reply.ts'
import { grouped } from '#core/text/grouped.ts'
import { type Form, type Place, wrong } from './parts.ts'

/** Stands for a value; the first of the characters that Unicode leaves to private use, a letter as far as Markdown sees. */
export const MARK = '\ue000'
const PRIVATE = /([\ue000-\uf8ff]+)/

/** What a template may do at least, and what more for each row of the lists it is filled with. */
const LIMITS = {
  steps: { least: 1000, each: 40 },
  cards: { least: 20, each: 2 },
  blocks: { least: 200, each: 10 },
  characters: { least: 20_000, each: 1000 },
} as const

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>

export function limitsFor(rows: number): Limits {
  const most = ({ least, each }: { least: number; each: number }) => least + each * rows
  const { steps, cards, blocks, characters } = LIMITS
  return { steps: most(steps), cards: most(cards), blocks: most(blocks), characters: most(characters) }
}

/** Markdown that no card stands in. */
export interface Text {
  readonly kind: 'text'
  text: string
  /** One for each mark in the text, in order. */
  readonly values: (readonly Span[])[]
  /** Which part wrote what begins where, in order. */
  readonly places: { readonly at: number; readonly place: Place }[]
}

/** `number` says which of the papers that the values were made of. */
export interface Card {
  readonly kind: 'card'
  readonly number: number
  readonly form: Form
}

export interface Written {
  readonly pieces: readonly (Text | Card)[]
  text(text: string, place: Place): void
  /** Nothing, where the spans say nothing. */
  value(spans: readonly Span[], place: Place): void
  card(number: number, form: Form, place: Place): void
  /** Counts one step of work. Throws ConfigError beyond the limit, as the others do. */
  step(place: Place): void
}

export function createWritten(limits: Limits): Written {
  const pieces: (Text | Card)[] = []
  let current: Text | undefined
  let steps = 0
  let cards = 0
  let length = 0

  function open(place: Place, more: number): Text {
    length += more
    if (length > limits.characters) throw tooMuch(place, `says more than ${grouped(limits.characters)} characters`)
    if (!current) {
      current = { kind: 'text', text: '', values: [], places: [] }
      pieces.push(current)
    }
    if (current.places.at(-1)?.place !== place) current.places.push({ at: current.text.length, place })
    return current
  }

  function value(spans: readonly Span[], place: Place): void {
    const said = spans.filter(({ text }) => text !== '')
    if (said.length === 0) return
    const into = open(
      place,
      said.reduce((sum, { text }) => sum + text.length, 0),
    )
    into.text += MARK
    into.values.push(said)
  }

  return {
    pieces,
    text(text, place) {
      // A template's own characters of that kind are text like any other.
      for (const [at, piece] of text.split(PRIVATE).entries()) {
        if (at % 2 === 1) value([{ text: piece }], place)
        else if (piece !== '') open(place, piece.length).text += piece
      }
    },
    value,
    card(number, form, place) {
      if (++cards > limits.cards) throw tooMuch(place, `makes more than ${grouped(limits.cards)} cards`)
      pieces.push({ kind: 'card', number, form })
      current = undefined
    },
    step(place) {
      if (++steps > limits.steps) throw tooMuch(place, `takes more than ${grouped(limits.steps)} steps`)
    },
  }
}

/** `what` completes “it …”, as in `wrong`. */
export function tooMuch(place: Place, what: string): Error {
  return wrong(place, `${what} until there`, 'docs/templates.md lists the limits; a loop within a loop reaches them soon.')
}
