// Text made from an operator's template: Markdown with Handlebars becomes the same blocks a reply is made of.
import type { Paper } from '#core/paper.ts'
import type { Action, Block, Span } from '#core/reply.ts'

/** A paper with why it is here. */
export interface DigestPaper {
  readonly paper: Paper
  readonly why: readonly Span[]
  /** What its card asks beside what every card offers. */
  readonly actions?: readonly Action[]
}

export interface DigestModel {
  readonly frequency: 'daily' | 'weekly' | 'monthly'
  /** Instants in UTC of the window [from, to), and the zone to show them in. */
  readonly from: string
  readonly to: string
  readonly zone: string
  /** Best first. */
  readonly papers: readonly DigestPaper[]
  /** Alerted before; a line each. */
  readonly alerted: readonly DigestPaper[]
  /** Set where these are not the window's papers but the newest matches, shown as an example. */
  readonly example: boolean
  /** What was read for it, in words, a line each: what is missing is named. */
  readonly receipt: readonly string[]
  /** What is followed here, in words. */
  readonly following: readonly string[]
}

export interface AlertModel {
  /** Said above the papers, where they come later than they were seen. */
  readonly note?: string
  readonly papers: readonly DigestPaper[]
}

export interface Templates {
  /** Rejects with ConfigError naming the template and the line. */
  digest(template: string, model: DigestModel): Promise<readonly Block[]>
  alert(model: AlertModel): Promise<readonly Block[]>
  /** Of everything the template is made of: another one whenever its text or that of a partial changes. Rejects with ConfigError. */
  hash(template: string): Promise<string>
  /** The names that `digest … template:` may take. */
  names(): Promise<readonly string[]>
}
