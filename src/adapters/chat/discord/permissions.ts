// What the bot asks a server for, and why; the invite link asks for the same, and a test compares docs/discord.md with it.
import { PermissionFlagsBits } from 'discord.js'

export interface Permission {
  readonly bit: bigint
  /** As Discord names it for people. */
  readonly name: string
  /** Completes: “so that”. */
  readonly why: string
  /** Everything works without it, only less well. */
  readonly optional?: true
}

const { ViewChannel, SendMessages, SendMessagesInThreads, CreatePublicThreads, AttachFiles, ReadMessageHistory } =
  PermissionFlagsBits

export const PERMISSIONS: readonly Permission[] = [
  { bit: ViewChannel, name: 'View Channels', why: 'the channels that it posts in are known to it' },
  { bit: SendMessages, name: 'Send Messages', why: 'alerts and digests are posted, also as posts of a forum' },
  {
    bit: SendMessagesInThreads,
    name: 'Send Messages in Threads',
    why: 'what is followed for a thread comes there, and a digest of a forum is posted whole',
    optional: true,
  },
  {
    bit: CreatePublicThreads,
    name: 'Create Public Threads',
    why: 'a long digest goes on in a thread of its own',
    optional: true,
  },
  { bit: AttachFiles, name: 'Attach Files', why: 'BibTeX and exports come as files', optional: true },
  {
    bit: ReadMessageHistory,
    name: 'Read Message History',
    why: 'a message whose fate is unknown is looked for in the channel before it is posted again',
    optional: true,
  },
]
