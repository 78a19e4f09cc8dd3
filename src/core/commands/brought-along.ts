// What is said where the bot was brought along by one person and cannot post: it can come in their direct messages.
import type { Reply } from '#core/reply.ts'
import { actions, note, prose } from './blocks.ts'
import type { Command } from './command.ts'
import { spelled } from './spelled.ts'

export function broughtAlong(command: Command, options: Readonly<Record<string, unknown>>): Reply {
  const isPossible = 'for' in command.options.shape
  return {
    visibility: 'private',
    blocks: [
      prose('Paperboy cannot post here: it is not a member here, you alone brought it along.'),
      note(
        isPossible
          ? 'In your direct messages it can.'
          : 'Whoever manages this place can invite it. What comes to you alone is changed in your direct messages with it.',
      ),
      ...(isPossible
        ? actions({ label: 'In my direct messages', command: spelled(command, { ...options, for: 'me' }), primary: true })
        : []),
    ],
  }
}
