// Discord's limits, as published or, where it is silent, as measured by others; lengths are in characters (code points).

export const LIMITS = {
  /** Components of a message, nested ones included. */
  components: 40,
  /** Characters over all texts of a message of components. */
  text: 4000,
  /** UTF-8 bytes over all texts; 10,170 in truth, undocumented (discord-api-docs#8554). */
  bytes: 10_000,
  /** What each text costs beside its own bytes. */
  bytesOfText: 12,
  /** Buttons a row. */
  buttons: 5,
  buttonLabel: 80,
  url: 512,
  customId: 100,
  selectOptions: 25,
  optionLabel: 100,
  optionValue: 100,
  optionDescription: 100,
  altText: 1024,
  /** Milliseconds in which an interaction has to be answered. */
  answerWithin: 3000,
  choices: 25,
  choice: 100,
  commandDescription: 100,
  commandOptions: 25,
  /** Characters over all names, descriptions and values of a command. */
  command: 8000,
  /** Follow-ups to an interaction, where the app belongs to the person alone. */
  followUps: 5,
  nonce: 25,
  threadName: 100,
  tags: 5,
} as const
