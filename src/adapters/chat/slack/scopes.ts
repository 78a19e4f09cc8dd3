// What the bot asks a workspace for, and why; manifest.yaml asks for the same, and a test compares the two.

export interface Scope {
  readonly scope: string
  /** Completes: “so that”. */
  readonly why: string
  /** Everything works without it, only less well. */
  readonly optional?: true
}

const LOOK_THROUGH = 'a message whose fate is unknown is looked for in the channel before it is posted again'
const WHERE =
  'who made a channel may change what it gets, the Home tab shows the channels a person is in, and an invitation into a channel is noticed'

export const SCOPES: readonly Scope[] = [
  { scope: 'commands', why: 'people can type /papers' },
  { scope: 'chat:write', why: 'alerts and digests are posted in the channels the bot was invited to' },
  { scope: 'app_mentions:read', why: 'people can ask by a mention, in threads too' },
  { scope: 'im:write', why: 'a person is written to in their direct messages, for what is asked with --for me' },
  { scope: 'users:read', why: 'times are in your own time zone, and admins are known as such', optional: true },
  { scope: 'channels:read', why: WHERE, optional: true },
  { scope: 'groups:read', why: WHERE, optional: true },
  { scope: 'channels:history', why: LOOK_THROUGH, optional: true },
  { scope: 'groups:history', why: LOOK_THROUGH, optional: true },
  {
    scope: 'im:history',
    why: 'what people write to the bot itself reaches it, and is looked through as channels are',
    optional: true,
  },
  { scope: 'mpim:history', why: LOOK_THROUGH, optional: true },
  { scope: 'links:read', why: 'links to papers that people post are seen', optional: true },
  { scope: 'links:write', why: 'a link to a paper that is known here is shown with its card', optional: true },
]
