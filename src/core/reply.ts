// What a reply says, before any platform gives it a form: blocks of spans, cards and actions.
import type { Paper } from '#core/paper.ts'

/** A run of text in one style; a line break is "\n" inside the text. Never Markdown, never TeX. */
export interface Span {
  readonly text: string
  readonly bold?: boolean
  readonly italic?: boolean
  readonly code?: boolean
  /** A command to be typed, without what stands before every command: the platform puts that there where it is needed. */
  readonly command?: true
  /** http(s) only. */
  readonly link?: string
  /** A channel's id in the workspace where this is said: its name is shown where the platform has one, the text otherwise. */
  readonly channel?: string
  /** A role's id, whose members are told where the platform has roles; the text is shown otherwise. */
  readonly role?: string
  /** A delivery's key: becomes a link to its message when this is posted. */
  readonly delivery?: string
}

/** Something to press: a command to run as the same person, or a page to open. */
export type Action = CommandAction | { readonly label: string; readonly url: string }

export interface CommandAction {
  readonly label: string
  readonly command: string
  readonly primary?: boolean
  /** One of those that a card offers behind a menu, where the platform has menus. */
  readonly more?: true
  /** What comes is for the person alone to look at or copy: shown beside the conversation where the platform can. */
  readonly aside?: true
  /** What comes is another page of what it stands under, whose place it takes where the platform can. */
  readonly turns?: true
  /** Opens a form that asks for what the command needs; left out where the platform has no forms. */
  readonly form?: true
}

export type Block =
  | { readonly kind: 'heading'; readonly spans: readonly Span[] }
  | { readonly kind: 'prose'; readonly spans: readonly Span[] }
  /** `listing`: as in the seed's listing, `full`: with everything known, `line`: title and link alone. */
  | {
      readonly kind: 'card'
      readonly paper: Paper
      readonly form: 'listing' | 'full' | 'line'
      /** Why it is shown here, for instance "matches “sparse autoencoder”". */
      readonly why?: readonly Span[]
      /** What became of the paper since it was posted: a new version, a withdrawal. */
      readonly update?: readonly Span[]
      readonly actions?: readonly Action[]
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly rows: readonly (readonly Span[])[] }
  /** Text to be copied as it stands: BibTeX, a settings file. */
  | { readonly kind: 'code'; readonly text: string; readonly language?: string }
  | { readonly kind: 'actions'; readonly actions: readonly Action[] }
  | { readonly kind: 'picture'; readonly url: string; readonly alt: string }
  /** Small print. */
  | { readonly kind: 'note'; readonly spans: readonly Span[] }

/** Which part of a longer answer this is; `next` and `previous` are commands. */
export interface Page {
  readonly offset: number
  readonly total: number
  readonly next: string | null
  readonly previous: string | null
}

export interface Reply {
  /** `private` is seen only by the person who asked. */
  readonly visibility: 'public' | 'private'
  readonly blocks: readonly Block[]
  readonly page?: Page
  /** It shows papers and changes nothing: where a button asked for it, others need not see it. */
  readonly lookedUp?: true
}
