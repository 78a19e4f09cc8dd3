// What a template is made of once it has been read: parts and expressions, each knowing the file and the line it stands in.
import { ConfigError } from '#core/errors.ts'
import type { Span } from '#core/reply.ts'

/** `template` is a file below the folder, `partials/following.md.hbs`; lines count from 1. */
export interface Place {
  readonly template: string
  readonly line: number
}

export const FORMS = ['listing', 'full', 'line'] as const
export type Form = (typeof FORMS)[number]

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  /** `up`: how many `../` stand before the names. */
  | { readonly kind: 'path'; readonly up: number; readonly names: readonly string[]; readonly place: Place }
  | { readonly kind: 'loop'; readonly up: number; readonly name: LoopName }
  | { readonly kind: 'plural'; readonly count: Expression; readonly one: Expression; readonly many: Expression }

/** `@index` from 0, `@first`, `@last`. */
export type LoopName = 'index' | 'first' | 'last'

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly place: Place }
  | { readonly kind: 'value'; readonly of: Expression; readonly place: Place }
  | { readonly kind: 'card'; readonly of: Expression; readonly form: Form; readonly place: Place }
  | BlockPart

export interface BlockPart {
  readonly kind: 'each' | 'with' | 'if' | 'unless'
  readonly of: Expression
  readonly body: readonly Part[]
  readonly otherwise: readonly Part[]
  readonly place: Place
}

/** What a template's variable stands for, where it is more than plain text. */
export interface Rich {
  readonly spans: readonly Span[]
}

/** `what` completes “The template … is wrong in line 3: it …”. */
export function wrong(
  { template, line }: Place,
  what: string,
  hint = 'docs/templates.md says what may stand there.',
): ConfigError {
  return new ConfigError(`The template ${template} is wrong in line ${line}: it ${what}.`, { hint })
}
