// Slack's limits, as published or, where it is silent, as measured by others.

export const LIMITS = {
  /** Blocks a message. */
  blocks: 50,
  /** Characters over all blocks of a message; about 13,200 in truth, undocumented (bolt-js#2509). */
  blocksText: 12_500,
  blockId: 255,
  actionId: 255,
  /** A header's plain text. */
  header: 150,
  /** A text of a section, or of a context block. */
  section: 3000,
  /** Texts and pictures a context block. */
  context: 10,
  /** Buttons and menus a block. */
  buttons: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  /** Options of a menu behind three dots. */
  options: 5,
  /** What an option of a menu or a select says, and what it stands for. */
  optionLabel: 75,
  optionValue: 150,
  /** What stands for a picture that is not seen. */
  alt: 2000,
  url: 3000,
  viewBlocks: 100,
  /** Bytes of a view as JSON. */
  viewBytes: 250_000,
  /** A modal's title, and the labels of its two buttons. */
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  /** Options of a select. */
  selectOptions: 100,
  placeholder: 150,
  /** What is said under an input of a form; longer ones are not documented. */
  inputError: 1000,
  /** The plain text shown in notifications; longer ones are advised against. */
  fallback: 4000,
  /** Answers to one command through its response_url. */
  answers: 5,
  /** Bytes of a request that Slack sends. */
  body: 1_000_000,
  /** Seconds that a request's timestamp may differ from the clock. */
  skew: 300,
} as const
