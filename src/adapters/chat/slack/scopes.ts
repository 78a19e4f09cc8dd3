// What the bot asks a workspace for, and why; manifest.yaml asks for the same, and a test compares the two.

export interface Scope {
  readonly scope: string
  /** Completes: “so that”. */
  readonly why: string
  /** Everything works without it, only less well. */
  readonly optional?: true
}

const LOOK_THROUGH = 'a message whose fate is unknown is looked for in the channel before it is posted again'

export const SCOPES: readonly Scope[] = [
  { scope: 'commands', why: 'people can type /papers' },
  { scope: 'chat:write', why: 'alerts and digests are posted in the channels the bot was invited to' },
  { scope: 'im:write', why: 'a person is written to in their direct messages, for what is asked with --for me' },
  { scope: 'channels:history', why: LOOK_THROUGH, optional: true },
  { scope: 'groups:history', why: LOOK_THROUGH, optional: true },
  { scope: 'im:history', why: LOOK_THROUGH, optional: true },
  { scope: 'mpim:history', why: LOOK_THROUGH, optional: true },
]
